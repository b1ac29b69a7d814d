"""``variorum export`` and ``variorum import``: an archive moved whole."""

import sys
from pathlib import Path

import click

from variorum import __version__
from variorum.cli.archive import at_archive, reading, writing
from variorum.cli.files import STANDARD_OUTPUT, refuse_unwritable
from variorum.errors import UsageError


@click.command("export")
@click.argument("file", metavar="FILE")
@at_archive
def export(file: str, place: str) -> None:
    """Write a whole archive to FILE (gzipped JSON Lines), for a copy or a move to another database.

    The archive as it stands now, while others may go on adding. A FILE of - is standard output.
    """
    from variorum.store import transfer

    refuse_unwritable({"FILE": file})
    with reading(place) as archive, archive.reading() as connection:
        if file == STANDARD_OUTPUT:
            transfer.export(connection, sys.stdout.buffer, release=__version__)
            sys.stdout.buffer.flush()
            return
        half = Path(f"{file}.part")
        try:
            with half.open("wb") as out:
                written = transfer.export(connection, out, release=__version__)
            half.replace(file)
        finally:
            half.unlink(missing_ok=True)
    click.echo(f"Written: {file} ({written:,} rows)")


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
