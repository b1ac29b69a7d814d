"""A job for ``test_cluster.py``: two stages of Python kernels with a shuffle between them.

    python cluster_job.py MASTER FOLDER ROWS

Every task of a kernel leaves a file ``STAGE-PARTITION-PROCESS-TRY`` in FOLDER when it begins; the second stage takes
its time. Prints, as JSON, rows and their sum.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

PARTITIONS = 6


def kernel(folder: str, stage: str, seconds: float) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def squared(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        task = TaskContext.get()
        assert task is not None
        mark = f"{stage}-{task.partitionId()}-{os.getppid()}-{task.taskAttemptId()}"
        (Path(folder) / mark).touch()
        time.sleep(seconds)
        for batch in batches:
            numbers = [number * number % 1_000_003 for number in batch.column(0).to_pylist()]
            yield pa.RecordBatch.from_arrays([pa.array(numbers, pa.int64())], ["id"])

    return squared


def main() -> None:
    from pyspark.sql import SparkSession

    master, folder, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
    spark = SparkSession.builder.master(master).appName("cluster job").getOrCreate()
    first = spark.range(0, rows, numPartitions=PARTITIONS).mapInArrow(kernel(folder, "first", 0.1), "id long")
    second = first.repartition(PARTITIONS, "id").mapInArrow(kernel(folder, "second", 1.5), "id long")
    found = second.agg({"id": "sum", "*": "count"}).collect()[0].asDict()
    print(json.dumps(found))
    spark.stop()


if __name__ == "__main__":
    main()
