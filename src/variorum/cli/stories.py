"""``variorum stories``: what an archive's reports tell of."""

from __future__ import annotations

import click

from variorum.cli.archive import at_archive, updating
from variorum.cli.times import since as read_since

_AT_ONCE = 100  # stories looked up, counted and printed together


@click.command("stories")
@at_archive
@click.option("--biggest", is_flag=True, help="Those of most reports first, not those told last.")
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000_000), metavar="N", help="How many. [default: 30; with --json, all]"
)
@click.option("--since", callback=read_since, metavar="DATE", help="Only those told of since that day (2025-03-31).")
@click.option("--all", "with_alone", is_flag=True, help="Reports that share their story with no other too.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, a story a line.")
def command(place: str, biggest: bool, limit: int | None, since: str | None, with_alone: bool, as_json: bool) -> None:
    """The stories of an archive: reports, outlets, independent voices, and when they were told.

    "at most" stands before a number of voices that was counted by shared words alone; `variorum edition`
    looks for retellings too, and then it is exact.
    """
    from variorum import pipeline
    from variorum.store import stories

    with updating(place) as archive:
        most = limit if limit is not None or as_json else archive.settings.listed
        order: stories.Order = "biggest" if biggest else "newest"
        least = 1 if with_alone else 2
        with archive.reading() as connection:
            wanted = stories.Wanted(least=least, since=since)
            listed = stories.stories(connection, order=order, limit=most, wanted=wanted)
            total = stories.how_many(connection, wanted)
        if as_json:
            from variorum.render import archive_rows

            for start in range(0, len(listed), _AT_ONCE):
                some = listed[start : start + _AT_ONCE]
                with archive.reading() as connection:
                    members = stories.members_of(connection, (one.id for one in some))
                voices = pipeline.voices(archive, {id: [one.id for one in held] for id, held in members.items()})
                for one in some:
                    if one.id in members:
                        click.echo(archive_rows.story(one, members[one.id], voices[one.id]))
            return
        from rich.console import Console

        from variorum.render.archive_list import show_stories
        from variorum.render.screen import Screen

        with archive.reading() as connection:
            members = stories.members_of(connection, (one.id for one in listed))
        voices = pipeline.voices(archive, {id: [one.id for one in held] for id, held in members.items()})
        show_stories(listed, voices, total, Screen(Console(highlight=False)))
