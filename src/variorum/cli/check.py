"""``variorum check``: whether an archive is whole."""

import click

from variorum.cli.archive import at_archive, reading


@click.command("check")
@at_archive
def command(place: str) -> None:
    """Verify every digest and every reference of an archive; exits 1 if anything is wrong.

    Nothing is changed. What is damaged is named, so that it can be taken from a copy.
    """
    from variorum.render.wording import count
    from variorum.store.check import check

    with reading(place) as archive, archive.reading() as connection:
        found = check(connection)
    for problem in found.problems:
        click.echo(problem)
    looked = (
        f"{count(found.articles, 'article')}, {count(found.raws, 'file')} as received, "
        f"{count(found.stories, 'story', 'stories')} and {count(found.results, 'result')} checked"
    )
    if not found.problems:
        click.echo(f"{archive.place} holds: {looked}.")
        return
    click.echo(f"{archive.place} does not hold: {count(len(found.problems), 'problem')}; {looked}.")
    raise click.exceptions.Exit(1)
