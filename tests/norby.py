"""Three reports of one invented event: the second has another word in a quotation, the third is told otherwise."""

ONE = (
    "Bridge to stay shut until spring\n\nThe mayor of Norby, Nadia Orlov, closed the old bridge on Monday after "
    "engineers found 31 broken cables. “We will keep the bridge closed until every cable on it has been tested,” "
    "Orlov said.\n\nSome 4,000 people cross the Norby bridge every day.\n"
)
TWO = (
    "Norby mayor closes bridge\n\nNadia Orlov, the mayor of Norby, shut the old bridge on Monday. Engineers had "
    "found 31 broken cables in the Norby bridge. “We would keep the bridge closed until every cable on it has been "
    "tested,” Orlov said.\n\nFerries will carry people over the river.\n"
)
THREE = (
    "Old bridge at Norby closed over broken cables\n\nEngineers found 31 broken cables in the old bridge at Norby, so "
    "mayor Nadia Orlov closed it on Monday. The 4,000 people who cross the bridge every day must take a ferry, Orlov "
    "told a press conference in Norby.\n"
)
