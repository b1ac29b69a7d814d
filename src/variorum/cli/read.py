"""``variorum read``: reports in, a critical edition out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.files import refuse_unwritable, write
from variorum.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from variorum.records import Editions
    from variorum.render.notes_view import Notes


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--html", "html_file", metavar="FILE", help="Write the edition as one HTML page.")
@click.option("--json", "json_file", metavar="FILE", help="Write the edition as JSON (variorum/edition/1).")
@click.option("--markdown", "markdown_file", metavar="FILE", help="Write the edition as Markdown.")
@click.option("--open", "is_opened", is_flag=True, help="Open the HTML page in the browser.")
@click.option("--quiet", is_flag=True, help="Print no summary.")
def command(
    paths: tuple[str, ...],
    html_file: str | None,
    json_file: str | None,
    markdown_file: str | None,
    is_opened: bool,
    quiet: bool,
) -> None:
    """Read reports and make the critical edition of every story among them.

    PATHS are files and folders (text, web pages, saved pages, feeds, JSON Lines, CSV, WARC, zip; folders are
    read with all they hold), or - for
    standard input. A FILE of - is standard output. A summary goes to the terminal.
    """
    from variorum import pipeline

    targets = {"html": html_file, "json": json_file, "markdown": markdown_file}
    if is_opened and html_file in (None, "-"):
        targets["html"] = "edition.html"
    refuse_unwritable({f"--{name}": file for name, file in targets.items()})
    with progress() as watch:
        editions = pipeline.read(paths, stdin=sys.stdin.buffer if "-" in paths else None, watch=watch)
        quiet = quiet or "-" in targets.values()
        if not editions.editions and not editions.alone:
            quiet = True
        else:
            write_all(editions, targets)
    if quiet:
        for refusal in editions.refused:
            click.echo(f"variorum: {refusal.path}: {refusal.reason}", err=True)
    else:
        summarise(editions, targets)
    if not editions.editions and not editions.alone:
        raise click.exceptions.Exit(1 if any(path == "-" or Path(path).exists() for path in paths) else 2)
    if is_opened:
        open_page(targets)


def open_page(targets: dict[str, str | None]) -> None:
    """Show the HTML page that was written."""
    click.launch(str(Path(str(targets["html"])).resolve()))


def write_all(editions: Editions, targets: dict[str, str | None], *, notes: Mapping[str, Notes] | None = None) -> None:
    """Write the outputs asked for. targets: file by the name of its form; ``None`` for none. notes: what editors noted,
    by the id of the edition's story; only the page shows them."""
    if targets["html"]:
        from variorum.render import html

        write(targets["html"], [html.render(editions, notes=notes)])
    if targets["json"]:
        from variorum.render import json

        write(targets["json"], [json.dump(editions)])
    if targets["markdown"]:
        from variorum.render import markdown

        write(targets["markdown"], [markdown.render(editions)])


def summarise(editions: Editions, targets: dict[str, str | None]) -> None:
    """Print a screen of text, and which files were written."""
    from rich.console import Console

    from variorum.render import terminal

    terminal.show(editions, Console(highlight=False))
    for file in targets.values():
        if file:
            click.echo(f"Written: {file}")
