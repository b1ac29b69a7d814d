"""What can go wrong, as one tree.

VariorumError
├── UsageError          the caller asked for something that cannot be (exit status 2)
├── InputRefused        one input could not be read; a run records it and goes on
│   └── FetchRefused    an address was not fetched, or its answer not taken
├── ModelMissing        a pinned model is not installed, or its bytes are not the pinned ones
├── FormatError         what should be an edition, or a sketch put by, is not one
├── ArchiveError        an archive cannot be opened, read or written
└── EngineError         what a whole archive is worked on with failed: a master, a machine, its memory
"""


class VariorumError(Exception):
    """The base of every error this package raises on purpose; its text is one clear sentence."""


class UsageError(VariorumError):
    """The caller asked for something that cannot be: a path that does not exist, an option out of range."""


class InputRefused(VariorumError):
    """One input cannot be read as an article.

    A batch never stops for it: ``ingest.read`` turns it into a :class:`~variorum.records.Refusal`.
    """

    def __init__(self, reason: str, *, first_bytes: bytes = b"") -> None:
        super().__init__(reason)
        self.reason = reason
        self.first_bytes = first_bytes


class FetchRefused(InputRefused):
    """An address was not fetched, or what it answered was not taken.

    status: what the server answered, ``None`` where it came to no answer. retry_seconds: how long the server asks
    to be left alone, ``None`` where it asks for nothing. is_passing: whether the same request may well do later.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        retry_seconds: float | None = None,
        is_passing: bool = False,
        first_bytes: bytes = b"",
    ) -> None:
        super().__init__(reason, first_bytes=first_bytes)
        self.status = status
        self.retry_seconds = retry_seconds
        self.is_passing = is_passing


class ModelMissing(VariorumError):
    """A model the settings name is not installed, or its digest is not the one pinned in ``registry``."""


class FormatError(VariorumError):
    """What should hold ``variorum/edition/1``, or a stored sketch, does not; the text says what was wanted."""


class ArchiveError(VariorumError):
    """An archive is missing, damaged, somebody else's, made by a newer release, or cannot be written; the text says
    which, and names the place."""


class EngineError(VariorumError):
    """The engine that works on a whole archive failed, and not an input: the text says how, and what to do."""
