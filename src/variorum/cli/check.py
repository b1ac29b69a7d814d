"""``variorum check``: whether an archive is whole."""

import click

from variorum.cli.archive import at_archive, reading


@click.command("check")
@at_archive
def command(place: str) -> None:
    """Verify every digest and every reference of an archive; exits 1 if anything is wrong.

    Nothing is changed. What is damaged is named, so that it can be taken from a copy.
    """
    from variorum.store.check import check

    with reading(place) as archive, archive.reading() as connection:
        found = check(connection)
    for problem in found.problems:
        click.echo(problem)
    looked = (
        f"{found.articles:,} articles, {found.raws:,} files as received, {found.stories:,} stories and "
        f"{found.results:,} results checked"
    )
    if not found.problems:
        click.echo(f"{archive.place} holds: {looked}.")
        return
    problems = "1 problem" if len(found.problems) == 1 else f"{len(found.problems):,} problems"
    click.echo(f"{archive.place} does not hold: {problems}; {looked}.")
    raise click.exceptions.Exit(1)
