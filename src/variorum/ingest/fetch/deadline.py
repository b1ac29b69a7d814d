"""The end of a request's time, whatever it is waiting for."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType


class Deadline:
    """Cuts a connection when a request has lasted ``seconds``, or when it is ended by hand.

    A timeout on a socket starts anew with every byte, so that a server which sends one now and then is never done;
    and a thread that waits for a byte looks at no clock. So the connection is shut from outside, by a second handle
    on it (the first is taken over when encryption begins).
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None
        self._timer = threading.Timer(seconds, self.end)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            if self._handle is not None:
                self._handle.close()
                self._handle = None
        self._timer.join()

    def hold(self, connection: socket.socket) -> None:
        """Watch over ``connection``. Raises TimeoutError when the time is already over."""
        with self._lock:
            if self._handle is not None:
                self._handle.close()
            self._handle = connection.dup()
            if self.passed:
                raise TimeoutError

    def end(self) -> None:
        """Cut the connection now."""
        with self._lock:
            self.passed = True
            if self._handle is not None:
                with contextlib.suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)
