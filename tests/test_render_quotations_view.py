"""What the apparatus says of a reading: which words differ, and when it may call them altered."""

from dataclasses import replace

from edition_fixture import ARTICLES, BASE, EDITION, STEMMA, UTTERANCES, A, D, G, at

from variorum.records import Edition, Exemplar, Lineage, Reading, Span, Stemma, Utterance, Variant
from variorum.render.apparatus import Apparatus
from variorum.render.quotations_view import ReadingView, UtteranceView, quotations_view

HURRY = UTTERANCES[0]


def view(edition: Edition) -> UtteranceView:
    return next(u for u in quotations_view(Apparatus(edition)).compared if u.id == f"quotation-{HURRY.id}")


def row(edition: Edition, siglum: str) -> ReadingView:
    return next(reading for reading in view(edition).readings if reading.citation.siglum == siglum)


def only(*sigla: str, utterance: Utterance = HURRY) -> Edition:
    """The edition with the readings of the named reports only."""
    kept = {article.id for article in ARTICLES if article.siglum in sigla}
    readings = tuple(reading for reading in utterance.readings if reading.article in kept)
    return replace(EDITION, utterances=(replace(utterance, readings=readings),))


def printed(reading: ReadingView) -> str:
    return "".join(piece.text for piece in reading.pieces if piece.kind != "gap")


def test_a_word_that_three_other_voices_print_otherwise_is_altered() -> None:
    (note,) = row(EDITION, "D").notes
    assert (note.text, note.base_text, note.for_base, note.others, note.standing) == (
        "would",
        "will",
        3,
        True,
        "altered",
    )


def test_five_reprints_of_one_dispatch_support_the_base_as_one_voice() -> None:
    (note,) = row(only("A", "B", "C", "D"), "D").notes
    assert (note.for_base, note.for_reading, note.standing) == (1, 1, "differs")
    assert view(only("A", "B", "C", "D")).standing == "differs"


def test_a_shortened_reading_supports_only_the_words_it_prints() -> None:
    # C stops before "hurry": beside A and B, of its own voice, and F, only two voices print it.
    (note,) = row(only("A", "C", "F", "G"), "G").notes
    assert (note.base_text, note.for_base) == ("hurry", 2)
    apart = Stemma((), tuple(Lineage((a.id,), Exemplar("none", None), ()) for a in ARTICLES))
    (note,) = row(replace(only("A", "C", "F", "G"), stemma=apart), "G").notes
    assert note.for_base == 2


def test_a_reading_that_shares_its_change_with_as_many_voices_is_not_called_altered() -> None:
    start = at(A, BASE).start + BASE.index("hurry")
    span = at(D, "hurry")
    changed = Variant("replaced", "hurry", "rush", Span(start, start + 5), span)
    readings = tuple(
        replace(r, variants=(changed,), agreement="altered") if r.article == D.id else r for r in HURRY.readings
    )
    edition = only("A", "D", "F", "G", utterance=replace(HURRY, readings=readings))
    (note,) = row(edition, "G").notes
    assert (note.for_base, note.for_reading, note.standing) == (2, 2, "differs")


def reversed_by(siglum: str, *others: str) -> Edition:
    """The edition in which one report prints "will not take" for the "will take" of the others named."""
    without = "We will take the water down by six metres and we will hurry"
    with_no = without.replace("will take", "will not take")
    articles, readings = [], []
    for article in ARTICLES:
        if article.siglum not in (siglum, *others):
            continue
        line = with_no if article.siglum == siglum else without
        plain = replace(article, text=f"{article.outlet}\n\n“{line},” she said.", parts=())
        changed = (Variant("added", "", "not", None, at(plain, "not")),) if line == with_no else ()
        agreement = "altered" if changed else "verbatim" if readings else "base"
        articles.append(plain)
        readings.append(Reading(plain.id, (at(plain, line),), line, "direct", "closed", None, None, agreement, changed))
    return replace(
        EDITION, articles=tuple(articles), utterances=(Utterance(HURRY.id, None, None, 0, tuple(readings)),),
        claims=(), conflicts=(), labels=(), timeline=(), digest=(), names=(),
        stemma=Stemma((), tuple(Lineage((a.id,), Exemplar("none", None), ()) for a in articles)),
    )  # fmt: skip


