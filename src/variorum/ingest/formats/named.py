"""What the name of an input says of it."""

from pathlib import PurePosixPath

_PACKED = ".gz"


def bare(name: str) -> str:
    """A name without the suffix that says its bytes are packed."""
    return name[: -len(_PACKED)] if name.lower().endswith(_PACKED) and len(name) > len(_PACKED) else name


def suffix_of(name: str) -> str:
    """What a name says its bytes are once unpacked, in lower case, with the dot; empty where it says nothing."""
    return PurePosixPath(bare(name)).suffix.lower()


def stem_of(name: str) -> str:
    """The name with no folder and no suffix that says a format."""
    return PurePosixPath(bare(name)).stem
