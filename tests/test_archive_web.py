"""What comes in from the web into an archive: feeds and pages, once, and what changed as a revision."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, answer

from variorum.cli import main

BODY = (
    "The old bridge at Norby was closed on Monday after engineers found {} broken cables in it. Some 4,000 people "
    "cross the bridge every day, said mayor Nadia Orlov, who had it closed."
)


def page(title: str, body: str) -> bytes:
    return answer(
        f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p>'
        "<p>Ferries will carry people over the river until every cable has been tested, the mayor said.</p></article>"
        "</body></html>"
    )


def feed(port: int, *extra: str) -> bytes:
    """A feed of one report that it announces, one that it carries whole, and others."""
    whole = BODY.format(31) + " The company will run ferries, it said in Norby on Monday evening."
    items = (
        f"<item><title>Bridge closed</title><link>http://127.0.0.1:{port}/bridge</link><guid>a</guid>"
        "<pubDate>Mon, 03 Mar 2025 08:00:00 GMT</pubDate><description>The old bridge…</description></item>",
        f"<item><title>Ferries to run at Norby</title><guid>b</guid><source url='https://ferry.example/'>Ferry Post"
        f"</source><content:encoded><![CDATA[<p>{whole}</p>]]></content:encoded></item>",
        *extra,
    )
    return answer(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Norby News</title><link>http://127.0.0.1:{port}/</link>{''.join(items)}</channel></rss>",
        kind="application/rss+xml",
    )


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.chdir(tmp_path)
    with Server({"/bridge": page("Bridge closed", BODY.format(31))}) as running:
        running.replies["/feed"] = feed(running.port)
        yield running


def run(*arguments: str) -> int:
    try:
        main(list(arguments))
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_feed_is_added_with_its_pages_and_the_second_time_nothing_is_fetched_twice(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"http://127.0.0.1:{server.port}/feed"
    assert run("add", "--allow-private", "--json", url) == 0
    added = rows(capsys)
    assert [(row["outcome"], row["outlet"]) for row in added] == [("new", "Norby News"), ("new", "Ferry Post")]
    assert server.paths == ["/feed", "/bridge"]
    assert run("add", "--allow-private", "--json", url) == 0
    assert rows(capsys) == []
    assert server.paths == ["/feed", "/bridge", "/feed"], "the page is known and was not asked for again"


def test_a_page_that_was_changed_is_a_revision(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"http://127.0.0.1:{server.port}/bridge"
    assert run("add", "--allow-private", url) == 0
    server.replies["/bridge"] = page("Bridge closed", BODY.format(33))
    capsys.readouterr()
    assert run("add", "--allow-private", url) == 0
    assert "1 revision" in capsys.readouterr().out
    assert run("revisions", url) == 0
    assert "[-31-]{+33+}" in capsys.readouterr().out


def test_nothing_of_this_machines_own_network_is_fetched_unasked(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", f"http://127.0.0.1:{server.port}/feed", f"http://localhost:{server.port}/bridge") == 1
    assert "not on the public internet" in capsys.readouterr().out
    assert server.asked == []


def test_a_feed_in_a_file_has_its_pages_fetched(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    Path("saved.xml").write_bytes(feed(server.port).partition(b"\r\n\r\n")[2])
    Path("list.opml").write_text(
        f'<opml version="2.0"><body><outline xmlUrl="http://127.0.0.1:{server.port}/feed"/></body></opml>', "utf-8"
    )
    assert run("add", "--allow-private", "--json", "saved.xml") == 0
    assert [row["outcome"] for row in rows(capsys)] == ["new", "new"]
    assert server.paths == ["/bridge"]
    assert run("add", "--allow-private", "--json", "list.opml") == 0
    assert {row["outcome"] for row in rows(capsys)} <= {"same"}
    assert server.paths == ["/bridge", "/feed"]


def test_reading_without_an_archive_fetches_nothing(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    Path("saved.xml").write_bytes(feed(server.port).partition(b"\r\n\r\n")[2])
    assert run("read", "saved.xml", "--quiet", "--json", "edition.json") == 0
    assert "its page was not fetched" in capsys.readouterr().err
    assert run("read", f"http://127.0.0.1:{server.port}/bridge") != 0
    assert "`variorum add` fetches it" in capsys.readouterr().err
    assert server.asked == []


def test_a_watch_keeps_what_comes_until_it_is_told_to_stop_and_goes_on_the_next_time(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "clippings").mkdir()
    url = f"http://127.0.0.1:{server.port}/feed"
    command = [sys.executable, "-m", "variorum", "watch", "--allow-private", "--json", url, "clippings"]
    seen: list[dict[str, str]] = []

    def until(wanted: int) -> None:
        """Watches until so many reports were told of, and then stops politely."""
        watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert watching.stdout is not None
        late = threading.Timer(60, watching.kill)
        late.start()
        try:
            for line in watching.stdout:
                seen.append(json.loads(line))
                if len(seen) == wanted:
                    watching.send_signal(signal.SIGTERM)
            assert watching.wait() == 0
        finally:
            late.cancel()
            watching.stdout.close()

    until(2)
    assert [row["outcome"] for row in seen] == ["new", "new"]
    more = f"<item><title>Cables</title><link>http://127.0.0.1:{server.port}/cables</link><guid>c</guid></item>"
    server.replies["/feed"] = feed(server.port, more)
    server.replies["/cables"] = page("Cables", BODY.format("thirty-one").replace("closed", "shut"))
    until(3)
    assert [row["outcome"] for row in seen[2:]] == ["new"], "what is known does not come again"
    assert seen[-1]["url"].endswith("/cables")
    assert server.paths.count("/bridge") == 1


def test_a_watch_that_is_killed_is_told_everything_again_that_it_had_not_kept(server: Server) -> None:
    """The feed is not remembered before its reports are kept: else a killed run would never see them again."""
    url = f"http://127.0.0.1:{server.port}/feed"
    asked = threading.Event()

    def slow(_asked: object) -> bytes:
        asked.set()
        time.sleep(0.5)
        return page("Bridge closed", BODY.format(31))

    server.replies["/bridge"] = slow
    server.replies["/feed"] = feed(server.port).replace(b"Content-Type", b'ETag: "a"\r\nContent-Type')
    watching = subprocess.Popen(
        [sys.executable, "-m", "variorum", "watch", "--allow-private", url],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert asked.wait(60)
    os.kill(watching.pid, signal.SIGKILL)
    watching.wait()
    assert run("add", "--allow-private", "--quiet", url) == 0
    from variorum.store import Archive
    from variorum.store.check import check

    with Archive("variorum.db", access="read") as archive, archive.reading() as connection:
        assert (check(connection).articles, check(connection).problems) == (2, ())
