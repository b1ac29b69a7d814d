"""``variorum revisions``: what stood at an address before, and what was changed in it."""

from __future__ import annotations

import click

from variorum.cli.archive import at_archive, reading
from variorum.errors import UsageError


@click.command("revisions")
@click.argument("wanted", metavar="URL")
@at_archive
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, a revision a line, with what it changed.")
def command(wanted: str, place: str, as_json: bool) -> None:
    """Every text that stood at an address, the oldest first, with the words that were changed.

    URL is the address of a page; a report's own id (`key`), its file's name or its id do too.
    """
    with reading(place) as archive:
        found = archive.revisions(wanted)
    if found is None:
        raise UsageError(f"nothing is known of {wanted!r} in {archive.place}")
    address, revisions = found
    if as_json:
        from variorum.render import archive_rows

        for line in archive_rows.revisions(address, revisions):
            click.echo(line)
        return
    from rich.console import Console

    from variorum.render.revisions_list import show_revisions
    from variorum.render.screen import Screen

    show_revisions(address, revisions, Screen(Console(highlight=False)))
