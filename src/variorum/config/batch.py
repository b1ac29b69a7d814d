"""Settings of a run over a whole archive: what each means, its unit, and why it has its value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Batch:
    """Settings of ``variorum batch``."""

    # Folder in the answer's place where finished steps lie, so that a run that was stopped goes on. Hidden from whoever
    # reads the answer as a table: names that begin with an underscore are passed over by Spark, DuckDB and Arrow.
    work_folder: str = "_work"
    # Reports that one edition takes, the earliest; those beyond are told in the tables as ``left_out``. Comparing
    # claims grows with the square of a story: 58 reports took 24 s, so that 120 should hold a task for two minutes.
    most_reports: int = 120
    # Reports with an edition to be made that one task of an engine takes: some 15 to 30 s of models, so that a lost
    # machine costs little and the last task does not keep the others waiting.
    task_reports: int = 64
    # Most tasks the making of editions is cut into: more than any cluster has cores, fewer than a scheduler minds.
    most_tasks: int = 50_000
    # Pairs up to which components are found in one task, some 100 MB: rounds over a whole cluster cost seconds each,
    # and past the first rung few pairs are left.
    one_task_pairs: int = 1_000_000
    # Files that the local engine deals the rows of a group verb to, of which each process holds one. Arrow sorts no
    # more than 2 GiB of text at a time, so that some million articles are what 64 will do for.
    local_buckets: int = 64
    # Rows, and bytes of text, that a kernel puts into one batch: what a worker holds at a time.
    batch_rows: int = 500
    batch_bytes: int = 8 << 20
