"""``variorum batch``: an archive of any size in, tables and editions out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from variorum.records.manifest import Manifest


@click.command("batch")
@click.argument("places", nargs=-1, required=True, metavar="IN...")
@click.argument("out", metavar="OUT")
@click.option(
    "--engine", "name", type=click.Choice(("local", "spark")), default="local", show_default=True,
    help="Where the work is done: this machine, or Apache Spark.",
)  # fmt: skip
@click.option("--master", metavar="URL", help="Spark's master, as local[4] or spark://host:7077.")
@click.option("--processes", type=click.IntRange(1), help="Processes of the local engine; by default one a core.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest in place of the summary.")
@click.option("--quiet", is_flag=True, help="Print nothing.")
def command(
    places: tuple[str, ...],
    out: str,
    name: Literal["local", "spark"],
    master: str | None,
    processes: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make the editions of a whole archive, as tables and as JSON.

    IN are Parquet, JSON Lines and WARC files, and whatever else `variorum read` takes; with Spark, any path that Spark
    can read. OUT is a folder for the tables (articles, stories, borrowings, lineages, quotations, utterances, claims,
    conflicts, refused: Parquet, by date), the editions (JSON Lines, by date) and manifest.json. Both engines
    give the same. A run that was stopped goes on where it was; what is finished is not done again.
    """
    from variorum.pipeline import batch
    from variorum.records.manifest import to_json

    with batch.engine(name, out, processes=processes, master=master) as engine:
        manifest = batch.batch(places, engine, watch=None if quiet or as_json else _say)
    if as_json:
        click.echo(to_json(manifest), nl=False)
    elif not quiet:
        _summarise(manifest, out)


def _say(step: str) -> None:
    click.echo(f"{step} ...", err=True)


def _summarise(manifest: Manifest, out: str) -> None:
    from variorum.render.wording import count

    rows = {name: table.rows for name, table in manifest.tables.items()}
    click.echo(
        f"{count(rows['articles'], 'article')} taken, {rows['refused']:,} refused; "
        f"{count(rows['stories'], 'story', 'stories')} told by two reports or more."
    )
    for name, number in rows.items():
        click.echo(f"  {name:<11} {number:>12,}")
    click.echo(f"Written: {out.rstrip('/')}/manifest.json, and a folder for each table")
