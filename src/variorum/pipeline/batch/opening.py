"""An engine by its name, ready to be used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from variorum.config import Settings
from variorum.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from variorum.engines.contract import Engine

EngineName = Literal["local", "spark"]


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
    Raises UsageError where PySpark or Java is not there.
    """
    settings = settings or Settings()
    if Path(out).is_file():
        raise UsageError(f"{out} is a file; a folder for the answer is wanted")
    if name == "local":
        if master is not None or session is not None:
            raise UsageError("--master goes with --engine spark; the local engine has none")
        from variorum.engines.local import LocalEngine

        count = processes or len(os.sched_getaffinity(0))
        with LocalEngine(out, settings=settings.batch, ingest=settings.ingest, processes=count) as local:
            yield local
        return
    if processes is not None:
        raise UsageError("--processes goes with --engine local; how many Spark uses is for its master to say")
    try:
        from variorum.engines.spark import SparkEngine, opened
    except ImportError as error:
        missing = f"{error.name} is not installed" if error.name else str(error)
        raise UsageError(f'the Spark engine needs PySpark, and {missing}: pip install "variorum[spark]"') from error
    with (
        opened(master, session) as found,
        SparkEngine(found, out, settings=settings.batch, ingest=settings.ingest) as spark,
    ):
        yield spark
