"""Who does the slow work: processes of their own, whose death ends one piece of work and nothing else."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from received import received
from working import Works, refused

from variorum import pipeline
from variorum.config import Serving, Web
from variorum.edition.verify import verify
from variorum.errors import ArchiveError
from variorum.pipeline import kept as kept_voices
from variorum.records import Editions, ListedStory, Received
from variorum.render import json as exchange
from variorum.store import Archive, stories
from variorum.store.stories import Wanted
from variorum.store.tables import RESULTS
from variorum.web.adder import Intake
from variorum.web.apart import Apart, Dropped, Failed
from variorum.web.turns import Turns
from variorum.web.workers import Workers

WEB = Web()


def until(is_so: Callable[[], object], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return b") Z" not in Path(f"/proc/{pid}/stat").read_bytes() if Path("/proc/self/stat").exists() else True
    return False


@pytest.fixture
def apart() -> Iterator[Apart]:
    made = Apart("tested", Works, "it", ending_seconds=2)
    yield made
    made.end()
    made.close()


def reports() -> list[Received]:
    """Two reports of one story."""
    told = "The Skarn lifeboat took all {} people off the ferry Astrid, which ran on to rocks off Skarn on Tuesday, {}."
    return [
        received(told.format(62, "the coastguard said"), "Courier", title="Ferry Astrid strikes rocks off Skarn"),
        received(told.format(64, "Captain Ann Velm said"), "Post", title="Rocks off Skarn wreck ferry Astrid"),
    ]


@pytest.fixture
def place(tmp_path: Path) -> str:
    """An archive with one story of two reports."""
    place = str(tmp_path / "a.db")
    with Archive(place) as archive:
        assert len(list(pipeline.add(archive, reports()))) == 2
    return place


def only_story(archive: Archive) -> str:
    return listed(archive).id


def listed(archive: Archive) -> ListedStory:
    with archive.reading() as connection:
        (story,) = stories.stories(connection, order="newest", limit=2, wanted=Wanted(made_by=pipeline.finder()))
    return story


def test_one_process_does_piece_after_piece_and_says_how_far_it_is(apart: Apart) -> None:
    heard: list[str] = []
    assert apart.pid is None, "it is started when it is first needed"
    first, second = apart.run("this", heard.append), apart.run("that", heard.append)
    assert heard == ["begun this", "begun that"]
    assert first == f"it: this, {apart.pid}"
    assert second == f"it: that, {apart.pid}"


def test_a_piece_that_fails_says_why_in_one_sentence_and_the_next_is_done(
    apart: Apart, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Failed, match=r"^The archive is away\.$"):
        apart.run("be refused", str)
    with pytest.raises(Failed, match=r"^This failed by a fault of this program \(ZeroDivisionError\)\.$"):
        apart.run("go wrong", str)
    assert apart.run("this", str)
    assert "secret/path" in capfd.readouterr().err, "the trace is for who runs the room"


def test_a_process_that_dies_fails_its_piece_and_another_takes_its_place(apart: Apart) -> None:
    with pytest.raises(Failed, match=r"broke off \(exit status 7\)"):
        apart.run("die", str)
    killed = lambda _said: os.kill(apart.pid or 0, signal.SIGKILL)  # noqa: E731
    with pytest.raises(Failed, match="was killed, perhaps because memory ran out"):
        apart.run("last", killed)
    assert apart.run("this", str) == f"it: this, {apart.pid}"


def test_what_cannot_begin_fails_each_piece_and_holds_up_nothing() -> None:
    apart = Apart("tested", refused, "v.db", ending_seconds=2)
    for _ in range(2):
        with pytest.raises(Failed, match=r"^V\.db cannot be opened\.$"):
            apart.run("this", str)
    apart.end()
    apart.close()


def test_a_piece_is_given_up_for_a_more_urgent_one_and_the_process_goes_on(apart: Apart) -> None:
    with pytest.raises(Dropped):
        apart.run("last", lambda _said: apart.drop())
    assert apart.run("this", str) == f"it: this, {apart.pid}"


def test_ending_ends_a_piece_in_hand_and_takes_no_other(apart: Apart) -> None:
    begun, failed = threading.Event(), []

    def work() -> None:
        try:
            apart.run("last", lambda _said: begun.set())
        except Failed as error:
            failed.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(20)
    pid = apart.pid or 0
    apart.end()
    thread.join(5)
    assert failed == ["The room is being closed."]
    assert not is_running(pid)
    with pytest.raises(Failed):
        apart.run("this", str)


def test_no_process_outlives_a_room_that_was_killed() -> None:
    room = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("working.py"))], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert room.stdout is not None
    pid = int(room.stdout.readline())
    assert is_running(pid)
    room.kill()
    room.wait()
    room.stdout.close()
    until(lambda: not is_running(pid), 5)


def test_what_somebody_opened_comes_before_what_was_added_to() -> None:
    turns = Turns(WEB)
    turns.count(["c1", "c2"])
    turns.touch(["added", "asked"])
    assert turns.ask("first")
    assert turns.ask("asked")
    assert turns.ask("first"), "once more is the same"
    assert [turns.before(one) for one in ("first", "asked", "added", "c1")] == [0, 1, 2, None]
    assert [turns.next_edition() for _ in range(4)] == ["first", "asked", "added", None]
    assert turns.next_counted() == ("c1", "c2")
    assert turns.is_empty


def test_whoever_opens_everything_fills_no_memory() -> None:
    turns = Turns(Web(stories_asked=2, stories_touched=2))
    assert [turns.ask(one) for one in ("a", "b", "c")] == [True, True, False]
    turns.touch(["d", "e", "f"])
    turns.count(str(number) for number in range(10))
    assert [turns.next_edition() for _ in range(5)] == ["a", "b", "d", "e", None]
    assert len(turns.next_counted()) == 2


def test_an_edition_whose_process_is_killed_fails_until_it_is_asked_for_again(place: str) -> None:
    with Archive(place) as archive, Workers(archive, Serving(place, ahead=0)) as desk:
        story = only_story(archive)
        assert desk.progress(story) is None
        desk.want(story)
        until(lambda: desk.analyst.pid)
        os.kill(desk.analyst.pid or 0, signal.SIGKILL)
        until(lambda: getattr(desk.progress(story), "failed", None))
        desk.want(story)
        failed = desk.progress(story)
        assert failed is not None
        assert "was killed" in str(failed.failed), "it is not tried for ever"
        desk.again(story)
        waits = desk.progress(story)
        assert waits is not None
        assert waits.failed is None
        until(lambda: desk.progress(story) is None)
        of = pipeline.standing(archive, story)
        assert pipeline.held(archive, of) is not None


def test_a_story_that_came_back_to_what_it_was_is_listed_with_what_its_edition_found(place: str) -> None:
    with Archive(place) as archive:
        story = only_story(archive)
        pipeline.edition(archive, story)
        found = listed(archive).found
        assert found is not None
        assert found.conflicts is not None
        with archive.writing() as connection:
            stories.count(connection, story)
        assert listed(archive).found is None
        ids = [one.id for one in pipeline.standing(archive, story).reports]
        pipeline.voices(archive, {story: ids})
        counted = listed(archive).found
        assert counted is not None
        assert counted.lineages == found.lineages
        pipeline.edition(archive, story)
        assert listed(archive).found == found


def test_what_was_found_while_voices_were_counted_is_not_written_over(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = received("The Skarn lifeboat took all 62 people off the ferry Astrid on Tuesday, she said.", "Mirror")
    counted = kept_voices._by_words
    for meanwhile, wanted in (
        (lambda archive, story: pipeline.edition(archive, story), lambda found: found.conflicts is not None),
        (lambda archive, _story: list(pipeline.add(archive, [joined])), lambda found: found is None),
    ):
        with Archive(place) as archive:
            story = only_story(archive)

            def slow(*given: Any, archive: Archive = archive, story: str = story, meanwhile: Any = meanwhile) -> Any:
                meanwhile(archive, story)
                return counted(*given)

            monkeypatch.setattr(kept_voices, "_by_words", slow)
            with archive.writing() as connection:
                stories.count(connection, story)
                connection.execute(RESULTS.delete())
            pipeline.voices(archive, {story: [one.id for one in pipeline.standing(archive, story).reports]})
            assert wanted(listed(archive).found)


def test_what_fails_says_what_is_wrong_and_not_where_the_archive_lies(place: str) -> None:
    with Archive(place) as archive, Workers(archive, Serving(place, ahead=0)) as desk:
        story = only_story(archive)
        Path(place).rename(f"{place}.away")
        desk.want(story)
        id = desk.take(Intake(("https://news.example/1",)), "1 address", None) or ""
        until(lambda: (job := desk.job(id)) is not None and job.is_over)
        until(lambda: getattr(desk.progress(story), "failed", None))
        told = (getattr(desk.progress(story), "failed", None), getattr(desk.job(id), "failed", None))
        assert told == ("There is no archive at its place; `variorum add` makes one.",) * 2
        Path(f"{place}.away").rename(place)


def test_an_intake_is_over_and_its_files_are_gone_also_when_nobody_can_look_at_its_stories(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive(place) as archive, Workers(archive, Serving(place, ahead=0)) as desk:

        def locked(*_: object) -> None:
            raise ArchiveError("it is locked")

        monkeypatch.setattr(desk, "_touch", locked)
        folder = tmp_path / "given"
        folder.mkdir()
        (folder / "a.txt").write_text("The Skarn lifeboat went out on Monday. Nobody was hurt.")
        id = desk.take(Intake((str(folder / "a.txt"),)), "1 file", folder) or ""
        until(lambda: (job := desk.job(id)) is not None and job.is_over)
        assert not folder.exists()


def test_what_is_given_while_the_room_ends_is_deleted(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    with Archive(place) as archive:
        with Workers(archive, Serving(place, ahead=0)) as desk:
            pass
        assert desk.take(Intake((str(folder),)), "1 file", folder) is None
        assert not folder.exists()


def test_a_story_that_failed_is_made_when_a_report_has_come_in(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(place) as archive, Workers(archive, Serving(place, ahead=0)) as desk:
        asked: list[object] = []

        def run(piece: object, _hear: object) -> None:
            asked.append(piece)
            raise Failed("No.")

        monkeypatch.setattr(desk.analyst, "run", run)
        story = only_story(archive)
        desk.want(story)
        until(lambda: getattr(desk.progress(story), "failed", None) == "No.")
        desk.want(story)
        assert len(asked) == 1
        text = "The Skarn lifeboat took 62 people off the ferry Astrid, which ran on to rocks off Skarn on Tuesday."
        (added,) = pipeline.add(archive, [received(text, "Herald", title="Ferry Astrid on rocks off Skarn")])
        assert getattr(added, "story", None) == story
        desk.want(story)
        until(lambda: len(asked) == 2)


def test_the_newest_stories_are_analysed_before_anybody_asks_also_what_others_add(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    with Archive(place) as archive:
        desk = Workers(archive, Serving(place, ahead=5), web=Web(look_seconds=0.05))
        monkeypatch.setattr(desk.analyst, "run", lambda piece, _hear: made.append(piece))
        with desk:
            until(lambda: len(made) == 1)
            time.sleep(0.3)
            assert len(made) == 1, "what was made as it stands is not made again, whatever the list says"
            text = "The Skarn lifeboat took 62 people off the ferry Astrid, which ran on to rocks off Skarn on Tuesday."
            with Archive(place) as other:
                list(pipeline.add(other, [received(text, "Herald", title="Ferry Astrid on rocks off Skarn")]))
            until(lambda: len(made) == 2)


def test_nothing_is_analysed_unasked_where_that_is_not_wanted(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    with Archive(place) as archive:
        desk = Workers(archive, Serving(place, ahead=0), web=Web(look_seconds=0.02))
        monkeypatch.setattr(desk.analyst, "run", lambda piece, _hear: made.append(piece))
        with desk:
            time.sleep(0.3)
    assert made == []


def test_what_is_made_ahead_is_given_up_for_what_is_asked(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead, dropped, order = threading.Event(), threading.Event(), list[str]()

    def run(piece: object, _hear: object) -> None:
        order.append(str(getattr(piece, "story", None)))
        if len(order) == 1:
            ahead.set()
            assert dropped.wait(10)
            raise Dropped

    with Archive(place) as archive:
        desk = Workers(archive, Serving(place, ahead=5), web=Web(look_seconds=0.05))
        monkeypatch.setattr(desk.analyst, "run", run)
        monkeypatch.setattr(desk.analyst, "drop", dropped.set)
        with desk:
            assert ahead.wait(10)
            story = only_story(archive)
            desk.want("another story")
            until(lambda: len(order) >= 3)
    assert order[:3] == [story, "another story", story]


def test_voices_are_counted_and_no_password_is_on_a_command_line(new_place: Callable[[], str]) -> None:
    place = new_place().replace("//variorum@", "//variorum:hush-hush@")
    with Archive(place) as archive:
        list(pipeline.add(archive, reports()))
        with Workers(archive, Serving(place, ahead=0)) as desk:
            desk.count([only_story(archive)])
            until(lambda: listed(archive).found)
            given = Path(f"/proc/{desk.analyst.pid}/cmdline")
            assert not given.exists() or b"hush-hush" not in given.read_bytes()


def test_an_archive_that_may_not_be_written_is_read_all_the_same(place: str) -> None:
    before = Path(place).read_bytes()
    with Archive(place, access="read") as archive, Workers(archive, Serving(place)) as desk:
        of = pipeline.standing(archive, only_story(archive))
        assert desk.made(of.key) is None
        desk.want(of.story)
        until(lambda: desk.progress(of.story) is None)
        made = desk.made(of.key)
        assert made is not None
        assert verify(exchange.dump(Editions((made,), (), ()))).is_sound
        assert pipeline.held(archive, of) is None
    assert Path(place).read_bytes() == before
