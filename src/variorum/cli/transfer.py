"""``variorum export`` and ``variorum import``: an archive moved whole, or what editors noted in it written out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from variorum import __version__
from variorum.cli.archive import at_archive, reading, writing
from variorum.cli.files import STANDARD_OUTPUT, refuse_unwritable
from variorum.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection


@click.command("export")
@click.argument("file", metavar="[FILE]", required=False)
@at_archive
@click.option(
    "--judgements",
    "only_judgements",
    is_flag=True,
    help="Write what editors noted as JSON Lines (variorum/judgements/1), each with the words it rests on.",
)
def export(file: str | None, place: str, only_judgements: bool) -> None:
    """Write a whole archive to FILE (gzipped JSON Lines), for a copy or a move to another database.

    The archive as it stands now, while others may go on adding. A FILE of - is standard output; with --judgements it
    may be left out and means the same. Judgements are part of the whole archive too.
    """
    if file is None and not only_judgements:
        raise UsageError("a FILE is wanted to write the archive to, or - for standard output")
    file = file or STANDARD_OUTPUT
    refuse_unwritable({"FILE": file})
    with reading(place) as archive, archive.reading() as connection:
        if file == STANDARD_OUTPUT:
            _written(connection, sys.stdout.buffer, only_judgements)
            sys.stdout.buffer.flush()
            return
        half = Path(f"{file}.part")
        try:
            with half.open("wb") as out:
                written = _written(connection, out, only_judgements)
            half.replace(file)
        finally:
            half.unlink(missing_ok=True)
    click.echo(f"Written: {file} ({written:,} {'judgements' if only_judgements else 'rows'})")


def _written(connection: Connection, out: BinaryIO, only_judgements: bool) -> int:
    """Write what was asked for. Returns how many rows that were."""
    if not only_judgements:
        from variorum.store import transfer

        return transfer.export(connection, out, release=__version__)
    from variorum import pipeline
    from variorum.render import judgement_rows
    from variorum.store import finding, judgements

    out.write(f"{judgement_rows.head(release=__version__)}\n".encode())
    written, bases = 0, pipeline.Bases(connection)
    for one in judgements.every(connection):
        base = bases.of(one)
        articles = finding.articles(connection, (place.article for place in (*one.spans, *base)))
        out.write(f"{judgement_rows.row(one, articles, base)}\n".encode())
        written += 1
    return written


@click.command("import")
@click.argument("file", metavar="FILE")
@at_archive
def bring(file: str, place: str) -> None:
    """Bring what `variorum export` wrote into a new archive: all of it, or nothing.

    The archive must be empty, or not be there yet. A FILE of - is standard input.
    """
    from variorum.store import transfer
    from variorum.store.opening import is_url

    if file != STANDARD_OUTPUT and not Path(file).is_file():
        raise UsageError(f"{file} does not exist" if not Path(file).exists() else f"{file} is no file")
    is_new = not is_url(place) and not Path(place).exists()
    try:
        with writing(place) as archive, archive.writing() as connection:
            if file == STANDARD_OUTPUT:
                rows = transfer.take(connection, sys.stdin.buffer)
            else:
                with Path(file).open("rb") as held:
                    rows = transfer.take(connection, held)
    except BaseException:
        for end in ("", "-wal", "-shm") if is_new else ():
            Path(f"{place}{end}").unlink(missing_ok=True)
        raise
    click.echo(f"Brought into {archive.place}: {rows:,} rows")
