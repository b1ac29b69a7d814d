"""``variorum compare``: what reports agree on, dispute and leave out, and who is heard in them."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from edition_fixture import ARTICLES, CLAIMS, EDITION, EDITIONS, LONER, A, B, D, F, G, H, bare, cells, claim, tainted
from rich.cells import cell_len
from rich.console import Console
from test_render_terminal import HOSTILE
from told import report

import variorum
from variorum.cli import main
from variorum.errors import UsageError
from variorum.records import Article, Edition, Editions, Row, Voice
from variorum.render import compare_rows
from variorum.render.compare_list import show_comparison
from variorum.render.compare_ours import narrowed, narrowed_to
from variorum.render.compare_parts import compared
from variorum.render.compare_view import Compared, LeftOut, Part, Told
from variorum.render.screen import Screen

ROOT = Path(__file__).parents[1]
REEF = ROOT / "examples/unlit-reef/reports"
STORY = compared(EDITION)


@cache
def reef() -> Editions:
    return variorum.read(REEF)


def printed(
    editions: Editions,
    stories: Sequence[Compared] | None = None,
    *,
    parts: Sequence[Part] = (),
    every: bool = False,
    width: int = 80,
) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, no_color=True)
    stories = [compared(edition) for edition in editions] if stories is None else stories
    show_comparison(editions, stories, Screen(console), parts=parts, every=every)
    return stream.getvalue()


def words_of(screen: str) -> str:
    return " ".join(screen.split())


def story_of(editions: Editions) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(compare_rows.dump(editions, [compared(edition) for edition in editions]))
    assert made["format"] == "variorum/comparison/1"
    (story,) = made["stories"]
    return dict(story)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the JSON that names a stretch of an article."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)


def rows_of(editions: Editions) -> list[dict[str, str]]:
    text = "".join(compare_rows.treatments_csv(compared(edition) for edition in editions))
    return list(csv.DictReader(io.StringIO(text)))


def lacks_of(story: Compared, article: Article) -> LeftOut | None:
    return next((one for one in story.left_out if one.article is article), None)


def texts(told: Sequence[Told]) -> list[str]:
    return [one.claim.text for one in told]


# Where a statement stands


@pytest.mark.parametrize("editions", [EDITIONS, "the example"], ids=["invented", "example"])
def test_every_text_printed_beside_a_span_stands_there_in_the_article(editions: Editions | str) -> None:
    read = reef() if isinstance(editions, str) else editions
    articles = {article.id: article for edition in read for article in edition.articles}
    found = list(spans(story_of(read)))
    assert len(found) > 20
    for stretch in found:
        assert articles[stretch["article"]].text[stretch["start"] : stretch["end"]] == stretch["text"]
    rows = [row for row in rows_of(read) if row["start"]]
    paths = {article.path: article for article in articles.values()}
    assert len(rows) > 10
    for row in rows:
        words = paths[row["article"]].text[int(row["start"]) : int(row["end"])]
        assert row["words"] in (words, f"'{words}")


@pytest.mark.parametrize("editions", [EDITIONS, "the example"], ids=["invented", "example"])
def test_every_claim_is_agreed_or_disputed_or_of_one_voice_and_never_two_of_these(editions: Editions | str) -> None:
    read = reef() if isinstance(editions, str) else editions
    (story,) = (compared(edition) for edition in read)
    agreed = {told.claim.id for told in story.agreed}
    alone = [told.claim.id for one in story.only_in for told in one.claims]
    disputed = {told.claim.id for one in story.disputed for told in one.claims}
    every = {made.id for made in story.edition.claims}
    assert len(alone) == len(set(alone))
    assert not agreed & set(alone)
    assert every == agreed | set(alone) | disputed
    assert {made.id for made in story.edition.claims if made.status == "disputed"} <= disputed - agreed - set(alone)


def test_what_most_voices_tell_comes_first() -> None:
    (story,) = (compared(edition) for edition in reef())
    strengths = [told.claim.lineages for told in story.agreed]
    assert strengths == sorted(strengths, reverse=True)
    assert min(strengths) >= 2
    for one in story.left_out:
        assert [lack.carried for lack in one.claims] == sorted((lack.carried for lack in one.claims), reverse=True)


def test_what_only_one_voice_tells_stands_in_the_order_of_its_report() -> None:
    (story,) = (compared(edition) for edition in reef())
    for one in story.only_in:
        starts = [told.claim.start for told in one.claims]
        assert starts == sorted(starts)
        assert {told.claim.lineages for told in one.claims} == {1}


def test_three_reprints_of_one_text_are_one_voice_joined_by_plus_signs() -> None:
    screen = words_of(printed(EDITIONS))
    assert "[A+B+C D F] 3 voices, 5 outlets" in screen
    assert "A Tarn Valley Courier + B Harrow Daily + C Metro Eight" in screen


def test_whose_word_a_statement_is_stands_beside_it() -> None:
    voices = [
        Voice(one.article, one.start, one.end, stance, speaker)
        for one, (stance, speaker) in zip(
            CLAIMS[1].voices,
            (("states", None), ("states", None), ("states", None), ("attributes", "name-rudd"), ("attributes", "they")),
            strict=True,
        )
    ]
    told = replace(CLAIMS[1], voices=tuple(voices))
    screen = words_of(printed(Editions((replace(EDITION, claims=(told,)),), (), ())))
    assert "as fact in A+B+C, as the word of Pavel Rudd in D, as somebody’s word in F" in screen
    (voice,) = (v for v in story_of(EDITIONS)["disputed"][0]["claims"][0]["voices"] if v["siglum"] == "D")
    assert (voice["stance"], voice["speaker"], voice["speaker_id"]) == ("attributes", "Pavel Rudd", "name-rudd")


def test_a_dispute_shows_every_side_with_its_voices_and_its_words_in_context() -> None:
    screen = words_of(printed(EDITIONS))
    assert "Figures differ: how long the crack is [A+B+C] 1 voice, 3 outlets: four metres" in screen
    assert "A The crack, four metres long, was seen by a …" in screen
    assert "[D+E] 1 voice, 2 outlets: six metres D … it with his arms: six metres, he reckoned." in screen


def test_what_one_report_tells_and_another_denies_is_disputed_and_not_agreed() -> None:
    denied = replace(
        CLAIMS[1], voices=tuple(replace(v, stance="denies") if v.article == F.id else v for v in CLAIMS[1].voices)
    )
    story = compared(replace(EDITION, claims=(CLAIMS[0], denied), conflicts=()))
    assert texts(story.agreed) == [CLAIMS[0].text]
    (dispute,) = story.disputed
    assert [side.value for side in dispute.sides] == ["says so", "denies it"]
    assert [one.article for one in dispute.sides[1].statements] == [F]


# What is left out, and what is unknown

LONG = "The council met on Monday and talked about the harbour wall for three hours without a break. " * 5
LIVE = "".join(f"1{hour}:05 The council is still talking about the harbour wall tonight.\n" for hour in range(6))


def story_with(last: Article, state: str) -> Compared:
    """Three voices tell one thing, and ``last`` is in the given state towards it."""
    three = [report(name, f"The harbour wall has a crack, the {name} found.") for name in ("Bugle", "Post", "Echo")]
    edition: Edition = bare(*three, last)
    text = "The harbour wall has a crack"
    voices = [Voice(one.id, 0, len(text), "states", None) for one in three]
    told = replace(
        claim([Voice(A.id, 0, 5, "states", None)], "corroborated"),
        text=text, article=three[0].id, start=0, end=len(text), voices=tuple(voices), lineages=3, outlets=3,
    )  # fmt: skip
    rows = (Row(told.id, cells(f"rrr{state}")),)
    return compared(replace(edition, claims=(told,), coverage=replace(edition.coverage, rows=rows)))


def test_a_report_that_could_be_read_and_comes_nowhere_near_leaves_a_statement_out() -> None:
    story = story_with(report("Gazette", LONG), "-")
    (found,) = story.left_out
    assert (found.article.outlet, found.others, found.unknown) == ("Gazette", 3, ())
    assert [(lack.carried, lack.why) for lack in found.claims] == [(3, None)]
    assert "LEFT OUT what two other voices or more tell" in words_of(printed(Editions((story.edition,), (), ())))


@pytest.mark.parametrize(
    ("last", "why", "says"),
    [
        (report("Gazette", LONG, cut="A paywall stands after this line."), "cut", "the text breaks off: (4) 1"),
        (report("Gazette", *LIVE.splitlines()), "ticker", "a live ticker, which drops its oldest entries: (4) 1"),
        (report("Gazette", "More soon."), "stub", "a few lines only: (4) 1"),
        (report("Gazette", LONG, language="de"), "language", "in another language, not compared: (4) 1"),
        (report("Gazette", LONG), "near", "comes near without plainly stating it: (4) 1"),
    ],
)
def test_where_a_lack_may_be_none_it_is_unknown_and_the_reason_is_told(last: Article, why: str, says: str) -> None:
    story = story_with(last, "?")
    found = lacks_of(story, last)
    assert found is not None
    assert found.claims == ()
    assert [lack.why for lack in found.unknown] == [why]
    screen = words_of(printed(Editions((story.edition,), (), ())))
    assert f"Unknown, not left out: {says.replace('(4)', 'Gazette')}" in screen
    (row,) = (row for row in rows_of(Editions((story.edition,), (), ())) if row["outlet"] == "Gazette")
    assert (row["state"], row["why"], row["words"]) == ("unknown", why, "")


def test_what_a_single_other_voice_tells_is_no_lack_unless_there_is_only_one_other() -> None:
    three = compared(replace(EDITION, claims=(CLAIMS[3],)))
    assert three.left_out == ()
    one, other = report("Bugle", "The wall has a crack."), report("Post", LONG)
    edition = bare(one, other)
    told = replace(
        CLAIMS[5], text=one.text, article=one.id, start=0, end=21, voices=(Voice(one.id, 0, 21, "states", None),)
    )
    rows = (Row(told.id, cells("r-")),)
    two = compared(replace(edition, claims=(told,), coverage=replace(edition.coverage, rows=rows)))
    (found,) = two.left_out
    assert found.article is other
    screen = words_of(printed(Editions((two.edition,), (), ())))
    assert "LEFT OUT of two voices, each leaves out what only the other has" in screen


# Who is heard


def test_a_speaker_stands_once_with_every_report_that_hears_them() -> None:
    heard = {one["speaker"]: one for one in story_of(EDITIONS)["heard"]}
    calloway = heard["Ines Calloway"]
    assert calloway["speaker_id"] == "name-calloway"
    assert [(one["siglum"], one["words"]) for one in calloway["reports"]] == [
        ("A", 14), ("B", 14), ("C", 9), ("D", 14), ("F", 15), ("G", 14),
    ]  # fmt: skip
    assert calloway["words"] == sum(one["words"] for one in calloway["reports"])
    assert heard["two of its engineers"]["speaker_id"] is None
    assert "Ines Calloway A 1 (14), B 1 (14), C 1 (9)" in words_of(printed(EDITIONS))


# One outlet's side


@pytest.mark.parametrize("asked", ["Tarn Valley Courier", "tarn valley courier", "tarn-valley-courier", "a", "A"])
def test_a_report_is_found_by_its_outlet_its_file_or_its_letter(asked: str) -> None:
    (story,) = narrowed_to(asked, [STORY])
    assert story.ours is A


def test_a_name_that_fits_no_report_is_refused_with_the_reports_there_are() -> None:
    with pytest.raises(UsageError, match=r"none of the reports; they are A Tarn Valley Courier \(reports/tarn-valley"):
        narrowed_to("Morning Star", [STORY])


def test_a_name_that_fits_several_reports_of_a_story_is_refused_with_these() -> None:
    twins = replace(EDITION, articles=tuple(replace(a, outlet="Courier") if a in (A, B) else a for a in ARTICLES))
    with pytest.raises(UsageError, match=r"may be any of A Courier .*, B Courier "):
        narrowed_to("Courier", [compared(twins)])


def test_a_letter_counts_only_where_there_is_one_story() -> None:
    with pytest.raises(UsageError, match="may be any of"):
        narrowed_to("A", [STORY, replace(STORY)])
    assert len(narrowed_to("Harrow Daily", [STORY, replace(STORY)])) == 2


def test_a_report_that_is_alone_has_no_side() -> None:
    assert narrowed_to(LONER.outlet, [STORY], [LONER]) == []
    assert printed(EDITIONS, []).startswith("The report asked for shares its event with no other.")


def test_one_side_holds_what_the_report_lacks_what_only_it_has_and_where_it_stands() -> None:
    story = narrowed(STORY, G)
    (left_out,) = story.left_out
    assert {lack.told.claim.id: lack.carried for lack in left_out.claims} == {
        CLAIMS[0].id: 3, CLAIMS[1].id: 3, CLAIMS[2].id: 2,
    }  # fmt: skip
    assert [texts(one.claims) for one in story.only_in] == [[CLAIMS[7].text]]
    assert [dispute.about for dispute in story.disputed] == ["the day the crack was found"]
    assert {row["siglum"] for row in csv.DictReader(io.StringIO("".join(compare_rows.treatments_csv([story]))))} == {
        "G"
    }
    screen = words_of(printed(EDITIONS, [story]))
    assert f"G {G.outlet} (ours)" in screen
    assert f"{CLAIMS[2].text} [2 of 3; disputed]" in screen
    assert screen.index("NOT IN G") < screen.index("ONLY IN G") < screen.index("DISPUTED")
    assert "AGREED" not in screen


def test_our_own_words_stand_for_our_side_of_a_dispute() -> None:
    story = narrowed(STORY, B)
    assert "B The crack, four metres long" in words_of(printed(EDITIONS, [story]))


# On a screen and in a table


def test_nothing_an_article_holds_reaches_the_terminal_as_a_command() -> None:
    bad = tainted(EDITIONS, HOSTILE)
    claims = tuple(replace(one, text=one.text + HOSTILE) for one in bad.editions[0].claims)
    bad = replace(bad, editions=(replace(bad.editions[0], claims=claims),))
    screen = printed(bad, every=True)
    assert not {char for char in screen if unicodedata.category(char) in ("Cc", "Cf", "Cs")} - {"\n"}
    assert "[bold red]x[/bold red]" in words_of(screen)
    with pytest.raises(UsageError) as refused:
        narrowed_to("nobody", [compared(bad.editions[0])])
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("every", [False, True])
def test_no_line_is_wider_than_the_screen(every: bool) -> None:
    for editions in (reef(), tainted(EDITIONS, " 大坝出现裂缝 é̂ 🕊️")):
        assert max(cell_len(line) for line in printed(editions, every=every).splitlines()) <= 80


def test_a_speaker_with_a_very_long_name_leaves_room_for_the_statement() -> None:
    (voice,) = CLAIMS[7].voices
    told = replace(CLAIMS[7], voices=(replace(voice, speaker="a member of the board " * 9),))
    screen = printed(Editions((replace(EDITION, claims=(told,)),), (), ()), parts=("only-in",))
    assert "G A crack in the Brackwater dam is being watched" in screen
    assert max(map(len, screen.splitlines())) <= 80


def test_what_does_not_fit_is_counted_and_all_of_it_is_there_when_asked_for() -> None:
    short, long = printed(reef()), words_of(printed(reef(), every=True))
    assert "statements more" in short
    assert "(and 14 more)" in short
    assert " more)" not in long
    assert "… and" not in long
    (story,) = (compared(edition) for edition in reef())
    for text in texts(story.agreed):
        assert words_of(text) in long


def test_only_the_parts_asked_for_are_printed_and_then_more_of_each() -> None:
    screen = printed(reef(), parts=("agreed", "heard"))
    assert "AGREED" in screen
    assert "HEARD" in screen
    assert "DISPUTED" not in screen
    assert "LEFT OUT" not in screen
    assert len(printed(reef(), parts=("agreed",)).splitlines()) > len(screen.split("HEARD")[0].splitlines())


def test_a_cell_a_spreadsheet_would_take_for_a_formula_stands_after_an_apostrophe() -> None:
    named = replace(EDITION, articles=tuple(replace(a, outlet="=cmd|'/C calc'!A0") if a is D else a for a in ARTICLES))
    outlets = {row["outlet"] for row in rows_of(Editions((named,), (), ())) if row["siglum"] == "D"}
    assert outlets == {"'=cmd|'/C calc'!A0"}


def test_the_table_has_a_row_for_every_claim_and_report() -> None:
    rows = rows_of(EDITIONS)
    assert tuple(rows[0]) == compare_rows.COLUMNS
    assert len(rows) == len(CLAIMS) * len(ARTICLES)
    against = [row for row in rows if row["state"] == "contradicts"]
    assert all(row["words"] for row in against)
    assert {row["lineage"] for row in rows if row["outlet"] == H.outlet} == {""}


def test_nothing_found_is_said_and_no_agreement_claimed() -> None:
    one, other = report("Courier", "The dam holds."), report("Post", "The dam was said to hold.")
    screen = words_of(printed(Editions((bare(one, other),), (), ())))
    assert "AGREED no statement was found with two voices" in screen
    assert "DISPUTED nothing was found that cannot all be right; that is no proof" in screen
    assert "ONLY IN ONE VOICE nothing" in screen


# The command

BRIDGE = (
    "The mayor of Norby, Nadia Orlov, closed the old bridge on Monday after engineers found 31 broken cables. “We will "
    "keep the bridge closed until every cable on it has been tested,” Orlov said.\n\n"
)
Run = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "clippings"
    made.mkdir()
    gazette = f"Bridge to stay shut until spring\n\n{BRIDGE}Some 4,000 people cross the bridge every day.\n"
    herald = (
        "Norby mayor closes bridge\n\nNadia Orlov, the mayor of Norby, shut the old bridge on Tuesday. Engineers had "
        "found 31 broken cables. “We would keep the bridge closed until every cable on it has been tested,” Orlov "
        "said.\n\nFerries will carry people over the river.\n"
    )
    (made / "gazette.txt").write_text(gazette, "utf-8")
    (made / "herald.txt").write_text(herald, "utf-8")
    return made


def run(*arguments: str | Path) -> int:
    """The exit status of the command."""
    try:
        main(["compare", *(str(argument) for argument in arguments)])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def test_a_folder_is_compared_and_every_file_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--json", "c.json", "--csv", "c.csv") == 0
    screen = capsys.readouterr().out
    assert "2 reports, 2 independent voices" in screen
    assert "Written: c.json" in screen
    assert "Written: c.csv" in screen
    assert json.loads(Path("c.json").read_text("utf-8"))["stories"][0]["lineages"] == 2
    first = Path("c.json").read_bytes()
    assert run(folder, "--json", "c.json", "--quiet") == 0
    assert Path("c.json").read_bytes() == first
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("option", ["--json", "--csv"])
def test_an_output_to_the_pipe_is_all_that_is_printed(
    folder: Path, option: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(folder, option, "-") == 0
    out = capfdbinary.readouterr().out.decode()
    if option == "--json":
        assert json.loads(out)["stories"]
    else:
        assert tuple(next(csv.reader(io.StringIO(out)))) == compare_rows.COLUMNS


def test_ours_that_is_nobody_ends_with_two_and_the_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--ours", "Echo", "--json", "c.json") == 2
    assert capsys.readouterr().err == (
        "variorum: --ours 'Echo' is none of the reports; they are A gazette (gazette.txt), B herald (herald.txt)\n"
    )
    assert not Path("c.json").exists()


def test_ours_may_be_told_what_only_the_other_has(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--ours", "herald") == 0
    assert "NOT IN B" in capsys.readouterr().out


def test_one_report_is_said_to_have_nothing_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder / "gazette.txt") == 0
    screen = capsys.readouterr().out
    assert screen.startswith("One report was read; there is no other to compare it with.")
    assert "gazette.txt" in screen


def test_reports_of_different_events_are_listed_and_not_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cat = "Cat wins a seat\n\n" + "The cat of Lindar purred at its voters all day. " * 6
    (folder / "herald.txt").write_text(cat, "utf-8")
    assert run(folder) == 0
    screen = capsys.readouterr().out
    assert screen.startswith("No two of the reports tell of the same event, so there is nothing to compare.")
    assert "herald.txt" in screen


def test_bad_usage_ends_with_two_and_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nothing-here") == 2
    assert capsys.readouterr().err.startswith("variorum: nothing-here: ")
    assert run("nothing-here", "--ours", "Echo") == 2
    assert run(folder, "--csv", "no/such/c.csv") == 2
    assert run(folder, "--json", "-", "--csv", "-") == 2
    assert run(folder, "--only", "gossip") == 2
    (folder / "gazette.txt").write_text("", "utf-8")
    assert run(folder / "gazette.txt") == 1
