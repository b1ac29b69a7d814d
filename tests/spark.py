"""One Spark session for every test that wants one; starting it costs seconds, so it is started once."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import variorum

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WITHOUT_JAVA = "Java is not installed (Spark wants 17 or 21)"


def has_java() -> bool:
    """Whether Spark will find a Java to run on."""
    home = os.environ.get("JAVA_HOME")
    return bool(home and (Path(home) / "bin" / "java").exists()) or shutil.which("java") is not None


@contextmanager
def session(folder: Path) -> Iterator["SparkSession"]:
    """Spark on two cores of this machine, heard on the loopback address only. folder: where its own files may lie."""
    from pyspark.sql import SparkSession

    # Workers are new processes: they must run this interpreter, and find the package where the tests found it.
    found = (str(Path(__file__).parent), str(Path(variorum.__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
    own = {
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(entry for entry in found if entry),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    with pytest.MonkeyPatch.context() as patched:
        for name, value in own.items():
            patched.setenv(name, value)
        spark = (
            SparkSession.builder.master("local[2]")
            .appName("variorum tests")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.memory", "2g")
            .config("spark.executorEnv.PYTHONPATH", own["PYTHONPATH"])
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.local.dir", str(folder / "scratch"))
            .config("spark.driver.extraJavaOptions", f"-Dderby.system.home={folder}")
            .getOrCreate()
        )
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()
