"""What a caller wants of the inputs, beside the inputs themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from variorum.config.ingest import Ingest


@dataclass(frozen=True, slots=True)
class Asked:
    """What every reader of a format is told.

    name: the input's own, whatever it lies in. fields: the column or field of an export that holds
    each of ours, by our name; ``None`` for the customary names. tell: called with one plain sentence
    on what was passed over and is no fault; ``None`` where nobody listens. only_bytes: whether every
    record of an export is wanted as it lies, whatever fields it has.
    """

    settings: Ingest
    name: str
    fields: Mapping[str, str] | None = None
    tell: Callable[[str], None] | None = None
    only_bytes: bool = False

    def say(self, sentence: str) -> None:
        """Tell, where somebody listens."""
        if self.tell is not None:
            self.tell(sentence)
