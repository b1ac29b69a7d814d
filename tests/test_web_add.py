"""Adding reports in the browser: files, a pasted text and addresses go in, and the new edition comes out."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import Server, answer
from starlette.testclient import TestClient

from variorum.config import Serving, Settings, Web
from variorum.edition.verify import verify
from variorum.store import Archive
from variorum.web.app import make
from variorum.web.desk import Progress
from variorum.web.jobs import Job, Jobs
from variorum.web.room import Room
from variorum.web.uploads import Given, put_by, safe_name
from variorum.web.workers import Workers

REPORTS = Path(__file__).parents[1] / "examples" / "unlit-reef" / "reports"
HARM = '<script>alert("1")</script>'
FERRY = (
    "The Skarn lifeboat took all 62 people off the ferry Astrid, which ran on to rocks off Skarn on Tuesday, the "
    "coastguard said. The Astrid had been due for a refit in autumn."
)


class Recorder:
    """A desk that takes what is given, and does none of it."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.again_of: list[str] = []
        self.is_full = False
        self._jobs = Jobs(Web())

    def want(self, story: str) -> None:
        raise AssertionError(story)

    def again(self, story: str) -> None:
        self.again_of.append(story)

    def progress(self, _story: str) -> Progress | None:
        return None

    def made(self, _key: str, /) -> None:
        return None

    def count(self, _stories: object, /) -> None:
        return

    def take(self, intake: Any, given: str, folder: Path | None) -> str | None:
        files = [Path(place) for place in intake.places if "://" not in place]
        self.taken.append(
            {
                "given": given,
                "files": {path.name: path.read_bytes() for path in files},
                "urls": [place for place in intake.places if "://" in place],
                "folder": folder,
            }
        )
        return None if self.is_full else self._jobs.take(intake, given, None)

    def job(self, id: str) -> Job | None:
        return self._jobs.get(id)

    def jobs(self) -> list[Job]:
        return self._jobs.last()


@contextmanager
def opened(desk: Any, archive: Archive, web: Web) -> Iterator[TestClient]:
    room = Room(archive, desk, settings=Settings(), web=web)
    with TestClient(make(room, names=("localhost",), token=None), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "a.db")


@pytest.fixture
def desk() -> Recorder:
    return Recorder()


@pytest.fixture
def client(place: str, desk: Recorder) -> Iterator[TestClient]:
    with Archive(place) as archive, opened(desk, archive, Web(request_bytes=200_000, request_files=3)) as client:
        yield client


def file(name: str, content: bytes = b"words") -> tuple[str, tuple[str, BytesIO]]:
    return ("files", (name, BytesIO(content)))


