"""What the reading room keeps in memory: made once, however many ask, and forgotten in its turn."""

import threading
from collections.abc import Iterator

import pytest
from room import filled, grounding, visited
from starlette.testclient import TestClient

from variorum import pipeline
from variorum.store import stories
from variorum.web.room import Recent


def test_what_many_ask_for_at_once_is_made_once() -> None:
    recent: Recent[str] = Recent(2)
    made: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def make() -> str:
        made.append("page")
        started.set()
        assert go_on.wait(10)
        return "page"

    found: list[str | None] = []
    readers = [threading.Thread(target=lambda: found.append(recent.get("key", make))) for _ in range(20)]
    for reader in readers:
        reader.start()
    assert started.wait(10)
    assert recent.get("another", lambda: "other") == "other", "who wants something else does not wait"
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert made == ["page"]
    assert found == ["page"] * 20


def test_what_could_not_be_made_is_asked_for_again() -> None:
    recent: Recent[str] = Recent(2)

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        recent.get("key", fail)
    assert recent.get("key", lambda: None) is None
    assert recent.get("key", lambda: "made") == "made"
    assert recent.get("key", fail) == "made"


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    recent: Recent[str] = Recent(2)
    for key in ("a", "b", "a", "c"):
        recent.get(key, lambda key=key: f"first {key}")  # type: ignore[misc]
    assert [recent.get(key, lambda: "anew") for key in ("a", "b")] == ["first a", "anew"]


@pytest.fixture
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    with filled(tmp_path_factory.mktemp("room") / "kept.db", grounding()) as archive:
        with archive.reading() as connection:
            (story,) = (one.id for one in stories.stories(connection, order="newest", limit=None))
        pipeline.edition(archive, story)
        with visited(archive) as client:
            yield client, story


def test_an_edition_is_the_same_packed_or_not(client: tuple[TestClient, str]) -> None:
    asking, story = client
    for address in (f"/stories/{story}", f"/stories/{story}.json"):
        packed, plain, again = (
            asking.get(address, headers={"accept-encoding": one}) for one in ("gzip", "identity", "gzip, br")
        )
        assert packed.content == plain.content == again.content
        assert [one.headers.get("content-encoding") for one in (packed, plain, again)] == ["gzip", None, "gzip"]
        assert {one.headers["vary"] for one in (packed, plain, again)} == {"Accept-Encoding"}
        assert int(packed.headers["content-length"]) < len(plain.content) == int(plain.headers["content-length"])
        assert packed.headers["etag"] == plain.headers["etag"]
