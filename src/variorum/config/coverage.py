"""Thresholds of ``coverage``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """Settings of the stage ``coverage``."""
