"""The pages made from code are what code makes of them, and every value the records know is explained."""

import dataclasses
import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from variorum import records
from variorum.records.formed import fields_of
from variorum.render.schema import meanings

ROOT = Path(__file__).parents[1]
WORDS = (ROOT / "docs/words.md").read_text("utf-8")


def _make_reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs/make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = _make_reference()
KINDS = [kind for kind in vars(records).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)]


@pytest.mark.parametrize("name", sorted(REFERENCE.PAGES))
def test_a_page_made_from_code_is_what_the_code_makes(name: str) -> None:
    made = REFERENCE.PAGES[name]()
    assert (ROOT / name).read_text("utf-8") == made, f"{name} is stale: run python docs/make_reference.py"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.__name__ in REFERENCE.exported_names()])
def test_every_field_of_the_format_is_explained_in_its_docstring(kind: type) -> None:
    assert set(fields_of(kind)) <= set(meanings(kind))


def _explained() -> dict[str, list[str]]:
    """The values explained under each heading such as ``### `Part.kind```, in their order."""
    found: dict[str, list[str]] = {}
    for section in re.split(r"^### ", WORDS, flags=re.MULTILINE)[1:]:
        heading, _, rest = section.partition("\n")
        values = re.findall(r"^\| `(\w+)` \| \S", rest, flags=re.MULTILINE)
        for field in re.findall(r"`(\w+\.\w+)`", heading):
            found[field] = values
    return found


def test_every_value_a_record_may_hold_is_explained_among_the_words() -> None:
    explained = _explained()
    wanted = {
        f"{kind.__name__}.{name}": list(get_args(hint))
        for kind in KINDS
        for name, hint in get_type_hints(kind).items()
        if get_origin(hint) is Literal
    }
    assert len(wanted) > 12
    for field, values in wanted.items():
        assert explained.get(field) == values, field
    assert set(explained) == set(wanted), "a heading explains a field that no record has"


@pytest.mark.parametrize(
    "word",
    [
        *("story", "report", "voice", "lineage", "exemplar", "lost exemplar", "stemma", "siglum", "reading"),
        *("variant", "base", "agreement", "utterance", "quotation", "claim", "conflict", "coverage", "label"),
        *("digest", "seal", "outlet", "article", "byline", "speaker", "name", "retelling", "edition"),
    ],
)
def test_every_word_is_defined_once(word: str) -> None:
    entries = re.findall(r"^((?:\*\*[^*]+\*\*[^.]*?))\. ", WORDS, flags=re.MULTILINE)
    heads = [re.findall(r"\*\*([^*]+)\*\*", entry) for entry in entries]
    assert any(word.casefold() in [head.casefold() for head in found] for found in heads), word
    assert sum(found[0].casefold() == word.casefold() for found in heads) <= 1
