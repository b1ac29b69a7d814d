"""Opening the room: the archive, the desk and the server, and what is said of it on the terminal."""

import gc
import ipaddress
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn

from variorum.config import Serving, Settings, Web
from variorum.errors import UsageError
from variorum.store import Archive
from variorum.store.opening import Access, is_url, may_write
from variorum.web.app import make
from variorum.web.filling import prepare
from variorum.web.room import Room
from variorum.web.workers import Workers

_LOCAL = ("localhost", "127.0.0.1", "::1")


def serve(serving: Serving) -> None:
    """Serve an archive until the program is stopped.

    Raises UsageError where it would be open to others without a token, or cannot listen there; ArchiveError where the
    archive cannot be opened.
    """
    web = Web()
    _refuse_open(serving, web)
    with (
        _stopped_politely(),
        _listen(serving) as listening,
        Archive(serving.place, access=_access(serving.place)) as archive,
        Workers(archive, serving, web=web) as desk,
    ):
        host, port = listening.getsockname()[:2]
        is_any = ipaddress.ip_address(host).is_unspecified
        local = "127.0.0.1" if is_any else f"[{host}]" if ":" in host else host
        address = f"http://{local}:{port}/"
        room = Room(archive, desk, settings=Settings(), web=web)
        prepare()
        app = make(room, names=(*_LOCAL, serving.host, *serving.names), token=serving.token)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", server_header=False, ws="none", timeout_graceful_shutdown=3)
        )
        gc.freeze()  # what is loaded stays: looking through it again would take a fifth of the time of a large page
        others = ", to others at this machine's own address" if is_any else ""
        sys.stderr.write(f"{archive.place} is open at {address}{others} (stop it with Ctrl-C)\n")
        sys.stderr.flush()
        if serving.is_opened:
            webbrowser.open(address)
        server.run(sockets=[listening])


def _access(place: str) -> Access:
    """An archive that may not be written is shown as it is; one that is not there is made."""
    is_written = is_url(place) or not Path(place).exists() or may_write(Path(place))
    return "make" if is_written else "read"


@contextmanager
def _stopped_politely() -> Iterator[None]:
    """A polite kill, and a terminal that is closed, end the room as Ctrl-C does: its processes with it, and no file is
    left lying about."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    def closed(_signal: int, _frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)  # which the server, while it runs, takes in its own way

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {signal.SIGTERM: signal.signal(signal.SIGTERM, stop)}
    hangup = getattr(signal, "SIGHUP", None)  # not on every system
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:  # as under nohup
        before[hangup] = signal.signal(hangup, closed)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _refuse_open(serving: Serving, web: Web) -> None:
    if serving.token is not None and len(serving.token) < web.token_characters:
        raise UsageError(f"a token needs at least {web.token_characters} characters: others can try to guess it")
    if serving.token is None and not _is_local(serving.host):
        raise UsageError(
            f"--host {serving.host} lets other machines in, and whoever comes could read and change the archive: "
            "give --token (or VARIORUM_TOKEN), which every visitor must know"
        )


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(serving: Serving) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(
            serving.host, serving.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except OSError as error:
        told = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(
            f"cannot listen at {serving.host}, port {serving.port}: {told}; --port takes another"
        ) from error