def test_files_are_taken_under_their_own_names_two_of_one_name_too(client: TestClient, tmp_path: Path) -> None:
    del tmp_path
    folder = None
    files = [("Skarn Courier.txt", BytesIO(b"one")), ("Skarn Courier.txt", BytesIO(b"two"))]
    intake, folder = put_by(files, Given(), Web())
    paths = [Path(place) for place in intake.places]
    assert [path.name for path in paths] == ["Skarn Courier.txt"] * 2
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]
    assert folder is not None
    assert all(path.resolve().is_relative_to(folder.resolve()) for path in paths)
    assert folder.stat().st_mode & 0o077 == 0, "nobody else reads what is given"
    answer = client.post("/add", files=[file("Skarn Courier.txt")], follow_redirects=False)
    assert answer.status_code == 303
    assert re.fullmatch(r"/jobs/[\w-]{20,}", answer.headers["location"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("...", "unnamed"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("console.txt", "console.txt"),
        ("a\0b\r\n\u202ec.txt", "abc.txt"),
        ("Skarn  Courier.html.gz", "Skarn Courier.html.gz"),
        ("3.5 million.txt", "3.5 million.txt"),
        (f"{'ß' * 300}.html.gz", f"{'ß' * 86}.html.gz"),
        ("x" * 300, "x" * 180),
        ("-", "-"),
        ("http://x", "x"),
        (".txt", ".txt"),
    ],
)
def test_no_name_leads_out_of_the_folder_or_is_too_long_for_it(given: str, kept: str) -> None:
    assert safe_name(given, 180) == kept


def test_of_a_folder_what_is_no_report_is_passed_over(client: TestClient, desk: Recorder) -> None:
    files = [file("day/one.txt"), file("day/.DS_Store"), file("day/README.txt")]
    assert client.post("/add", files=files, follow_redirects=False).status_code == 303
    assert list(desk.taken[0]["files"]) == ["one.txt"]
    assert desk.taken[0]["given"] == "1 file; 2 files of the folder passed over"
    assert client.post("/add", files=[file("day/.DS_Store")]).status_code == 422


def test_a_pasted_text_carries_what_is_known_of_it(client: TestClient, desk: Recorder) -> None:
    typed = {"text": FERRY, "outlet": HARM, "title": "Rocks", "url": "https://a.example/1", "published": "2025-03-03"}
    sent = client.post("/add", data={**typed, "time": "14:20"}, files={"none": b""}, follow_redirects=False)
    assert sent.status_code == 303
    (taken,) = desk.taken
    (held,) = taken["files"].values()
    assert json.loads(held) == {**typed, "published": "2025-03-03T14:20Z"}
    assert taken["given"] == "1 pasted text"


def test_nothing_given_is_said_and_what_was_typed_stays(client: TestClient, desk: Recorder) -> None:
    sent = client.post("/add", data={"urls": " \n"}, files={"none": b""})
    assert sent.status_code == 422
    assert "Nothing was given" in sent.text
    sent = client.post("/add", data={"title": HARM}, files={"none": b""})
    assert sent.status_code == 422
    assert 'value="&lt;script&gt;' in sent.text
    assert HARM not in sent.text
    sent = client.post("/add", data={"urls": "https://a.example/1\nb.example/2"}, files={"none": b""})
    assert sent.status_code == 422
    assert "“b.example/2” is no web address" in sent.text
    assert "https://a.example/1\nb.example/2</textarea>" in sent.text
    assert 'aria-invalid="true" aria-describedby="urls-wrong urls-manners"' in sent.text
    sent = client.post("/add", data={"text": FERRY, "published": "soon"}, files={"none": b""})
    assert "This is no date" in sent.text
    assert desk.taken == []


def test_a_program_gives_texts_and_addresses_as_json(client: TestClient, desk: Recorder) -> None:
    given = {"texts": [{"text": FERRY, "outlet": "Courier"}], "urls": ["https://a.example/1"]}
    sent = client.post("/add", json=given)
    assert sent.status_code == 202
    assert sent.headers["location"] == f"/jobs/{sent.json()['job']}"
    assert sent.json()["state"] == "waiting"
    assert desk.taken[0]["urls"] == ["https://a.example/1"]
    assert desk.taken[0]["given"] == "1 pasted text and 1 address"
    followed = client.get(f"{sent.headers['location']}.json")
    assert (followed.status_code, followed.json()["given"]) == (202, "1 pasted text and 1 address")
    for wrong in ({}, {"texts": [{"body": "x"}]}, {"urls": ["file:///etc/passwd"]}, {"urls": "x"}, []):
        refused = client.post("/add", json=wrong, headers={"accept": "application/json"})
        assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert len(desk.taken) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
    ],
)
def test_what_another_site_sends_is_not_taken(client: TestClient, desk: Recorder, headers: dict[str, str]) -> None:
    assert client.post("/add", files=[file("a.txt")], headers=headers).status_code == 403
    assert client.post("/add", json={"urls": ["https://a.example/"]}, headers=headers).status_code == 403
    assert client.post("/stories/0123456789abcdef/again", headers=headers).status_code == 403
    assert (desk.taken, desk.again_of) == ([], [])


def test_what_is_too_much_is_said_to_be(client: TestClient, desk: Recorder) -> None:
    assert client.post("/add", files=[file("a.txt", b"x" * 300_000)]).status_code == 413

    def unmeasured() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(30):
            yield b"x" * 10_000

    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/add", content=unmeasured(), headers=kind).status_code == 413
    assert client.post("/add", files=[file(f"{number}.txt") for number in range(4)]).status_code == 413
    assert client.post("/add", content=b"--x\r\nno form", headers=kind).status_code == 400
    assert client.post("/add", content=b"text", headers={"content-type": "text/plain"}).status_code == 415
    desk.is_full = True
    busy = client.post("/add", files=[file("a.txt")])
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "30")


def test_json_is_not_held_in_memory_without_end(place: str, desk: Recorder) -> None:
    with Archive(place) as archive, opened(desk, archive, Web(json_bytes=1_000)) as client:
        kind = {"content-type": "application/json"}
        told = json.dumps({"texts": [{"text": "x" * 900}]}).encode()
        assert client.post("/add", content=told, headers=kind).status_code == 202
        in_parts = (part for part in (told[:-2], b" " * 200, told[-2:]))  # no length told
        answer = client.post("/add", content=in_parts, headers=kind)
        assert answer.status_code == 413
        assert "1,000 bytes" in answer.json()["detail"]
        assert len(desk.taken) == 1


def test_an_intake_that_is_not_known_any_more_is_said_to_be(client: TestClient) -> None:
    assert client.get("/jobs/0123").status_code == 404
    gone = client.get("/jobs/0123.json")
    assert gone.status_code == 404
    assert "remembers the last of them" in gone.json()["detail"]
    assert client.get("/jobs").status_code == 200


def test_an_archive_that_may_not_be_written_says_so(place: str, desk: Recorder) -> None:
    Archive(place).close()
    with Archive(place, access="read") as archive, opened(desk, archive, Web()) as client:
        shown = client.get("/add")
        assert "may not be written" in shown.text
        assert "<fieldset" not in shown.text
        assert client.get("/add.json").json()["can_add"] is False
        assert client.post("/add", files=[file("a.txt")]).status_code == 403
    assert desk.taken == []


