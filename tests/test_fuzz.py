"""Whatever bytes come in, out come clean reports or refusals. ``make fuzz`` looks further than a run of the tests.

An input that once broke something lies in ``tests/broken`` under the name it was read by, behind a number.
"""

import io
import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import SEEDS, mutated

from variorum.config import Ingest
from variorum.ingest import receive
from variorum.ingest.decode import cleaned
from variorum.ingest.published import published
from variorum.ingest.values import stamped
from variorum.records import Received, Refusal
from variorum.text import digest

BROKEN = Path(__file__).parent / "broken"
LONG = int(os.environ.get("VARIORUM_FUZZ_EXAMPLES", "0"))
SMALL = Ingest(largest_bytes=60_000, export_look=50)
FUZZ = settings(
    max_examples=LONG or 25,
    deadline=None,
    derandomize=not LONG,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def taken(raw: bytes, name: str) -> list[Received | Refusal]:
    if name == "-":
        return list(receive(["-"], stdin=io.BytesIO(raw), settings=SMALL))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(raw)
        return list(receive([Path(folder) / name], settings=SMALL))


def _is_clean(text: str | None, *, one_line: bool = True) -> bool:
    return text is None or (cleaned(text) == text and not (one_line and "\n" in text))


def _check_report(one: Received, name: str) -> None:
    article = one.article
    assert one.place.startswith(name)
    assert article.sha256 == sha256(one.raw).hexdigest()
    assert article.id == digest(article.outlet, article.text)
    assert 0 < len(article.outlet) <= SMALL.outlet_characters
    assert len(article.title or "") <= SMALL.title_characters
    assert len(article.url or "") <= SMALL.url_characters
    assert len(one.key or "") <= SMALL.key_characters
    assert all(0 < len(author) <= SMALL.author_characters for author in article.byline)
    stated = (article.title, article.outlet, article.url, article.language, one.key, one.place, *article.byline)
    assert all(map(_is_clean, stated))
    assert _is_clean(article.text, one_line=False)
    assert all(_is_clean(credit.agency) for credit in article.credits)
    before = 0
    for part in article.parts:
        assert before <= part.start < part.end <= len(article.text)
        assert article.slice(part.start, part.end).strip()
        before = part.end
    held = "".join(article.slice(part.start, part.end) for part in article.parts)
    assert held.split() == article.text.split() or "".join(held.split()) == "".join(article.text.split())
    for span in (*article.credits, *article.links):
        assert 0 <= span.start < span.end <= len(article.text)
    assert article.cut is None or 0 <= article.cut.start <= len(article.text)


def check(raw: bytes, name: str) -> None:
    """Every property that holds of any input."""
    found = taken(raw, name)
    for one in found:
        if isinstance(one, Received):
            _check_report(one, name)
        else:
            assert one.path.startswith(name)
            assert one.reason.endswith(".")
            assert _is_clean(one.path)
            assert _is_clean(one.reason)
            assert len(one.reason) < 2_000
            assert len(one.first_bytes or "") <= 64
    assert taken(raw, name) == found


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_the_inputs_that_are_spoilt_here_are_whole_before(name: str) -> None:
    found = taken(SEEDS[name], name)
    assert any(isinstance(one, Received) for one in found) or name == "a.xml"
    check(SEEDS[name], name)


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_spoilt_inputs_give_clean_reports_or_refusals(name: str) -> None:
    @FUZZ
    @given(mutated(SEEDS[name]))
    def spoil(raw: bytes) -> None:
        check(raw, name)

    spoil()


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_any_bytes_give_clean_reports_or_refusals(name: str) -> None:
    @FUZZ
    @given(st.binary(max_size=400))
    def feed(raw: bytes) -> None:
        check(raw, name)

    feed()


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_NAMES = st.sampled_from(("id", "text", "html", "title", "outlet", "source", "url", "date", "authors", "language"))


@FUZZ
@given(st.lists(st.dictionaries(_NAMES, _ANY, max_size=8), max_size=3))
def test_fields_of_any_kind_give_clean_reports_or_refusals(records: list[dict[str, object]]) -> None:
    check("\n".join(map(json.dumps, records)).encode(), "a.jsonl")
    check(json.dumps(records).encode(), "a.json")


@FUZZ
@given(st.text(max_size=60) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([T ]\d{1,2}:\d{2}.{0,8})?"))
def test_any_text_states_a_time_or_none(text: str) -> None:
    for found in (published(text), stamped(text)):
        assert found is None or (1590 < found.at.year < 2210 and found.local_date())


@FUZZ
@given(_ANY)
def test_any_value_states_a_time_or_none(value: object) -> None:
    found = stamped(value)
    assert found is None or found.local_date()


def _broken() -> list[Path]:
    return sorted(path for path in BROKEN.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("path", _broken(), ids=lambda path: path.name)
def test_what_once_broke_something_does_so_no_more(path: Path) -> None:
    check(path.read_bytes(), path.name.partition("-")[2] or "-")
