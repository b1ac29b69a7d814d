"""Batches of work, done here or in several processes."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Work:
    """Maps a function over batches in as many processes as asked for; in this one for 1.

    The processes are spawned and not forked: a forked copy of the threads that run the models may stand still.
    """

    def __init__(self, processes: int) -> None:
        if processes < 1:
            raise ValueError(f"processes must be 1 or more, got {processes}")
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Work":
        if self._processes > 1:
            self._pool = ProcessPoolExecutor(self._processes, mp_context=get_context("spawn"))
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[_Given], _Made], given: Iterable[_Given]) -> Iterator[_Made]:
        """The results in the order of ``given``, which is read only a few batches ahead."""
        if self._pool is None:
            yield from map(function, given)
            return
        ahead: deque[Future[_Made]] = deque()
        for one in given:
            ahead.append(self._pool.submit(function, one))
            if len(ahead) > 2 * self._processes:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
