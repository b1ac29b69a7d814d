"""``variorum descent``: articles in, who borrowed from whom out."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.files import refuse_unwritable, write
from variorum.cli.progress import progress

if TYPE_CHECKING:
    from variorum.records import Descended

# From so many articles on a second process is worth its start.
_WORTH_PROCESSES = 400


@click.command("descent")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--json", "json_file", metavar="FILE", help="Write lineages, edges and passages as JSON.")
@click.option("--csv", "csv_file", metavar="FILE", help="Write every shared passage, with its place in both articles.")
@click.option("--graph", "graph_file", metavar="FILE.svg", help="Draw the stemma, the oldest reports on top.")
@click.option("--words-only", is_flag=True, help="Look for shared words only, not for retellings: no model, seconds.")
@click.option("--quiet", is_flag=True, help="Print no list.")
def command(
    paths: tuple[str, ...],
    json_file: str | None,
    csv_file: str | None,
    graph_file: str | None,
    words_only: bool,
    quiet: bool,
) -> None:
    """Who borrowed from whom: lineages of articles, and the passages they share.

    PATHS are files and folders (text, web pages, saved pages, feeds, JSON Lines, CSV, WARC, zip; folders are
    read with all they hold), or - for
    standard input: the reports of one event, or a whole archive. A FILE of - is standard output.
    """
    targets = {"--json": json_file, "--csv": csv_file, "--graph": graph_file}
    refuse_unwritable(targets)
    from variorum import pipeline
    from variorum.config import Settings

    settings = Settings()
    if _many(paths):
        settings = replace(settings, descent=replace(settings.descent, processes=os.cpu_count() or 1))
    with progress() as watch:
        found = pipeline.trace(
            paths,
            settings=settings,
            stdin=sys.stdin.buffer if "-" in paths else None,
            watch=watch,
            retellings=not words_only,
        )
    for refusal in found.refused:
        click.echo(f"variorum: {refusal.path}: {refusal.reason}", err=True)
    if not found.articles:
        raise click.exceptions.Exit(1 if any(path == "-" or Path(path).exists() for path in paths) else 2)
    _write_all(found, targets)
    if not quiet and "-" not in targets.values():
        _show(found, targets)


def _many(paths: tuple[str, ...]) -> bool:
    """Whether the folders named hold so many files that several processes are worth their start."""
    files = 0
    for path in paths:
        for _, _, names in os.walk(path):
            files += len(names)
            if files >= _WORTH_PROCESSES:
                return True
    return False


def _write_all(found: Descended, targets: dict[str, str | None]) -> None:
    from variorum.render import descent_rows

    if targets["--json"]:
        write(targets["--json"], [descent_rows.dump(found)])
    if targets["--csv"]:
        write(targets["--csv"], descent_rows.passages_csv(found))
    if targets["--graph"]:
        from variorum.render import stemma_graph

        write(targets["--graph"], [stemma_graph.svg(found)])


def _show(found: Descended, targets: dict[str, str | None]) -> None:
    from rich.console import Console

    from variorum.render.descent_list import show_descent
    from variorum.render.screen import Screen

    show_descent(found, Screen(Console(highlight=False)))
    for file in targets.values():
        if file:
            click.echo(f"Written: {file}")
