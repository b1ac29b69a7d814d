"""Thresholds of ``claims``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claims:
    """Settings of the stage ``claims``."""
