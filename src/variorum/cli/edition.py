"""``variorum edition``: the critical edition of a story in an archive."""

from __future__ import annotations

import click

from variorum.cli.archive import at_archive, updating
from variorum.cli.files import refuse_unwritable
from variorum.cli.progress import progress
from variorum.cli.read import open_page, summarise, write_all


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
    edition of the same reports, by the same release, is read from the archive. A FILE of - is standard output.
    """
    from variorum import pipeline

    targets = {"html": html_file, "json": json_file, "markdown": markdown_file}
    if is_opened and html_file in (None, "-"):
        targets["html"] = "edition.html"
    refuse_unwritable({f"--{name}": file for name, file in targets.items()})
    with updating(place) as archive, progress() as watch:
        editions = pipeline.edition(archive, story, watch=watch)
    write_all(editions, targets)
    if not quiet and "-" not in targets.values():
        summarise(editions, targets)
    if is_opened:
        open_page(targets)
