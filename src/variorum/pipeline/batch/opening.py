"""An engine by its name, ready to be used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Literal

from variorum.config import Settings
from variorum.engines.places import scheme_of
from variorum.errors import EngineError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from variorum.engines.contract import Engine

EngineName = Literal["local", "spark"]

_AGAIN = "what was finished is kept, and the same command goes on from there (--debug shows where it failed)"


@contextmanager
def engine(
    name: EngineName,
    out: str,
    *,
    settings: Settings | None = None,
    processes: int | None = None,
    master: str | None = None,
    session: SparkSession | None = None,
) -> Iterator[Engine[Any]]:
    """The engine of that name, whose answer goes to ``out``.

    processes: how many the local engine uses, by default as many as there are cores. master: where Spark is, by default
    what ``spark-submit`` was told. session: one at hand, which stays as it is.
    Raises UsageError where PySpark or Java is not there, and EngineError where what runs in the block fails for want of
    a master, a machine, memory or leave to write.
    """
    settings = settings or Settings()
    if Path(out).is_file():
        raise UsageError(f"{out} is a file; a folder for the answer is wanted")
    if name == "local":
        if master is not None or session is not None:
            raise UsageError("--master goes with --engine spark; the local engine has none")
        from variorum.engines.local import LocalEngine

        if scheme_of(out) not in (None, "file"):
            raise UsageError(f"only the Spark engine writes to {scheme_of(out)}: {out}")
        count = processes or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
        with LocalEngine(out, settings=settings.batch, ingest=settings.ingest, processes=count) as local:
            try:
                yield local
            except BrokenProcessPool as error:
                raise EngineError(f"a process was killed, perhaps for want of memory: {_AGAIN}") from error
        return
    if processes is not None:
        raise UsageError("--processes goes with --engine local; how many Spark uses is for its master to say")
    try:
        from variorum.engines.spark import FAILURES, SparkEngine, opened
    except ImportError as error:
        missing = f"{error.name} is not installed" if error.name else str(error)
        raise UsageError(f'the Spark engine needs PySpark, and {missing}: pip install "variorum[spark]"') from error
    try:
        with (
            opened(master, session) as found,
            SparkEngine(found, out, settings=settings.batch, ingest=settings.ingest) as spark,
        ):
            yield spark
    except FAILURES as error:
        first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise EngineError(f"Spark could not do it: {shorten(first, 300)}; {_AGAIN}") from error
