"""Stories over an archive: in whatever order reports come, however often the program is started anew."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from received import received

from variorum import pipeline
from variorum.config import Settings
from variorum.records import Received
from variorum.store import Archive, stories
from variorum.store.check import check

TOWNS = ("Skarn", "Brekka", "Norby", "Lundgate", "Ansel", "Whitmouth", "Orvia", "Tarn")
SHIPS = ("Astrid", "Kestrel", "Halvard", "Morwen", "Petrel", "Sigrun", "Corrie", "Danna")
CAPTAINS = ("Velm", "Addery", "Brenner", "Torvald", "Matthis", "Orlov", "Marrack", "Sollis")
# Few articles held and small batches, so that weeks fall out and are recalled all the time.
SETTINGS = replace(
    Settings(),
    stories=replace(Settings().stories, held_articles=4),
    store=replace(Settings().store, batch_articles=8),
)


def reports(*, dated: bool = True) -> list[Received]:
    """Three reports each of eight events, a year or more apart."""
    found = []
    for event, (town, ship, captain) in enumerate(zip(TOWNS, SHIPS, CAPTAINS, strict=True)):
        people = 62 + 17 * event
        for outlet, (title, text) in enumerate(
            (
                (
                    f"Ferry {ship} runs aground off {town}",
                    f"The ferry {ship} ran on to rocks off {town} with {people} people aboard. The {town} lifeboat "
                    f"took off all {people}. Captain {captain} said the steering of the {ship} had failed.",
                ),
                (
                    f"All {people} saved as {ship} strikes rocks",
                    f"Lifeboats from {town} rescued {people} people from the ferry {ship} when it struck rocks. Its "
                    f"steering failed, captain {captain} told reporters in {town}.",
                ),
                (
                    f"Steering blamed for {town} grounding",
                    f"Investigators in {town} are looking at the steering of the {ship}, the ferry that ran aground "
                    f"with {people} people aboard. Captain {captain} was questioned in {town}.",
                ),
            )
        ):
            published = f"{2010 + event}-03-0{outlet + 2}" if dated else None
            found.append(received(text, f"Paper {outlet}", title=title, key=f"{event}/{outlet}", published=published))
    return found


def sorted_into(
    place: str, runs: Iterable[Sequence[Received]], *, settings: Settings = SETTINGS
) -> set[frozenset[str]]:
    """The keys of each story after so many runs, each with an archive opened anew."""
    for run in runs:
        with Archive(place) as archive:
            list(pipeline.add(archive, run, settings=settings))
    with Archive(place, access="read") as archive, archive.reading() as connection:
        assert check(connection).problems == ()
        listed = stories.stories(connection, order="newest", limit=None, wanted=stories.Wanted(least=1))
        return {frozenset(str(one.key) for one in stories.members(connection, story.id)) for story in listed}


WANTED = {frozenset(f"{event}/{outlet}" for outlet in range(3)) for event in range(8)}


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_reports_of_many_years_find_their_stories_in_any_order(tmp_path: Path, seed: int | None) -> None:
    told = reports()
    if seed is not None:
        random.Random(seed).shuffle(told)
    assert sorted_into(str(tmp_path / "one.db"), [told]) == WANTED


def test_a_program_started_anew_for_every_few_reports_comes_to_the_same_stories(tmp_path: Path) -> None:
    told = reports()
    random.Random(3).shuffle(told)
    assert sorted_into(str(tmp_path / "one.db"), [told[at : at + 3] for at in range(0, len(told), 3)]) == WANTED


def test_reports_without_a_date_find_each_other_and_those_with_one(tmp_path: Path) -> None:
    assert sorted_into(str(tmp_path / "undated.db"), [reports(dated=False)]) == WANTED
    mixed = [
        one if number % 3 else other
        for number, (one, other) in enumerate(zip(reports(), reports(dated=False), strict=True))
    ]
    assert sorted_into(str(tmp_path / "mixed.db"), [mixed], settings=Settings()) == WANTED
    again = str(tmp_path / "one-by-one.db")
    assert sorted_into(again, [[one] for one in mixed], settings=Settings()) == WANTED, "started anew for each report"


def test_two_runs_of_the_same_reports_give_the_same_ids(tmp_path: Path) -> None:
    ids = []
    for name in ("one", "two"):
        with Archive(str(tmp_path / f"{name}.db")) as archive:
            list(pipeline.add(archive, reports(), settings=SETTINGS))
            with archive.reading() as connection:
                ids.append([one.id for one in stories.stories(connection, order="biggest", limit=None)])
    assert ids[0] == ids[1]
