"""Acknowledged means durable: whenever a program is killed, what it acknowledged is there, and nothing by halves."""

import subprocess
import sys
from pathlib import Path


def run(what: str, place: str, *rest: str) -> None:
    script = Path(__file__).with_name("adding_apart.py")
    done = subprocess.run(
        [sys.executable, str(script), what, place, *rest], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr or done.stdout


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(place: str) -> None:
    run("killed", place, "20" if "://" in place else "100")


def test_two_programs_add_while_a_third_reads(place: str) -> None:
    run("together", place)
