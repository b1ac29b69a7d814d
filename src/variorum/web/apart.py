"""Work in a process of its own: started when there is some, again after it died, and ended with the room.

Whatever happens there, pages go on: its Python holds up nobody else's, and what it dies of ends one piece of work.
"""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Any, Protocol

from variorum.errors import VariorumError


class Dropped(Exception):
    """The piece of work was given up, because something more urgent came."""


class Failed(Exception):
    """The piece of work came to nothing. Its text is one sentence that a page can show."""


class Work(Protocol):
    """What is done in the process."""

    def __call__(self, piece: Any, say: Callable[[Any], None], is_dropped: Callable[[], bool], /) -> Any:
        """Do one piece. say: tells the room of progress. is_dropped: asked now and then; then it may raise Dropped."""


@dataclass(frozen=True, slots=True)
class _Drop:
    number: int


class Apart:
    """A process that does one piece of work after the other.

    begin: called in the process with ``given``, a function of a module; makes what does the work. Pieces, progress and
    results are anything that can be pickled. All that is passed on goes through a pipe, nothing over a command line.
    """

    def __init__(self, name: str, begin: Callable[..., Work], *given: object, ending_seconds: float) -> None:
        self._name = name
        self._begin = begin
        self._given = given
        self._ending_seconds = ending_seconds
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._number = 0
        self._is_over = False

    @property
    def pid(self) -> int | None:
        """The process's id; ``None`` while there is none."""
        with self._lock:
            return self._process.pid if self._process is not None else None

    def run(self, piece: object, hear: Callable[[Any], None]) -> Any:
        """Have a piece done, and wait for it; by one thread at a time. hear: is told what the process says meanwhile.

        Raises Failed where it came to nothing, also because the process died; Dropped where it was given up.
        """
        try:
            with self._lock:
                pipe = self._started()
                self._number += 1
                pipe.send((self._number, piece))
            while True:
                kind, value = pipe.recv()
                if kind != "said":
                    break
                hear(value)
        except (EOFError, OSError):
            raise Failed(self._died()) from None
        if kind == "failed":
            raise Failed(value)
        if kind == "dropped":
            raise Dropped
        return value

    def drop(self) -> None:
        """Give up the piece in hand, as soon as who works on it looks up."""
        with self._lock, suppress(OSError):
            if self._pipe is not None:
                self._pipe.send(_Drop(self._number))

    def end(self) -> None:
        """End the process, from any thread; a piece in hand fails, and no other is taken."""
        with self._lock:
            self._is_over = True
            if self._process is not None:
                self._process.terminate()

    def close(self) -> None:
        """Let go of the process and its pipe, once no thread waits for a piece any more."""
        self._died()

    def _started(self) -> "Connection[Any, Any]":
        if self._is_over:
            raise EOFError
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        if self._process is not None:  # it died between two pieces
            self._forget()
        ours, theirs = get_context("spawn").Pipe()
        process = get_context("spawn").Process(
            target=_live, args=(theirs, self._begin, self._given), name=self._name, daemon=True
        )
        try:
            with _without_interrupts():
                process.start()
        except BaseException as error:
            ours.close()
            if isinstance(error, OSError):
                raise Failed(sentence(f"no program could be started to work on it: {error.strerror}")) from error
            raise
        finally:
            theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def _died(self) -> str:
        """Clears away what is left of the process. Returns one sentence on how it ended."""
        with self._lock:
            return self._forget()

    def _forget(self) -> str:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return "The room is being closed."
        process.join(self._ending_seconds)
        if process.is_alive():
            process.kill()
            process.join()
        code = process.exitcode
        process.close()
        if self._is_over:
            return "The room is being closed."
        if code == -signal.SIGTERM:
            return "The program that worked on it was stopped."
        if code == -9:
            return "The program that worked on it was killed, perhaps because memory ran out."
        return f"The program that worked on it broke off (exit status {code})."


def _live(pipe: "Connection[Any, Any]", begin: Callable[..., Work], given: tuple[object, ...]) -> None:
    """What runs in the process, until the room ends it, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the room, which then ends us
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
        os.nice(5)  # pages first
    pieces: SimpleQueue[tuple[int, object]] = SimpleQueue()
    dropped: set[int] = set()
    threading.Thread(target=_listen, args=(pipe, pieces, dropped), daemon=True).start()
    saying = threading.Lock()

    def tell(kind: str, value: object = None) -> None:
        try:
            with saying:
                pipe.send((kind, value))
        except OSError:
            os._exit(0)  # as in _listen, whichever notices first

    work: Work | None = None
    while True:
        number, piece = pieces.get()
        try:
            if work is None:
                work = begin(*given)
            result = work(piece, partial(tell, "said"), partial(dropped.__contains__, number))
        except Dropped:
            tell("dropped")
        except VariorumError as error:
            tell("failed", sentence(str(error)))
        except OSError as error:
            _print_trace()
            tell("failed", sentence(error.strerror or type(error).__name__))
        except Exception as error:  # noqa: BLE001 - the edge of one piece of work
            _print_trace()
            tell("failed", f"This failed by a fault of this program ({type(error).__name__}).")
        else:
            tell("done", result)


def _listen(pipe: "Connection[Any, Any]", pieces: "SimpleQueue[tuple[int, object]]", dropped: set[int]) -> None:
    """Takes what the room sends. Where the room is gone, nobody is left to work for."""
    while True:
        try:
            came = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)  # in the middle of whatever is done: an archive bears it, and nobody waits
        if isinstance(came, _Drop):
            dropped.add(came.number)
        else:
            pieces.put(came)


def sentence(told: str) -> str:
    """What an error says, as a sentence."""
    told = f"{told[:1].upper()}{told[1:]}"
    return told if told.endswith((".", "!", "?")) else f"{told}."


def _print_trace() -> None:
    with suppress(OSError):
        traceback.print_exc()


@contextmanager
def _without_interrupts() -> Any:
    """A process started meanwhile is not hit by Ctrl-C before it has said that it will ignore it."""
    if sys.platform == "win32":
        yield
        return
    # Started first: it lets interrupts through again when it is.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
