"""The options of commands that fetch, and the client they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from variorum.ingest.fetch import Fetcher, Memory

F = TypeVar("F", bound=Callable[..., Any])


def fetching(command: F) -> F:
    """Gives a command the options ``contact`` and ``allow_private``."""
    private = click.option(
        "--allow-private", is_flag=True,
        help="Fetch from private and loopback addresses too, such as a newsroom's own server.",
    )  # fmt: skip
    contact = click.option(
        "--contact", envvar="VARIORUM_CONTACT", metavar="ADDRESS",
        help="How publishers can reach you; told to every server that is asked. [env: VARIORUM_CONTACT]",
    )  # fmt: skip
    return contact(private(command))


@contextmanager
def fetcher(memory: Memory, *, contact: str | None, allow_private: bool) -> Iterator[Fetcher]:
    """A client that remembers in ``memory`` and is cut short when the command ends."""
    from variorum.config import Fetch
    from variorum.ingest.fetch import Fetcher

    made = Fetcher(settings=Fetch(contact=contact, allow_private=allow_private), memory=memory)
    try:
        yield made
    finally:
        made.close()