def opening(file: Path) -> str:
    """The first paragraphs of a report, which take less long to analyse."""
    return "\n\n".join(file.read_text("utf-8").split("\n\n")[:7])


def settled(client: TestClient, address: str) -> dict[str, Any]:
    """An intake when all its editions are there."""
    end = time.monotonic() + 60
    while True:
        told = client.get(f"{address}.json")
        if told.status_code == 200:
            return dict(told.json())
        assert time.monotonic() < end, told.text
        time.sleep(0.05)


def test_what_is_given_in_the_browser_becomes_an_edition_that_verifies(place: str) -> None:
    lantern, post = (opening(REPORTS / f"{name}.txt") for name in ("morning-lantern", "north-quay-post"))
    web = Web(look_seconds=0.1)
    serving = Serving(place, ahead=0, allow_private=True)
    with (
        Server({"/gone": answer("gone", "404 Not Found"), "/robots.txt": answer("", "404 Not Found")}) as server,
        Archive(place) as archive,
        Workers(archive, serving, web=web) as desk,
        opened(desk, archive, web) as client,
    ):
        first = client.post(
            "/add", data={"text": post, "outlet": HARM, "published": "2023-11-06"}, files=[file("empty.txt", b"")],
            follow_redirects=False,
        )  # fmt: skip
        done = settled(client, first.headers["location"])
        assert done["counts"] == {"new": 1, "known": 0, "revised": 0, "refused": 1}
        assert [one["state"] for one in done["stories"]] == ["alone"]
        name = f"{HARM}.txt"
        second = client.post(
            "/add",
            data={"text": lantern, "outlet": "Lantern", "urls": server.url("/gone")},
            files=[file(name, (REPORTS / "radio-stennick.txt").read_bytes())],
            follow_redirects=False,
        )
        done = settled(client, second.headers["location"])
        assert done["counts"] == {"new": 2, "known": 0, "revised": 0, "refused": 1}
        assert [line["number"] for line in done["lines"]] == [1, 2, 3]
        (story,) = done["stories"]
        assert (story["state"], story["reports"]) == ("made", 3)
        rest = client.get(f"{second.headers['location']}.json?after=2").json()
        assert [line["number"] for line in rest["lines"]] == [3]
        made = client.get(f"{story['url']}.json")
        assert made.status_code == 200
        assert verify(made.text).is_sound
        outlets = {article["outlet"] for article in made.json()["editions"][0]["articles"]}
        assert {HARM, "Lantern"} < outlets
        for address in (second.headers["location"], first.headers["location"], story["url"], "/stories", "/refused"):
            shown = client.get(address)
            assert shown.status_code == 200
            assert "<script>alert" not in shown.text
        folders = list(Path(os.environ.get("TMPDIR", "/tmp")).glob("variorum-*/*/empty.txt"))  # noqa: S108
        assert folders == [], "what was given is deleted once it is added"


def test_two_rooms_are_open_on_one_archive(place: str) -> None:
    serving = Serving(place, ahead=0)
    with (
        Archive(place) as one,
        Archive(place) as other,
        Workers(one, serving) as desk,
        Workers(other, serving) as idle,
        opened(desk, one, Web()) as first,
        opened(idle, other, Web()) as second,
    ):
        sent = first.post("/add", json={"texts": [{"text": FERRY, "outlet": "Courier"}]})
        assert settled(first, sent.headers["location"])["counts"]["new"] == 1
        assert second.get("/stories.json?alone=1").json()["total"] == 1
        assert second.get(f"{sent.headers['location']}.json").status_code == 404


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_the_room_ends_all_its_processes_at_once_and_quietly(tmp_path: Path, how: signal.Signals) -> None:
    def before() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    room = subprocess.Popen(
        [sys.executable, "-m", "variorum", "serve", "--archive", "a.db", "--port", "0"], cwd=tmp_path, text=True,
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True, preexec_fn=before,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert room.stderr is not None
    try:
        said = room.stderr.readline()
        address = re.search(r"http://[\d.:]+", said)
        assert address is not None, said + room.stderr.read()
        sent = httpx.post(f"{address[0]}/add", json={"texts": [{"text": FERRY, "outlet": "Courier"}]}, timeout=20)
        assert sent.status_code == 202
        asked = time.monotonic()
        while len(children(room.pid)) < 2:  # the one that adds, and the standard library's own
            assert time.monotonic() - asked < 20
            time.sleep(0.02)
        begun = children(room.pid)
        stopped = time.monotonic()
        os.killpg(room.pid, how)  # as a terminal sends it: to all of them
        _, rest = room.communicate(timeout=20)
        assert time.monotonic() - stopped < 5
        assert "Traceback" not in rest
        while any(Path(f"/proc/{pid}").exists() for pid in begun):
            assert time.monotonic() - stopped < 5
            time.sleep(0.02)
        assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [], "nothing given is left lying about"
    finally:
        room.kill()
        room.wait()


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            rest = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(rest[1]) == pid:
            found.append(int(status.parent.name))
    return found
