"""The descent of a collection for programs: JSON, and CSV of its passages."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

from variorum.records import Article, Borrowing, Descended, Evidence, Passage, SharedPassage
from variorum.records.plain import plain
from variorum.render.json import well_formed
from variorum.render.rows import cell

FORMAT = "variorum/descent/1"
COLUMNS = (
    "a_path", "a_outlet", "a_start", "a_end", "a_text", "b_path", "b_outlet", "b_start", "b_end", "b_text",
    "kind", "words", "likeness", "related", "directed",
)  # fmt: skip


def dump(descended: Descended) -> str:
    """The descent as JSON text: ``format``, ``articles``, ``edges``, ``lineages``, ``passages``, ``stories``,
    ``refused``. Fields as :class:`variorum.records.Descended` names them; spans as ``[start, end]``.
    """
    made = {
        "format": FORMAT,
        "articles": [_article(article) for article in descended.articles],
        "edges": [_edge(borrowing) for borrowing in descended.stemma.borrowings],
        "lineages": plain(descended.stemma.lineages),
        "passages": [
            {"a": shared.a, "b": shared.b, **_passage(passage)}
            for shared in descended.shared
            for passage in shared.passages
        ],
        "stories": plain(descended.stories),
        "retellings": descended.retellings,
        "refused": plain(descended.refused),
    }
    return well_formed(json.dumps(made, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _article(article: Article) -> dict[str, object]:
    return {name: plain(getattr(article, name)) for name in ("id", "outlet", "title", "path", "url", "published")}


def _edge(borrowing: Borrowing) -> dict[str, object]:
    return {
        "a": borrowing.a,
        "b": borrowing.b,
        "directed": borrowing.directed,
        "kind": borrowing.kind,
        "share": round(borrowing.share, 4),
        "evidence": [_evidence(reason) for reason in borrowing.reasons],
        "spans": plain(borrowing.spans),
    }


def _evidence(reason: Evidence) -> dict[str, object]:
    return {name: plain(getattr(reason, name)) for name in ("kind", "strength", "says", "giver", "article", "span")}


def _passage(passage: SharedPassage) -> dict[str, object]:
    return {
        "kind": passage.kind,
        "a_span": plain(passage.a),
        "b_span": plain(passage.b),
        "words": passage.words,
        "run": passage.run,
        "likeness": round(passage.likeness, 4),
    }


def passages_csv(descended: Descended) -> Iterator[str]:
    """A row a passage, pair after pair, under ``COLUMNS``; the header first.

    Offsets are those of each article's text, which stands beside them. related: ``verbatim`` or ``retold`` where the
    pair goes back to one text, empty where it only shares a passage. directed: whether ``a`` gave to ``b``. What a
    spreadsheet would take for a formula stands after an apostrophe.
    """
    yield _line(COLUMNS)
    articles = {article.id: article for article in descended.articles}
    related = {frozenset((one.a, one.b)): one for one in descended.stemma.borrowings}
    for shared in descended.shared:
        borrowing = related.get(frozenset((shared.a, shared.b)))
        turned = borrowing is not None and borrowing.a == shared.b
        for passage in shared.passages:
            yield _row(articles, shared.a, shared.b, passage, borrowing, turned=turned)
    for borrowing in descended.stemma.borrowings:
        if borrowing.kind == "retold":
            for span in borrowing.spans:
                yield _row(articles, borrowing.a, borrowing.b, span, borrowing, turned=False)


def _row(
    articles: Mapping[str, Article],
    a: str,
    b: str,
    passage: SharedPassage | Passage,
    borrowing: Borrowing | None,
    *,
    turned: bool,
) -> str:
    one, other = (articles[a], passage.a), (articles[b], passage.b)
    sides = (other, one) if turned else (one, other)
    row: list[object] = []
    for article, span in sides:
        row.extend((article.path or "", article.outlet, span.start, span.end, article.text[span.start : span.end]))
    if isinstance(passage, SharedPassage):
        row.extend((passage.kind, passage.words))
    else:
        row.extend(("retold", ""))
    row.append(round(passage.likeness, 3))
    row.extend(("", "") if borrowing is None else (borrowing.kind, "yes" if borrowing.directed else "no"))
    return _line(row)


def _line(values: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([cell(value) for value in values])
    return well_formed(written.getvalue())
