"""Quotations as rows, one a quotation: JSON Lines for programs, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterator

from variorum.records import Quotation, Quoted, Span
from variorum.render.json import well_formed

COLUMNS = (
    "path", "key", "outlet", "spans", "text", "mode", "marks", "cue", "speaker_span", "speaker_text", "speaker",
)  # fmt: skip
# A cell that opens with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(quoted: Quoted) -> Iterator[dict[str, object]]:
    """A row a quotation, under the names of ``COLUMNS``.

    spans, cue, speaker_span: offsets into the article's text. key: the id the input gave the article, ``None``
    for a file. speaker: the name, ``None`` where the article leaves it open.
    """
    for quotation in quoted.quotations:
        yield {
            "path": quoted.article.path,
            "key": None,
            "outlet": quoted.article.outlet,
            "spans": [[span.start, span.end] for span in quotation.spans],
            "text": quotation.text,
            "mode": quotation.mode,
            "marks": quotation.marks,
            "cue": _pair(quotation.cue),
            "speaker_span": _pair(quotation.speaker_span),
            "speaker_text": quotation.speaker_text,
            "speaker": quotation.speaker,
        }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def json_lines(quoted: Quoted) -> str:
    """The article's rows, a JSON object a line."""
    return "".join(well_formed(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows(quoted))


def csv_header() -> str:
    """The names of the columns."""
    return _csv([list(COLUMNS)])


def csv_lines(quoted: Quoted) -> str:
    """The article's rows for a spreadsheet: spans as ``12-40 55-80``; what would be a formula after an apostrophe."""
    return _csv([[_cell(name, quotation, quoted) for name in COLUMNS] for quotation in quoted.quotations])


def _cell(name: str, quotation: Quotation, quoted: Quoted) -> str:
    if name == "key":
        return ""
    held = getattr(quoted.article if name in ("path", "outlet") else quotation, name)
    if held is None:
        return ""
    if isinstance(held, Span):
        return f"{held.start}-{held.end}"
    if isinstance(held, tuple):
        return " ".join(f"{span.start}-{span.end}" for span in held)
    return str(cell(held))


def is_list(head: bytes) -> bool:
    """Whether a file that begins so is a list of quotations that this module wrote, or an empty one."""
    is_json = head.startswith(b'{"path": ') and b'"spans": [' in head
    return not head.strip() or is_json or head.startswith(csv_header().strip().encode())


def cell(value: object) -> object:
    """A value for a spreadsheet; text that it would take for a formula stands after an apostrophe."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(lines: list[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(lines)
    return well_formed(written.getvalue())
