"""Several hosts asked at a time, one thing at a time each, the answers in the order of the questions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import urlsplit

from variorum.errors import InputRefused

Answer = TypeVar("Answer")


def abreast(
    urls: Sequence[str], ask: Callable[[str], Answer], *, threads: int, batch: int
) -> Generator[Answer | InputRefused]:
    """``ask`` of each of ``urls``, or why it refused, in their order.

    threads: hosts asked at a time. batch: answers held at most; the next are asked for when these have been taken,
    so that a reader that stops early has asked for little it does not want.
    """
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="fetch") as pool:
        for start in range(0, len(urls), batch):
            stopped = threading.Event()
            some = urls[start : start + batch]
            answers: list[Future[Answer]] = [Future() for _ in some]
            hosts: dict[str, list[int]] = {}
            for at, url in enumerate(some):
                hosts.setdefault(_host(url), []).append(at)
            try:
                for places in hosts.values():
                    pool.submit(_one_by_one, [(some[at], answers[at]) for at in places], ask, stopped)
                for answer in answers:
                    try:
                        yield answer.result()
                    except InputRefused as refusal:
                        yield refusal
            finally:
                stopped.set()


def _one_by_one(
    wanted: list[tuple[str, Future[Answer]]], ask: Callable[[str], Answer], stopped: threading.Event
) -> None:
    """Ask one host. Whatever goes wrong goes to whoever reads the answer, in whose thread it is dealt with."""
    for url, answer in wanted:
        if stopped.is_set():
            answer.cancel()
            continue
        try:
            answer.set_result(ask(url))
        except BaseException as error:  # noqa: BLE001
            answer.set_exception(error)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
