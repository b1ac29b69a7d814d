"""``variorum verify``: prove that everything in an edition stands where it says."""

import sys
from pathlib import Path

import click


@click.command("verify")
@click.argument("edition", metavar="EDITION.json")
@click.argument("folders", nargs=-1, metavar="[FOLDER...]", type=click.Path(exists=True, path_type=Path))
def command(edition: str, folders: tuple[Path, ...]) -> None:
    """Check an edition against itself and against its reports.

    Re-slices every span, checks every digest and the seal and, where the report files are at hand
    (beside EDITION.json, in the working folder or in FOLDER), the sha256 of their bytes. Says what does
    not hold; exits 1 if anything fails.
    """
    from variorum.edition.verify import verify
    from variorum.errors import FormatError, UsageError
    from variorum.ingest.formats import digests

    if edition == "-":
        raw, base = sys.stdin.buffer.read(), None
    elif not Path(edition).is_file():
        raise UsageError(f"{edition} does not exist" if not Path(edition).exists() else f"{edition} is no file")
    else:
        raw, base = Path(edition).read_bytes(), Path(edition).parent
    try:
        report = verify(raw, base=base, folders=folders, inside=digests)
    except FormatError as error:
        raise FormatError(f"{edition}: {error}") from error
    for failure in report.failures:
        click.echo(f"{failure.where}: {failure.what}")
    checked = f"{report.citations} citations, {report.references} references and {report.articles} reports checked"
    files = f"{len(report.compared)} files compared, {len(report.absent)} not at hand"
    failures = "1 failure" if len(report.failures) == 1 else f"{len(report.failures)} failures"
    if report.is_sound:
        click.echo(f"{edition} holds: {checked}; {files}.")
        return
    click.echo(f"{edition} does not hold: {failures}; {checked}; {files}.")
    raise click.exceptions.Exit(1)
