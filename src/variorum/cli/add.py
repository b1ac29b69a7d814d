"""``variorum add``: reports into an archive."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.archive import at_archive, writing
from variorum.cli.progress import progress
from variorum.cli.web import fetcher, fetching

if TYPE_CHECKING:
    from variorum.render.intake_lines import Tally


def mapped(_context: click.Context, _option: click.Parameter, value: str | None) -> Mapping[str, str] | None:
    """``key=id,text=body`` as a map from our fields to an input's own."""
    from variorum.ingest.formats.fields import parsed

    return None if value is None else parsed(value)


@click.command("add")
@click.argument("places", nargs=-1, required=True, metavar="PLACES...")
@at_archive
@click.option("--map", "fields", callback=mapped, metavar="OURS=THEIRS,...",
              help="Which field of JSON or CSV is which: key=id,text=body,outlet=source,published=date.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, a report a line, each once it is kept.")
@click.option("--quiet", is_flag=True, help="Print no line for each report.")
@fetching
def command(
    places: tuple[str, ...],
    place: str,
    fields: Mapping[str, str] | None,
    as_json: bool,
    quiet: bool,
    contact: str | None,
    allow_private: bool,
) -> None:
    """Add reports to an archive and put each into its story.

    PLACES are files and folders (text, pages, saved pages, feeds, JSON Lines, CSV, WARC, zip, each also gzipped),
    addresses of pages and feeds (https://…), or - for standard input. A line is printed once what it says is on
    the disk: a run that is stopped loses nothing of it, and the same command goes on where it was. Exits 1 when a
    file named here does not exist, or nothing could be read.
    """
    from variorum import ingest, pipeline
    from variorum.config import Ingest
    from variorum.ingest.online import Online
    from variorum.render import archive_rows
    from variorum.render.intake_lines import Tally
    from variorum.store import Remembered

    tally = Tally()
    notes: list[str] = []
    with ExitStack() as stack:
        archive, watch = stack.enter_context(writing(place)), stack.enter_context(progress())
        memory = Remembered(archive)
        client = stack.enter_context(fetcher(memory, contact=contact, allow_private=allow_private))
        taken = ingest.receive(
            places,
            stdin=sys.stdin.buffer if "-" in places else None,
            tick=lambda done, of: watch("Adding", done, of),
            fields=fields,
            tell=notes.append,
            online=Online(client, Ingest(), memory.known),
        )
        stack.callback(_close, tally, notes, None if as_json else archive.place)
        for one in pipeline.add(archive, taken, memory=memory):
            line = tally.count(one)
            if quiet:
                continue
            if as_json:
                click.echo(archive_rows.added(one))
            elif line is not None:
                click.echo(line)
    missing = [one for one in places if one != "-" and not ingest.is_address(one) and not Path(one).exists()]
    if missing or (tally.refused and not tally.kept):
        raise click.exceptions.Exit(1)


def _close(tally: Tally, notes: list[str], place: str | None) -> None:
    """What is to be said at the end, also of a run that was stopped."""
    for note in notes:
        click.echo(f"variorum: {note}", err=True)
    if place is not None:
        click.echo(tally.summary(place))