def test_one_voice_more_does_not_call_the_contrary_sense_altered() -> None:
    (note,) = row(reversed_by("G", "A", "D"), "G").notes
    assert (note.for_base, note.for_reading, note.reverses, note.standing) == (2, 1, True, "differs")
    assert row(reversed_by("G", "A", "D"), "G").label == "differs"
    (note,) = row(reversed_by("G", "A", "D", "F"), "G").notes
    assert (note.for_base, note.for_reading, note.standing) == (3, 1, "altered")


def test_one_voice_more_calls_another_word_altered() -> None:
    (note,) = row(only("A", "D", "F"), "D").notes
    assert (note.for_base, note.for_reading, note.reverses, note.standing) == (2, 1, False, "altered")


def test_an_open_change_is_shown_and_not_charged() -> None:
    reading = row(EDITION, "F")
    assert reading.notes == ()
    assert [(p.kind, p.text) for p in reading.pieces if p.kind != "same"] == [("bracketed", "[about twenty feet]")]


def test_a_reading_prints_its_own_words_and_no_others() -> None:
    for reading, siglum in zip(HURRY.readings, "ABCDFGE", strict=True):
        if siglum in "CDFG":
            assert printed(row(EDITION, siglum)) == reading.text


def test_words_left_out_stand_struck_where_they_would_have_stood() -> None:
    start = at(A, BASE).start + BASE.index("the water ")
    cut = Reading(
        G.id, (at(G, "We will take"), at(G, "down by six metres")),
        "We will take down by six metres", "direct", "closed", None, None, "altered",
        (Variant("omitted", "the water", "", Span(start, start + 9), None),),
    )  # fmt: skip
    utterance = replace(HURRY, readings=(HURRY.readings[0], cut))
    kinds = [
        (piece.kind, piece.text or piece.base_text)
        for piece in row(replace(EDITION, utterances=(utterance,)), "G").pieces
    ]
    assert kinds == [
        ("same", "We will take"),
        ("gap", " "),
        ("omitted", "the water"),
        ("gap", " … "),
        ("same", "down by six metres"),
    ]


def test_a_word_added_is_altered_only_where_others_print_its_neighbours_side_by_side() -> None:
    added = at(G, "not")
    reading = next(r for r in HURRY.readings if r.article == G.id)
    changed = replace(reading, variants=(Variant("added", "", "not", None, added),))
    without = "We will take the water down by six metres and we will hurry"
    text = A.text.replace(BASE, without)
    plain = replace(A, text=text, parts=())
    edition = replace(
        EDITION,
        articles=(plain, *ARTICLES[1:]),
        utterances=(
            Utterance(HURRY.id, None, None, 0, (
                replace(HURRY.readings[0], spans=(at(plain, without),), text=without, variants=()), changed)),
        ),
        claims=(), conflicts=(), labels=(), timeline=(), digest=(), names=(), stemma=replace(STEMMA, borrowings=()),
    )  # fmt: skip
    (note,) = row(edition, "G").notes
    assert (note.kind, note.text) == ("added", "not")
    assert note.standing == "differs"  # one voice against one


def test_altered_quotations_come_first_and_single_ones_apart() -> None:
    found = quotations_view(Apparatus(replace(EDITION, utterances=tuple(reversed(UTTERANCES)))))
    assert [u.standing for u in found.compared] == ["altered", None]
    assert len(found.alone) == 2


def test_indirect_speech_is_listed_and_counts_for_nothing() -> None:
    assert [place.citation.siglum for place in view(EDITION).reported] == ["E"]
    assert [place.before for place in view(EDITION).reported] == ["Its head of safety said "]


def test_a_report_that_prints_the_same_words_twice_is_shown_once() -> None:
    shown = view(EDITION)
    again = next(r for r in HURRY.readings if r.agreement == "altered")
    doubled = replace(HURRY, readings=(*HURRY.readings, again))
    assert view(replace(EDITION, utterances=(doubled, *UTTERANCES[1:]))).readings == shown.readings


def test_a_pronoun_names_no_speaker() -> None:
    nobody = replace(HURRY, speaker=None, speaker_text="She")
    assert view(replace(EDITION, utterances=(nobody,))).speaker == ""
    assert view(replace(EDITION, utterances=(replace(nobody, speaker_text="the mayor"),))).speaker == "the mayor"
