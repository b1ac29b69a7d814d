"""How long does an edition take, beside a process that only parses the same texts?

    python benchmarks/read.py [FOLDER] [--runs 5]

Times whole processes, in turn, in one run: `variorum read FOLDER --json`, and a Python process that
imports spaCy, loads the same pipeline and parses the same texts. Prints medians, their ratio, and the
largest memory either took. First with five of the folder's reports, then with all.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARSE = """
import sys
from pathlib import Path
from variorum.language.models import pipeline
from variorum.config import Language
nlp = pipeline(Language().pipeline)
for path in sys.argv[1:]:
    nlp(Path(path).read_text("utf-8", "replace"))
"""
EXAMPLE = Path(__file__).parent.parent / "examples/unlit-reef/reports"


def measured(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory (MiB) of one process."""
    started = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{' '.join(command[:4])} … failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def compare(name: str, folder: Path, texts: list[Path], runs: int) -> None:
    """Time the two in turn and print a line."""
    ours = [sys.executable, "-m", "variorum", "read", str(folder), "--quiet", "--json", os.devnull]
    theirs = [sys.executable, "-c", PARSE, *map(str, texts)]
    pairs = []
    for run in range(runs + 1):
        pair = (measured(ours), measured(theirs))
        if run:  # the first pair warms the file cache
            pairs.append(pair)
    our_seconds = statistics.median(pair[0][0] for pair in pairs)
    their_seconds = statistics.median(pair[1][0] for pair in pairs)
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in pairs)
    our_memory, their_memory = (max(pair[side][1] for pair in pairs) for side in (0, 1))
    print(
        f"{name:<28}{our_seconds:>10.2f} s{their_seconds:>12.2f} s{ratio:>10.2f}{our_memory:>12.0f} MiB"
        f"{their_memory:>10.0f} MiB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=EXAMPLE)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    reports = sorted(path for path in args.folder.iterdir() if path.suffix in (".txt", ".html"))
    print(f"{'':<28}{'variorum':>12}{'spaCy alone':>14}{'ratio':>10}{'memory':>16}{'memory':>14}")
    with tempfile.TemporaryDirectory() as scratch:
        for count in sorted({5, len(reports)}):
            folder = Path(scratch) / str(count)
            folder.mkdir()
            for path in reports[:count]:
                (folder / path.name).write_bytes(path.read_bytes())
            compare(f"{count} reports", folder, sorted(folder.iterdir()), args.runs)


if __name__ == "__main__":
    main()
