"""Thresholds of ``edition``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """Settings of the stage ``edition``."""
