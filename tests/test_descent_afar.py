"""Text that reports of different stories share: found without a look at all pairs, and never by what everybody has."""

from pathlib import Path

import pytest
from batches import lines_of, locally, on_spark, told

from variorum import descent
from variorum.config import Descent
from variorum.ingest import article_of

PARAGRAPHS = (
    "The Tollgate viaduct was opened in 1931 by the engineer Ottoline Marsh, who had asked for nineteen arches and was "
    "granted seventeen, and who wrote in her diary that the two she lost would be missed in the first great flood.",
    "Water came over the eastern abutment in the spring of 1952 and carried off a signal box, forty sheep and the only "
    "copy of the parish accounts, after which the county agreed to the relief channel that still bears her name.",
    "Neither the channel nor the arches have been surveyed since the closure of the Wexcombe branch, and the drawings "
    "that might settle the matter went to a barn at Hallow End when the company was wound up.",
)
NOTICE = (
    "Subscribers to the Evening Packet receive the printed supplement each Saturday together with unlimited reading on "
    "every device, and may share two further accounts within one household at no additional charge whatsoever."
)
DAYS = ("2025-01-10", "2025-04-02", "2025-06-21", "2025-08-30", "2025-09-12", "2025-11-05")
EVENTS = (
    "A pumping station at Orrin Ford failed on Tuesday night and left nine hundred homes in Lower Skelby dry.",
    "The choir of Saint Brannoc won the regional prize in Pellham with a mass not sung for ninety years.",
    "Two ferries collided gently off Cape Mornay on Sunday, and forty cyclists were taken back to Dunmore pier.",
    "The county's last typewriter workshop, Ferrand and Daughter of Quill Street, closes at the end of the month.",
    "A swarm of bees held up the cup final between Aldwick Rovers and Treen Athletic for an hour and ten minutes.",
    "Police in Marlow Gap are looking for the owner of a brass telescope handed in at the lost property desk.",
)


def report(at: int, *paragraphs: str) -> dict[str, object]:
    text = "\n\n".join((EVENTS[at], *paragraphs))
    return {"outlet": f"Outlet {at}", "title": EVENTS[at][:40], "published": DAYS[at], "text": text}


def test_a_passage_taken_over_from_another_story_is_found_and_shown() -> None:
    a, b = (article_of("\n\n".join((EVENTS[at], *PARAGRAPHS))) for at in (0, 1))
    settings = Descent(afar_sample=1)
    runs = [set(descent.runs_afar(one, settings=settings).keys.tolist()) for one in (a, b)]
    found = descent.borrowed_afar(a, b, len(runs[0] & runs[1]), settings=settings)
    assert found is not None
    texts = {a.id: a.text, b.id: b.text}
    for passage in found.spans:
        assert passage.a.of(texts[found.a]).split() == passage.b.of(texts[found.b]).split()


def test_words_that_are_mostly_stock_make_no_borrowing() -> None:
    a, b = (article_of("\n\n".join((EVENTS[at], *PARAGRAPHS))) for at in (0, 1))
    settings = Descent(afar_sample=1)
    assert descent.borrowed_afar(a, b, 2, settings=settings) is None


def test_what_many_stories_have_and_what_is_quoted_is_stock() -> None:
    assert not descent.is_stock(2, 0)
    assert descent.is_stock(4, 0)
    assert descent.is_stock(2, 1)


@pytest.mark.parametrize("engine", ["local", "spark"])
def test_an_archive_tells_borrowings_between_stories_and_no_notice(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    rows = [
        report(0, *PARAGRAPHS),
        report(1, *PARAGRAPHS[:2], NOTICE),
        *(report(at, NOTICE, NOTICE) for at in range(2, 6)),
    ]
    source = lines_of(rows, tmp_path / "in")
    out = tmp_path / "out"
    if engine == "local":
        locally([source], out)
    else:
        on_spark(request.getfixturevalue("spark"), [source], out)
    tables = told(out)
    outlets = {row["article"]: row["outlet"] for row in tables["articles"]}
    texts = {row["article"]: row["text"] for row in tables["articles"]}
    (found,) = tables["borrowings"]
    assert {outlets[found["a"]], outlets[found["b"]]} == {"Outlet 0", "Outlet 1"}
    assert (found["story"], found["kind"], found["date"]) == (None, "verbatim", "2025-01-10")
    for span in found["spans"]:
        a, b = (texts[found[side]][span[side]["start"] : span[side]["end"]] for side in "ab")
        assert a == b
        assert a in " ".join(PARAGRAPHS[:2]) or "\n" in a
