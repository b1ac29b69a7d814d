"""``variorum compare``: reports in, what they agree on, dispute, leave out and tell alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.files import refuse_unwritable, write
from variorum.cli.progress import progress

if TYPE_CHECKING:
    from variorum.records import Editions
    from variorum.render.compare_view import Compared, Part

_PARTS = ("agreed", "disputed", "only-in", "left-out", "heard")


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--ours", metavar="OUTLET", help="Only what concerns this report: its outlet, file name or letter.")
@click.option("--only", "parts", multiple=True, type=click.Choice(_PARTS), help="Print only this part; repeatable.")
@click.option("--all", "every", is_flag=True, help="Print everything, and not only what fits on a screen.")
@click.option("--json", "json_file", metavar="FILE", help="Write the comparison as JSON (variorum/comparison/1).")
@click.option("--csv", "csv_file", metavar="FILE", help="Write a row for every statement and report.")
@click.option("--quiet", is_flag=True, help="Print no list.")
def command(
    paths: tuple[str, ...],
    ours: str | None,
    parts: tuple[Part, ...],
    every: bool,
    json_file: str | None,
    csv_file: str | None,
    quiet: bool,
) -> None:
    """What reports of one event agree on, dispute and leave out, and whom they hear.

    PATHS are files and folders (text, web pages, saved pages, feeds, JSON Lines, CSV, WARC, zip; folders are
    read with all they hold), or - for
    standard input. A FILE of - is standard output; files hold every part, whatever --only prints.
    """
    targets = {"--json": json_file, "--csv": csv_file}
    refuse_unwritable(targets)
    from variorum import pipeline
    from variorum.render.compare_ours import narrowed_to
    from variorum.render.compare_parts import compared

    with progress() as watch:
        editions = pipeline.read(paths, stdin=sys.stdin.buffer if "-" in paths else None, watch=watch)
        stories = [compared(edition) for edition in editions]
    read_any = bool(editions.editions or editions.alone)
    if ours is not None and read_any:
        stories = narrowed_to(ours, stories, editions.loners)
    if read_any:
        _write_all(editions, stories, targets)
    if read_any and not quiet and "-" not in targets.values():
        _show(editions, stories, targets, parts, every=every)
    else:
        for refusal in editions.refused:
            click.echo(f"variorum: {refusal.path}: {refusal.reason}", err=True)
    if not read_any:
        raise click.exceptions.Exit(1 if any(path == "-" or Path(path).exists() for path in paths) else 2)


def _write_all(editions: Editions, stories: list[Compared], targets: dict[str, str | None]) -> None:
    from variorum.render import compare_rows

    if targets["--json"]:
        write(targets["--json"], [compare_rows.dump(editions, stories)])
    if targets["--csv"]:
        write(targets["--csv"], compare_rows.treatments_csv(stories))


def _show(
    editions: Editions, stories: list[Compared], targets: dict[str, str | None], parts: tuple[Part, ...], *, every: bool
) -> None:
    from rich.console import Console

    from variorum.render.compare_list import show_comparison
    from variorum.render.screen import Screen

    show_comparison(editions, stories, Screen(Console(highlight=False)), parts=parts, every=every)
    for file in targets.values():
        if file:
            click.echo(f"Written: {file}")
