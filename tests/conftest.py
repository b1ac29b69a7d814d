"""What tests share: archives in a file and on a real PostgreSQL server, a browser, a Spark session."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from browser import CHROMIUM, WITHOUT, Library, chromium, library
from playwright.sync_api import Browser
from spark import WITHOUT_JAVA, has_java, session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1:]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server, without a database's name; the tests that want one skip where there is none."""
    given = os.environ.get("VARIORUM_TEST_POSTGRES")
    if given:
        yield given
        return
    if not _POSTGRES:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="variorum-postgres-"))
    # The server refuses to be run by root; Debian's package made a user for it.
    user = "postgres" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tools = _POSTGRES[0].parent

    def call(tool: str, *arguments: str) -> None:
        subprocess.run(
            [str(tools / tool), *arguments], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    call("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "variorum", "-E", "UTF8", "--locale=C")
    call("pg_ctl", "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://variorum@127.0.0.1:{port}"
    finally:
        call("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["file", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives places where no archive is yet, in a file or on the server."""
    if request.param == "file":
        return lambda: str(tmp_path / f"{uuid4().hex}.db")
    server = request.getfixturevalue("server")

    def made() -> str:
        import pg8000.native
        from sqlalchemy import make_url

        url, name = make_url(server), f"v{uuid4().hex}"
        with pg8000.native.Connection(
            url.username or "", host=url.host or "", port=url.port or 5432, database="postgres", password=url.password
        ) as connection:
            connection.run(f"CREATE DATABASE {name}")
        return f"{server}/{name}"

    return made


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """A place where no archive is yet."""
    return new_place()


@pytest.fixture(scope="session")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An archive with all that a page of the reading room can show; its editions are made once."""
    made = library(tmp_path_factory.mktemp("library"))
    with made.archive:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one module; those that want one skip where there is none."""
    if CHROMIUM is None:
        pytest.skip(WITHOUT)
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A Spark session on this machine; the tests that want one skip where PySpark or Java is not installed."""
    pytest.importorskip("pyspark", reason="PySpark is not installed: pip install variorum[spark]")
    if not has_java():
        pytest.skip(WITHOUT_JAVA)
    with session(tmp_path_factory.mktemp("spark")) as made:
        yield made
