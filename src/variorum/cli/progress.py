"""A progress bar on a terminal, when the work takes long enough to be waited for."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PATIENCE_SECONDS = 1.5


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Gives what is to be told of progress: it draws on standard error, and only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    started = time.monotonic()
    bar = Progress(
        TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    task = bar.add_task("Reading", total=None)
    shown = False

    def watch(doing: str, done: int, total: int) -> None:
        nonlocal shown
        if not shown and time.monotonic() - started > _PATIENCE_SECONDS:
            bar.start()
            shown = True
        bar.update(task, description=doing, completed=done, total=total)

    try:
        yield watch
    finally:
        if shown:
            bar.stop()
