"""Opening an archive: is there one, is it ours, is it of this release or an older one, may it be written."""

import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from variorum.config import Store
from variorum.errors import ArchiveError, UsageError
from variorum.store.trouble import plainly

HEAD = "0003"
"""The newest migration. A test holds it against the scripts, so that opening need not load Alembic."""

_MAGIC = b"SQLite format 3\0"
_APPLICATION = int.from_bytes(b"vari", "big")  # in the header of every archive file of ours
_APPLICATION_OFFSET = 68
_LOCK = 0x76617269  # of writers on PostgreSQL

Access = Literal["read", "write", "make"]


def connect(place: str, access: Access, *, settings: Store) -> Engine:
    """The engine of an archive, checked and brought up to date. place: a file's path, or a PostgreSQL URL.

    access: ``make`` makes the archive where there is none; ``read`` never writes a byte.
    Raises UsageError for a place that can be none, ArchiveError where there is no archive, it is somebody else's,
    was made by a newer release, or cannot be opened.
    """
    with plainly(shown(place)):
        engine = _server(place) if is_url(place) else _file(Path(place), access, settings)
        try:
            _bring_up_to_date(engine, place, access)
        except BaseException:
            engine.dispose()
            raise
    return engine


def is_url(place: str) -> bool:
    """Whether a place is a server's and not a file's."""
    return "://" in place


def shown(place: str) -> str:
    """A place as it may be printed: no password in it."""
    if not is_url(place):
        return place
    try:
        return make_url(place).render_as_string(hide_password=True)
    except ArgumentError:
        return place.partition("://")[0] + "://…"


def _server(place: str) -> Engine:
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise UsageError(f"{shown(place)} is no address of a database") from error
    if url.get_backend_name() == "sqlite":
        raise UsageError("an archive in a file is named by its path, not by a URL")
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise UsageError(f"an archive is a file or on PostgreSQL, not on {url.get_backend_name()}")
    if find_spec("pg8000") is None:
        raise UsageError('PostgreSQL needs the extra: pip install "variorum[postgres]"')
    ours = URL.create("postgresql+pg8000", url.username, url.password, url.host, url.port, url.database, url.query)
    engine = create_engine(ours, isolation_level="READ COMMITTED", pool_pre_ping=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        elif connection.get_execution_options().get("reads"):
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))

    return engine


def _file(path: Path, access: Access, settings: Store) -> Engine:
    is_new = _look(path, access)
    if is_new:
        _claim(path, settings)
    uri = f"file:{quote(str(path.resolve()))}?mode={'ro' if access == 'read' else 'rw'}"
    if access == "read" and not _may_share(path):
        # A reader of a write-ahead log needs to write beside it. Where it may not, it reads the file as it lies; what
        # its owner writes meanwhile it does not see.
        uri += "&immutable=1"

    def opened() -> sqlite3.Connection:
        # "isolation_level" none: transactions begin where we say, not where the driver thinks.
        connection = sqlite3.connect(
            uri, uri=True, timeout=settings.busy_seconds, isolation_level=None, check_same_thread=False
        )
        if access != "read":
            connection.execute("PRAGMA synchronous=FULL")  # acknowledged is on the disk, not in the system's memory
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its place at once: one that only read first could find the archive changed under it.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _look(path: Path, access: Access) -> bool:
    """Whether the file has yet to be made one of ours. Raises ArchiveError where it cannot be."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise ArchiveError(f"{path} is no regular file")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError as error:
        if access != "make":
            raise ArchiveError(f"there is no archive at {path}; `variorum add` makes one") from error
        if not path.parent.is_dir():
            raise ArchiveError(f"cannot make {path}: the folder does not exist") from error
        return True
    except IsADirectoryError as error:
        raise ArchiveError(f"{path} is a folder, not an archive") from error
    except OSError as error:
        raise ArchiveError(f"cannot read {path}: {error.strerror}") from error
    if not head and access == "make":
        return True
    if not head:
        raise ArchiveError(f"{path} is empty; `variorum add` makes an archive of it")
    if not head.startswith(_MAGIC) or len(head) < 100:
        raise ArchiveError(f"{path} is no archive: it is another kind of file, and was left as it is")
    (application,) = struct.unpack_from(">I", head, _APPLICATION_OFFSET)
    if application != _APPLICATION:
        raise ArchiveError(f"{path} is a database of another program, and was left as it is")
    return False


def _claim(path: Path, settings: Store) -> None:
    """Make the file ours before anything is in it: a run killed now must leave nothing that is taken for foreign."""
    connection = sqlite3.connect(path, timeout=settings.busy_seconds, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id={_APPLICATION}")
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def may_write(path: Path) -> bool:
    """Whether this user may write the file and make others beside it."""
    as_effective = os.access in os.supports_effective_ids
    return all(os.access(one, os.W_OK, effective_ids=as_effective) for one in (path, path.parent))


def _may_share(path: Path) -> bool:
    """Whether the files that readers and writers share can be made, or are there, beside ``path``."""
    return may_write(path) or path.with_name(path.name + "-shm").exists()


def _bring_up_to_date(engine: Engine, place: str, access: Access) -> None:
    with engine.connect() as connection:
        found = _revision(connection, place)
    if found == HEAD:
        return
    if access == "read" or (found is None and access == "write"):
        have = "is not an archive yet" if found is None else "was made by an older release"
        raise ArchiveError(f"{shown(place)} {have}; `variorum add` brings it up to date")
    with writing(engine) as connection:
        # Somebody else may have done it while we waited.
        if _revision(connection, place) != HEAD:
            _migrate(connection)


def _revision(connection: Connection, place: str) -> str | None:
    """The migration an archive has come to; ``None`` for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        if tables != {"alembic_version"} and not {"articles", "raws"} <= tables:
            raise ArchiveError(f"{shown(place)} is a database of another program, and was left as it is")
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None and (not found.isdigit() or int(found) > int(HEAD)):
            raise ArchiveError(f"{shown(place)} was made by a newer release of variorum (its tables are {found}, "
                               f"this release knows them up to {HEAD}), and was left as it is")  # fmt: skip
        return found
    if tables:
        raise ArchiveError(f"{shown(place)} is a database of another program, and was left as it is")
    return None


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    with as_file(files("variorum.store") / "migrations") as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: one at a time, others wait. All of it is committed at the end, or nothing is."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads: it sees the archive as it stood when it began, whoever writes meanwhile."""
    with engine.connect().execution_options(reads=True) as connection, connection.begin():
        yield connection
