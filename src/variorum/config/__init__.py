"""Every threshold of the program, one file a stage, each with its meaning, unit and origin.

Stages take their own settings as an argument whose default is the value here.
"""

import copyreg
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from variorum.config.batch import Batch
from variorum.config.claims import Claims
from variorum.config.coverage import Coverage
from variorum.config.descent import Descent
from variorum.config.edition import Edition
from variorum.config.fetch import Fetch
from variorum.config.ingest import Ingest
from variorum.config.language import Language
from variorum.config.quotations import Quotations
from variorum.config.render import Render
from variorum.config.store import Store
from variorum.config.stories import Stories
from variorum.config.web import Serving, Web


# Settings go with a kernel to other processes and machines, and Python pickles no mapping that cannot be changed.
def _pickled(
    mapping: MappingProxyType[str, float],
) -> tuple[Callable[..., MappingProxyType[str, float]], tuple[Any, ...]]:
    return _unchanging, (dict(mapping),)


def _unchanging(mapping: dict[str, float]) -> MappingProxyType[str, float]:
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, _pickled)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of every stage. The pages, which are made from an edition that stands, have theirs in ``Render``."""

    ingest: Ingest = field(default_factory=Ingest)
    fetch: Fetch = field(default_factory=Fetch)
    language: Language = field(default_factory=Language)
    stories: Stories = field(default_factory=Stories)
    descent: Descent = field(default_factory=Descent)
    quotations: Quotations = field(default_factory=Quotations)
    claims: Claims = field(default_factory=Claims)
    coverage: Coverage = field(default_factory=Coverage)
    edition: Edition = field(default_factory=Edition)
    store: Store = field(default_factory=Store)
    batch: Batch = field(default_factory=Batch)


__all__ = [
    "Batch",
    "Claims",
    "Coverage",
    "Descent",
    "Edition",
    "Fetch",
    "Ingest",
    "Language",
    "Quotations",
    "Render",
    "Serving",
    "Settings",
    "Store",
    "Stories",
    "Web",
]
