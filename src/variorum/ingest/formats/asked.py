"""What a caller wants of the inputs, beside the inputs themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from variorum.config.ingest import Ingest
from variorum.records import Received, Refusal

Listed = Callable[[bytes, str], Iterator[Received | Refusal]]
"""Reads a feed from its bytes and the name it is shown under."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What every reader of a format is told.

    name: the input's own, whatever it lies in. fields: the column or field of an export that holds
    each of ours, by our name; ``None`` for the customary names. tell: called with one plain sentence
    on what was passed over and is no fault; ``None`` where nobody listens. only_bytes: whether every
    record of an export is wanted as it lies, whatever fields it has. listed: reads a feed, or a list of
    feeds, with the pages it leads to; ``None`` where nothing may be fetched.
    """

    settings: Ingest
    name: str
    fields: Mapping[str, str] | None = None
    tell: Callable[[str], None] | None = None
    only_bytes: bool = False
    listed: Listed | None = None

    def say(self, sentence: str) -> None:
        """Tell, where somebody listens."""
        if self.tell is not None:
            self.tell(sentence)
