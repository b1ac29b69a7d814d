"""A web server on this machine that does whatever a test wants it to, right or wrong."""

from __future__ import annotations

import contextlib
import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from variorum.config import Fetch
from variorum.ingest.fetch import Fetcher


@dataclass(frozen=True)
class Asked:
    """A request as it came in. host: its Host header. headers: by name in lower case."""

    method: str
    path: str
    host: str
    headers: Mapping[str, str]


Reply = bytes | Callable[[Asked], bytes | Iterator[bytes]]


def answer(body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    """An answer as a server that keeps to the rules sends it; names of headers with ``_`` for ``-``."""
    raw = body.encode() if isinstance(body, str) else body
    named = {"Content-Type": kind, "Content-Length": str(len(raw))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return f"HTTP/1.1 {status}\r\n".encode() + b"".join(
        f"{name}: {value}\r\n".encode("latin-1") for name, value in named.items()
    ) + b"\r\n" + raw  # fmt: skip


class Server:
    """Answers each path with what ``replies`` holds for it, with 404 where it holds nothing, and notes what was asked.

    replies: by path, or by "host path" where hosts differ; bytes, or what makes them, or makes them piece by piece.
    """

    def __init__(self, replies: Mapping[str, Reply], tls: ssl.SSLContext | None = None) -> None:
        self.replies = dict(replies)
        self.asked: list[Asked] = []
        self.over = threading.Event()
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    connection = tls.wrap_socket(self.request, server_side=True) if tls else self.request
                    with contextlib.closing(connection):
                        outer._serve(connection)

        class Threads(socketserver.ThreadingTCPServer):
            daemon_threads = False
            allow_reuse_address = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass

        self._server = Threads(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65_536)
            if not piece:
                return
            head += piece
        first, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        method, path, _ = first.split(" ")
        asked = Asked(method, path, headers.get("host", ""), headers)
        self.asked.append(asked)
        if method == "CONNECT" and path not in self.replies:
            self._pass_on(connection, int(path.rpartition(":")[2]))
            return
        reply = self.replies.get(f"{asked.host.partition(':')[0]} {path}", self.replies.get(path))
        made = reply(asked) if callable(reply) else answer("gone", "404 Not Found") if reply is None else reply
        for piece in [made] if isinstance(made, bytes) else made:
            connection.sendall(piece)
            if self.over.is_set():
                return

    @staticmethod
    def _pass_on(connection: socket.socket, port: int) -> None:
        """What a proxy does for an encrypted connection: pass bytes both ways, to a port of this machine."""
        with socket.create_connection(("127.0.0.1", port), 5) as target:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            while True:
                ready, _, _ = select.select([connection, target], [], [], 5)
                for end in ready:
                    piece = end.recv(65_536)
                    if not piece:
                        return
                    (target if end is connection else connection).sendall(piece)
                if not ready:
                    return


class Sleeps(list[float]):
    """A clock that only moves when somebody sleeps; the list of how long."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1_000.0
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.append(seconds)
            self.at += seconds


QUICK = Fetch(allow_private=True, connect_seconds=5, read_seconds=10, total_seconds=30)
NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)


@contextlib.contextmanager
def fetcher(settings: Fetch = QUICK, sleeps: Sleeps | None = None, **given: Any) -> Iterator[Fetcher]:
    """A fetcher that sleeps in no time, goes through no proxy, and is closed at the end."""
    sleeps = Sleeps() if sleeps is None else sleeps
    made = Fetcher(
        settings=settings,
        clock=sleeps.clock,
        sleep=sleeps.sleep,
        **({"proxies": {}, "now": lambda: NOW} | given),
    )
    try:
        yield made
    finally:
        made.close()
