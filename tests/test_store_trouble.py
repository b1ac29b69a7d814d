"""What goes wrong with an archive ends in one clear sentence, and the archive is as it was."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from received import BODY, received
from sqlalchemy import text

from variorum.cli import main
from variorum.config import Store
from variorum.errors import ArchiveError, UsageError
from variorum.records import Refusal
from variorum.store import Archive, opening
from variorum.store.check import check
from variorum.store.tables import METADATA


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit status of a command, and what it says on standard error."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0), capsys.readouterr().err
    return 0, capsys.readouterr().err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An archive of one report."""
    path = tmp_path / "one.db"
    with Archive(str(path)) as archive:
        archive.add([received()])
    return path


def test_the_tables_are_those_the_migrations_make(place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    folder = Path(opening.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == opening.HEAD
    with Archive(place) as archive, archive.writing() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("article_words")}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_a_newer_archive_is_left_as_it_is(place: str) -> None:
    with Archive(place) as archive, archive.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="newer release"):
        Archive(place)
    with pytest.raises(ArchiveError, match="newer release"):
        Archive(place, access="read")


def test_a_database_of_another_program_is_left_as_it_is(new_place: Callable[[], str]) -> None:
    place = new_place()
    if "://" in place:
        with Archive(place) as archive, archive.writing() as connection:
            connection.execute(text("ALTER TABLE articles RENAME TO photographs"))
    else:
        with sqlite3.connect(place) as other:
            other.execute("CREATE TABLE photographs (id)")
        other.close()
    before = Path(place).read_bytes() if "://" not in place else b""
    for access in ("make", "write", "read"):
        with pytest.raises(ArchiveError, match="another program"):
            Archive(place, access=access)
    assert (Path(place).read_bytes() if before else b"") == before


@pytest.mark.parametrize("content", [b"%PDF-1.7 " * 100, b"hello", b"SQLite format 3\0", b"\0" * 4096])
def test_another_kind_of_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="no archive"):
        Archive(str(path))
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_an_archive_when_something_is_added(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.touch()
    with pytest.raises(ArchiveError, match="is empty"):
        Archive(str(path), access="read")
    with Archive(str(path)) as archive:
        assert archive.add([received()])[0].outcome == "new"


def test_a_place_where_no_archive_is_says_what_makes_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["stories"], ["search", "lamp"], ["check"], ["edition", "abcd"], ["revisions", "x"]):
        status, says = run(capsys, *command, "--archive", tmp_path / "none.db")
        assert (status, "there is no archive" in says, "variorum add" in says) == (1, True, True), command
    assert list(tmp_path.iterdir()) == []
    status, says = run(capsys, "check", "--archive", tmp_path)
    assert (status, "is a folder" in says) == (1, True)
    status, says = run(capsys, "add", "x.txt", "--archive", tmp_path / "no" / "folder.db")
    assert (status, "the folder does not exist" in says) == (1, True)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("mysql://me:secret@db.example/news", "not on mysql"),
        ("sqlite:///archive.db", "by its path"),
        ("://", "no address"),
        ("postgresql://me:secret@127.0.0.1:1/news", "does not answer"),
    ],
)
def test_a_server_that_cannot_be_one_is_named_without_its_password(place: str, says: str) -> None:
    with pytest.raises((UsageError, ArchiveError), match=says) as raised:
        Archive(place)
    assert "secret" not in str(raised.value)


def test_a_full_disk_loses_nothing_that_was_acknowledged(file: Path) -> None:
    with Archive(str(file)) as archive:
        more = [received(f"{BODY} {number} {os.urandom(20_000).hex()}", place=f"{number}.txt") for number in range(20)]
        with pytest.raises(ArchiveError, match="the disk is full"), archive.writing() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count={pages + 4}"))
            from variorum.store import adding

            adding.add(connection, more, {}, archive.settings)
        with archive.reading() as connection:
            assert (check(connection).articles, check(connection).problems) == (1, ())
        assert archive.add(more[:1])[0].outcome == "new"


def test_a_locked_archive_says_so_after_a_while(file: Path) -> None:
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Archive(str(file), settings=Store(busy_seconds=0.05)) as archive:
        with pytest.raises(ArchiveError, match="keeps it locked"):
            archive.add([received(outlet="Other")])
        with archive.reading() as connection:
            assert check(connection).articles == 1, "a reader need not wait for a writer"
        holder.execute("ROLLBACK")
        assert archive.add([received(outlet="Other")])[0].outcome == "new"
    holder.close()


@contextmanager
def as_nobody() -> Iterator[None]:
    """For a while as a user with no rights: root may write everything."""
    if os.getuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("folder_is_open", [False, True])
def test_a_read_only_archive_can_be_read_and_says_that_it_cannot_be_written(folder_is_open: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="variorum-read-only-") as folder:
        path = Path(folder) / "one.db"
        with Archive(str(path)) as archive:
            archive.add([received()])
            assert archive.raw("0" * 64) is None  # everything that is loaded late is loaded now
        path.chmod(0o444)
        path.parent.chmod(0o777 if folder_is_open else 0o555)
        with as_nobody():
            with Archive(str(path), access="read") as archive, archive.reading() as connection:
                assert check(connection).articles == 1
            with pytest.raises(ArchiveError, match=r"may not be written|cannot be opened"):
                Archive(str(path)).refuse([Refusal("a.txt", "This file is empty.")])
        path.parent.chmod(0o755)


def test_damage_is_found_and_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive(str(file)) as archive, archive.writing() as connection:
        connection.execute(text("UPDATE articles SET text = text || '!'"))
        connection.execute(text("UPDATE raws SET packed = substr(packed, 1, 20)"))
    try:
        main(["check", "--archive", str(file)])
    except SystemExit as stopped:
        assert stopped.code == 1
    printed = capsys.readouterr().out
    assert "another digest" in printed
    assert "the bytes are damaged" in printed
    assert "does not hold: 2 problems" in printed


@pytest.mark.parametrize("at", [0, 100, 5000, 20_000])
def test_a_file_that_was_scribbled_in_never_ends_in_a_traceback(
    file: Path, at: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    raw = bytearray(file.read_bytes())
    raw[at : at + 3000] = b"\xff" * 3000
    file.write_bytes(raw)
    for command in (["check"], ["stories"], ["search", "lamp"], ["revisions", "courier.txt"]):
        status, says = run(capsys, *command, "--archive", file)
        assert status in (0, 1, 2)
        assert "Traceback" not in says


def test_a_run_killed_while_it_made_the_file_leaves_one_that_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    opening._claim(path, Store())
    with pytest.raises(ArchiveError, match="not an archive yet"):
        Archive(str(path), access="read")
    with Archive(str(path)) as archive:
        assert archive.add([received()])[0].outcome == "new"


def test_an_archive_copied_without_its_log_is_read(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    copy = tmp_path / "copy.db"
    shutil.copy(file, copy)
    with Archive(str(copy), access="read") as archive, archive.reading() as connection:
        assert check(connection).articles == 1
