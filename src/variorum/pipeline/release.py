"""What a result was made by: the release, to the letter of its code, its weights and its settings."""

import dataclasses
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from variorum import __version__, registry
from variorum.config import Settings
from variorum.text import digest

_NOT_MAKING = ("cli", "web")
"""Packages that show results and have no part in making them."""


@cache
def release() -> str:
    """Digest of this release: its number, every file that has a part in a result, and the weights it is pinned to.

    Of the files and not of the number alone, so that a copy somebody works on never shows what an earlier state of
    it had found.
    """
    hashed = hashlib.sha256(__version__.encode())
    for path, file in sorted(_code(files("variorum"), "")):
        hashed.update(f"{path}\0".encode())
        hashed.update(hashlib.sha256(file.read_bytes()).digest())
    for weights in (registry.ENCODER, registry.TOKENIZER, registry.TAGGER):
        hashed.update(weights.sha256.encode())
    return hashed.hexdigest()[:16]


def made_by(settings: Settings, *of: str) -> str:
    """The digest under which a result of these inputs, by these settings and this release, is kept.

    How reports were fetched, kept and gathered does not count: a result is made of the reports themselves.
    """
    telling = {
        field.name: getattr(settings, field.name)
        for field in dataclasses.fields(settings)
        if field.name not in ("batch", "fetch", "store", "stories")
    }
    return digest(release(), spelled(telling), *of, length=64)


def spelled(settings: object) -> str:
    """Settings as text, the same for equal ones."""
    return msgspec.json.encode(settings, enc_hook=_plain).decode()


def _plain(value: object) -> object:
    """What settings hold besides numbers and text, in an order of its own."""
    if isinstance(value, Mapping):
        return sorted(value.items())
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"settings may not hold a {type(value).__name__}")


def _code(folder: Traversable, above: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in folder.iterdir():
        path = f"{above}{entry.name}"
        if entry.is_dir() and path not in _NOT_MAKING:
            found += _code(entry, f"{path}/")
        elif entry.name.endswith((".py", ".tsv", ".html", ".json", ".txt")):
            found.append((path, entry))
    return found
