"""The one place that loads models: spaCy's pipeline, the sentence encoder and the tagger, each once a process."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import ModelMissing
from variorum.registry import ENCODER, TAGGER, TOKENIZER, Weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.language import Language
    from tokenizers import Tokenizer


def weights_path(weights: Weights) -> Path:
    """Where the file of weights stands. Raises ModelMissing when it does not, or is not the pinned one."""
    spec = find_spec(weights.package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(f"the package {weights.package} is not installed; it holds {weights.file}")
    path = Path(spec.submodule_search_locations[0]) / weights.file
    if not path.is_file():
        raise ModelMissing(f"the package {weights.package} has no file {weights.file}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != weights.sha256:
        raise ModelMissing(
            f"{weights.package}/{weights.file} has the sha256 {found[:12]}…, wanted {weights.sha256[:12]}…"
        )
    return path


@cache
def pipeline(name: str) -> Language:
    """The spaCy pipeline installed under that import name. Raises ModelMissing when there is none."""
    import spacy

    try:
        module = import_module(name)
    except ImportError as error:
        raise ModelMissing(f"the spaCy pipeline {name} is not installed; `pip install {name}`") from error
    root = Path(str(module.__file__)).parent
    configs = sorted(root.glob("*/config.cfg")) or sorted(root.glob("config.cfg"))
    if not configs:
        raise ModelMissing(f"the package {name} holds no spaCy pipeline")
    return spacy.load(configs[0].parent)


@cache
def encoder() -> InferenceSession:
    """The sentence encoder."""
    return _session(ENCODER)


@cache
def tagger() -> InferenceSession:
    """The tagger of attributions."""
    return _session(TAGGER)


def _session(weights: Weights) -> InferenceSession:
    """A model on one thread: its work runs beside spaCy's, and the sum never depends on a split."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(weights_path(weights)), options, providers=["CPUExecutionProvider"])


@cache
def tokenizer(longest: int) -> Tokenizer:
    """The encoder's word pieces, cut after ``longest`` of them and not padded."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_file(str(weights_path(TOKENIZER)))
    loaded.no_padding()
    loaded.enable_truncation(longest)
    return loaded
