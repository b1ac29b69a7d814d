"""``variorum watch``: what comes in, as it comes in, until it is stopped."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING

import click

from variorum.cli.archive import at_archive, writing
from variorum.cli.web import fetcher, fetching
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.records import Pause, Received, Refusal


@click.command("watch")
@click.argument("places", nargs=-1, required=True, metavar="PLACES...")
@at_archive
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, a report a line, each once it is kept.")
@click.option("--quiet", is_flag=True, help="Print no line for each report.")
@fetching
def command(
    places: tuple[str, ...], place: str, as_json: bool, quiet: bool, contact: str | None, allow_private: bool
) -> None:
    """Keep reading feeds and folders into an archive, until stopped with Ctrl-C.

    PLACES are addresses of feeds (https://…) or of OPML lists of them, and folders. Feeds are asked as seldom as
    they wish, and only for what has changed; a file is read once it is still. What fails is said once and tried
    again. A line is printed for each report once it is kept.
    """
    from variorum import pipeline
    from variorum.ingest.intake import is_address
    from variorum.ingest.watch import watch
    from variorum.render import archive_rows
    from variorum.render.intake_lines import Tally
    from variorum.render.wording import count
    from variorum.store import Remembered

    for watched in places:
        if "://" in watched and not is_address(watched):
            raise UsageError(f"{watched} cannot be watched: only http:// and https:// addresses, and folders")
    tally = Tally()
    with ExitStack() as stack:
        archive = stack.enter_context(writing(place))
        memory = Remembered(archive)
        client = stack.enter_context(fetcher(memory, contact=contact, allow_private=allow_private))
        stopped = stack.enter_context(_until_stopped(client.close))
        coming = watch(places, fetcher=client, known=memory.known, stop=stopped)
        click.echo(f"watching {count(len(places), 'place')}; Ctrl-C ends it", err=True)
        for one in pipeline.add(archive, _in_batches(coming), memory=memory, is_endless=True):
            line = tally.count(one)
            if as_json:
                click.echo(archive_rows.added(one))
            elif line is not None and not quiet:
                click.echo(f"{datetime.now().astimezone():%H:%M:%S}  {line}")
            sys.stdout.flush()
    if not as_json:
        click.echo(tally.summary(archive.place))


def _in_batches(coming: Iterator[Received | Refusal | Pause]) -> Iterator[Received | Refusal | None]:
    """What comes; before every wait ``None``, so that nothing waits with it."""
    from variorum.records import Pause

    for one in coming:
        yield None if isinstance(one, Pause) else one


@contextmanager
def _until_stopped(also: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Gives what says whether Ctrl-C or a polite kill has come. also: called when it does, from the handler."""
    is_stopped = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_stopped
        is_stopped = True
        also()

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: is_stopped
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
