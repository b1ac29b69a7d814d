"""Words that give words to somebody."""

# Verbs (lemmas) that take speech, direct or reported.
SAYING = frozenset(
    (
        "say tell add explain state announce claim argue note warn insist ask reply write tweet post declare "
        "stress emphasize emphasise admit deny confirm acknowledge suggest respond answer remark comment "
        "observe report reveal recall quip joke shout whisper yell call describe accuse allege assert aver "
        "conclude concede contend counter predict promise pledge vow urge repeat reiterate read testify tout "
        "maintain question quote continue retort recount relate lament complain caution advise believe think "
        "hope fear expect estimate express voice mention underline underscore highlight boast brag hint imply "
        "indicate infer interject opine propose proclaim profess rebut refute reject demand demur disclose "
        "dub denounce criticize criticise condemn praise blast slam mock message email text sign verify point "
        "agree go start begin offer name label brand deem term apologize apologise recommend instruct order "
        "rule find exclaim cry scream mutter protest plead appeal thank congratulate welcome wonder inquire "
        "enquire speak talk argue summarize summarise inform notify remind assure tell"
    ).split()
)
# Verbs that take reported speech on their own authority: "X said that …" is a quotation, "X found that" may not be.
REPORTING = frozenset(
    (
        "say tell add explain state announce claim argue note warn insist reply write tweet declare stress "
        "emphasize emphasise admit deny confirm acknowledge suggest respond remark observe reveal recall "
        "accuse allege assert conclude concede contend counter predict promise pledge vow reiterate testify "
        "maintain complain caution advise indicate disclose verify agree propose report estimate assure "
        "inform believe"
    ).split()
)
NAMING = frozenset("call describe dub name label brand deem term denounce".split())
PRONOUNS = frozenset("he she they it we i you who".split())
ROLES = frozenset(
    (
        "spokesman spokeswoman spokesperson official officials minister president leader lawyer attorney "
        "police department ministry company statement report source sources government agency office "
        "authorities judge prosecutor prosecutors witness witnesses resident residents critics activists "
        "experts analysts"
    ).split()
)
