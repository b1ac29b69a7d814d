"""``variorum search``: articles and stories by their words."""

from __future__ import annotations

import click

from variorum.cli.archive import MANY, at_archive, reading
from variorum.cli.times import since as read_since


@click.command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@at_archive
@click.option("--limit", type=MANY, metavar="N", help="How many articles. [default: 30]")
@click.option("--since", callback=read_since, metavar="DATE", help="Only those of that day or later (2025-03-31).")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, an article a line.")
def command(words: tuple[str, ...], place: str, limit: int | None, since: str | None, as_json: bool) -> None:
    """Find articles, and the stories they are in, by their words.

    All of the WORDS must be there, in any form. '"a phrase"' looks for words that stand together, -word leaves
    out what has it (after -- on the command line), OR between two takes either.
    """
    from variorum.store import search, stories

    with reading(place) as archive, archive.reading() as connection:
        most = limit or archive.settings.listed
        hits = search.search(connection, " ".join(words), settings=archive.settings, limit=most + 1, since=since)
        hits, is_cut = hits[:most], len(hits) > most
        listed = stories.listed(connection, (hit.story for hit in hits if hit.story))
    if as_json:
        from variorum.render import archive_rows

        for hit in hits:
            click.echo(archive_rows.hit(hit))
        return
    from rich.console import Console

    from variorum.render.archive_list import show_hits
    from variorum.render.screen import Screen

    show_hits(hits, listed, Screen(Console(highlight=False)), is_cut=is_cut)
    if not hits:
        raise click.exceptions.Exit(1)
