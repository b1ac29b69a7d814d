"""``variorum quotes``: articles in, their quotations out, one article at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from variorum.cli.progress import progress
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.records import Quoted

_STANDARD_OUTPUT = "-"


@click.command("quotes")
@click.argument("paths", nargs=-1, metavar="PATHS...")
@click.option(
    "--json",
    "json_file",
    is_flag=False,
    flag_value=_STANDARD_OUTPUT,
    metavar="[FILE]",
    help="Write JSON Lines, one quotation a line; to standard output when no FILE is named.",
)
@click.option(
    "--csv", "csv_file", is_flag=False, flag_value=_STANDARD_OUTPUT, metavar="[FILE]",
    help="Write CSV, one quotation a row; to standard output when no FILE is named.",
)  # fmt: skip
@click.option("--quiet", is_flag=True, help="Print no list and no tally.")
def command(paths: tuple[str, ...], json_file: str | None, csv_file: str | None, quiet: bool) -> None:
    """Quotations of any articles: who is given which words, where, and in what state the marks are.

    PATHS are files and folders (text, web pages, saved pages, feeds, JSON Lines, CSV, WARC, zip; folders are
    read with all they hold), or - for
    standard input. Each article is read for itself; rows are written as they are found, so a folder
    may hold any number. What cannot be read is named on standard error and stops nothing.
    """
    json_file, paths = _no_input(json_file, paths)
    csv_file, paths = _no_input(csv_file, paths)
    if not paths:
        raise UsageError("no article is named: variorum quotes PATHS...")
    if json_file == csv_file == _STANDARD_OUTPUT:
        raise UsageError("only one of --json and --csv can go to standard output")
    from variorum import pipeline
    from variorum.records import Refusal
    from variorum.render import rows

    articles = found = refused = 0
    with progress() as watch, _open(json_file) as json_out, _open(csv_file) as csv_out:
        listing: Callable[[Quoted], None] | None = None if quiet or json_file or csv_file else _listing()
        if csv_out is not None:
            csv_out(rows.csv_header())
        for one in pipeline.quotes(paths, stdin=sys.stdin.buffer if "-" in paths else None, watch=watch):
            if isinstance(one, Refusal):
                refused += 1
                click.echo(f"variorum: {one.path}: {one.reason}", err=True)
                continue
            articles += 1
            found += len(one.quotations)
            if json_out is not None:
                json_out(rows.json_lines(one))
            if csv_out is not None:
                csv_out(rows.csv_lines(one))
            if listing is not None:
                listing(one)
    if not quiet and _STANDARD_OUTPUT not in (json_file, csv_file):
        from variorum.render.wording import count

        click.echo(f"{count(found, 'quotation')} in {count(articles, 'article')}")
        for file in (json_file, csv_file):
            if file:
                click.echo(f"Written: {file}")
    if not articles and refused:
        raise click.exceptions.Exit(1 if any(path == "-" or Path(path).exists() for path in paths) else 2)


def _no_input(file: str | None, paths: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """An option followed by an article was meant without a FILE: no report is ever written over."""
    if file is None or file == _STANDARD_OUTPUT:
        return file, paths
    from variorum.ingest.walk import is_report_name
    from variorum.render.rows import is_list

    path = Path(file)
    if path.is_dir() or (path.is_file() and is_report_name(path.name) and not is_list(_head(path))):
        return _STANDARD_OUTPUT, (file, *paths)
    return file, paths


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4_096)


@contextmanager
def _open(file: str | None) -> Iterator[Callable[[str], None] | None]:
    """What writes to the file, in UTF-8 and at once; ``None`` for no file."""
    if file is None:
        yield None
    elif file == _STANDARD_OUTPUT:
        yield lambda text: _put(sys.stdout.buffer, text)
    elif not Path(file).resolve().parent.is_dir():
        raise UsageError(f"cannot write {file}: the folder does not exist")
    else:
        with Path(file).open("wb") as out:
            yield lambda text: _put(out, text)


def _put(out: BinaryIO, text: str) -> None:
    out.write(text.encode("utf-8"))
    out.flush()


def _listing() -> Callable[[Quoted], None]:
    from rich.console import Console

    from variorum.render.quotations_list import show_quotations
    from variorum.render.screen import Screen

    screen = Screen(Console(highlight=False))
    return lambda quoted: show_quotations(quoted, screen)
