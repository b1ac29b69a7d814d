"""``variorum edition``: the critical edition of a story in an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from variorum.cli.archive import at_archive, updating
from variorum.cli.files import refuse_unwritable
from variorum.cli.progress import progress
from variorum.cli.read import open_page, summarise, write_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from variorum.edition.findings import Key
    from variorum.records import Editions, Judgement
    from variorum.render.notes_view import Notes


@click.command("edition")
@click.argument("story", metavar="STORY")
@at_archive
@click.option("--html", "html_file", metavar="FILE", help="Write the edition as one HTML page.")
@click.option("--json", "json_file", metavar="FILE", help="Write the edition as JSON (variorum/edition/1).")
@click.option("--markdown", "markdown_file", metavar="FILE", help="Write the edition as Markdown.")
@click.option("--open", "is_opened", is_flag=True, help="Open the HTML page in the browser.")
@click.option("--quiet", is_flag=True, help="Print no summary.")
def command(
    story: str,
    place: str,
    html_file: str | None,
    json_file: str | None,
    markdown_file: str | None,
    is_opened: bool,
    quiet: bool,
) -> None:
    """Make the critical edition of a story in an archive, or make it anew where reports came in.

    STORY is an id as `variorum stories` lists them, the beginning of one, or the id of one of its reports. An
    edition of the same reports, by the same release, is read from the archive. What editors noted stands on the HTML
    page only, beside the findings. A FILE of - is standard output.
    """
    from variorum import pipeline

    targets = {"html": html_file, "json": json_file, "markdown": markdown_file}
    if is_opened and html_file in (None, "-"):
        targets["html"] = "edition.html"
    refuse_unwritable({f"--{name}": file for name, file in targets.items()})
    with updating(place) as archive, progress() as watch:
        editions = pipeline.edition(archive, story, watch=watch)
        standing, unmatched = pipeline.judged(archive, story, editions.only)
    write_all(editions, targets, notes=_notes(editions, standing, unmatched) if targets["html"] else None)
    if not quiet and "-" not in targets.values():
        summarise(editions, targets)
    if is_opened:
        open_page(targets)


def _notes(
    editions: Editions, standing: Mapping[Key, Sequence[Judgement]], unmatched: Sequence[Judgement]
) -> dict[str, Notes] | None:
    """What editors noted on the one edition; ``None`` where nobody noted anything."""
    from variorum.render.notes_view import Notes, spoken_of

    if not standing and not unmatched:
        return None
    return {editions.only.story.id: Notes(standing, unmatched, spoken_of(editions.only))}
