"""What a database says when something is wrong, as one clear sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, StatementError

from variorum.errors import ArchiveError

# By SQLite's names of its own errors, the more special first.
_SQLITE = (
    ("SQLITE_FULL", "the disk is full; what was acknowledged is kept, the rest was not written"),
    ("SQLITE_IOERR", "the disk cannot be read or written; what was acknowledged is kept"),
    ("SQLITE_READONLY", "it may not be written (the file or its folder is read-only)"),
    ("SQLITE_BUSY", "another program keeps it locked; try again when that has ended"),
    ("SQLITE_LOCKED", "another program keeps it locked; try again when that has ended"),
    ("SQLITE_NOTADB", "it is no archive, or its first bytes are damaged"),
    ("SQLITE_CORRUPT", "it is damaged; `variorum check` says more, an export may hold what it lost"),
    ("SQLITE_CANTOPEN", "it cannot be opened (the file or its folder may not be read or written)"),
    ("SQLITE_PERM", "it may not be opened"),
    ("SQLITE_AUTH", "it may not be opened"),
    ("SQLITE_TOOBIG", "one report is larger than the database takes"),
)
# By the class, or the whole, of a PostgreSQL error code.
_POSTGRES = (
    ("53100", "the server's disk is full; what was acknowledged is kept, the rest was not written"),
    ("53", "the server has no memory or no connection left"),
    ("28", "the server does not accept this user or password"),
    ("3D", "there is no database of that name on the server"),
    ("25006", "it may not be written (the server is read-only)"),
    ("42501", "this user may not do that there"),
    ("55", "another program keeps it locked; try again when that has ended"),
    ("57", "the server is shutting down or starting"),
    ("XX", "the server found its files damaged"),
)


@contextmanager
def plainly(place: str) -> Iterator[None]:
    """Turn what a database raises into an ArchiveError of one sentence that names the place."""
    try:
        yield
    except DBAPIError as error:
        raise ArchiveError(f"{place}: {_why(error.orig)}") from error
    except sqlite3.Error as error:
        raise ArchiveError(f"{place}: {_why(error)}") from error
    except (StatementError, OverflowError, UnicodeEncodeError) as error:
        raise ArchiveError(f"{place}: it cannot hold what it was given: {type(error).__name__}") from error


def _why(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "") or ""
        return next((says for code, says in _SQLITE if name.startswith(code)), f"the database says: {error}")
    told = error.args[0] if error is not None and error.args else None
    if isinstance(told, dict):
        code = str(told.get("C", ""))
        says = next((says for known, says in _POSTGRES if code.startswith(known)), None)
        return says or f"the server says: {told.get('M', 'nothing')}"
    if error is not None and "connect" in str(error).lower():
        return "the server does not answer there"
    return f"the database says: {error}"
