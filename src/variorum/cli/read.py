"""``variorum read``: reports in, a critical edition out."""

import sys
from pathlib import Path

import click

from variorum.cli.progress import progress
from variorum.errors import UsageError


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--html", "html_file", metavar="FILE", help="Write the edition as one HTML page.")
@click.option("--json", "json_file", metavar="FILE", help="Write the edition as JSON (variorum/edition/1).")
@click.option("--markdown", "markdown_file", metavar="FILE", help="Write the edition as Markdown.")
@click.option("--open", "open_page", is_flag=True, help="Open the HTML page in the browser.")
@click.option("--quiet", is_flag=True, help="Print no summary.")
def command(
    paths: tuple[str, ...],
    html_file: str | None,
    json_file: str | None,
    markdown_file: str | None,
    open_page: bool,
    quiet: bool,
) -> None:
    """Read reports and make the critical edition of every story among them.

    PATHS are files and folders (.txt, .html, .htm; folders are read with all they hold), or - for
    standard input. A FILE of - is standard output. A summary goes to the terminal.
    """
    from variorum import pipeline

    targets = [file for file in (html_file, json_file, markdown_file) if file is not None]
    _refuse_unwritable(targets)
    if open_page and html_file in (None, "-"):
        html_file = "edition.html"
    with progress() as watch:
        editions = pipeline.read(paths, stdin=sys.stdin.buffer if "-" in paths else None, watch=watch)
        if html_file:
            from variorum.render import html

            _write(html_file, html.render(editions))
        if json_file:
            from variorum.render import json

            _write(json_file, json.dump(editions))
        if markdown_file:
            from variorum.render import markdown

            _write(markdown_file, markdown.render(editions))
    if not quiet and "-" not in targets:
        from rich.console import Console

        from variorum.render import terminal

        terminal.show(editions, Console(highlight=False))
        for file in (html_file, json_file, markdown_file):
            if file:
                click.echo(f"Written: {file}")
    for refusal in editions.refused:
        if quiet or "-" in targets:
            click.echo(f"variorum: {refusal.path}: {refusal.reason}", err=True)
    if open_page and html_file:
        click.launch(str(Path(html_file).resolve()))
    if not editions.editions and not editions.alone:
        missing = all("does not exist" in refusal.reason for refusal in editions.refused)
        raise click.exceptions.Exit(2 if missing else 1)


def _refuse_unwritable(files: list[str]) -> None:
    """Say at once, and not after the work, that a file cannot be written. Raises UsageError."""
    if files.count("-") > 1:
        raise UsageError("only one of --html, --json and --markdown can go to standard output")
    for file in files:
        folder = Path(file).resolve().parent
        if file != "-" and (Path(file).is_dir() or not folder.is_dir()):
            raise UsageError(
                f"cannot write {file}: the folder does not exist"
                if not folder.is_dir()
                else f"cannot write {file}: it is a folder"
            )


def _write(file: str, content: str) -> None:
    if file == "-":
        sys.stdout.buffer.write(content.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        Path(file).write_text(content, "utf-8")
