"""``variorum serve``: the reading room."""

from __future__ import annotations

import click

from variorum.cli.archive import at_archive
from variorum.cli.web import fetching
from variorum.config import Serving
from variorum.errors import UsageError


@click.command("serve")
@at_archive
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Where to listen. Anything but this machine needs --token.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, help="0 for any free one.")
@click.option("--token", envvar="VARIORUM_TOKEN", metavar="TOKEN",
              help="What visitors must know, at least 16 characters. Others on this machine can read a command line: "
              "rather set it in the environment. [env: VARIORUM_TOKEN]")  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="HOST",
              help="Another name under which it is asked for, such as newsroom.example. May be repeated.")  # fmt: skip
@click.option("--ahead", type=click.IntRange(0, 100_000), default=50, show_default=True, metavar="N",
              help="How many of the newest stories to analyse before anybody opens them.")  # fmt: skip
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@fetching
@click.pass_context
def command(
    context: click.Context,
    place: str,
    host: str,
    port: int,
    token: str | None,
    names: tuple[str, ...],
    ahead: int,
    is_opened: bool,
    contact: str | None,
    allow_private: bool,
) -> None:
    """Read an archive in the browser: stories, editions, reports side by side.

    Listens on this machine only unless told otherwise, and asks nothing of the network but what "Add" is told to
    fetch. The archive is made where there is none. Stop it with Ctrl-C.
    """
    serve = context.find_root().obj.get("serve")
    if serve is None:
        raise UsageError("the reading room is opened by the program `variorum`, not by its command line alone")
    serve(Serving(place, host, port, token, names, contact, allow_private, ahead, is_opened))
