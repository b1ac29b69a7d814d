"""Finding articles by their words, in either database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from variorum.config import Store
from variorum.errors import UsageError
from variorum.records import ListedArticle

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
SEARCHED = re.compile(r"[^\W_]+")
"""What counts as one word of a text, and of what is searched for."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing searched for. words: one, or a phrase. is_unwanted: what has it is left out. is_other: an
    alternative to the term before it."""

    words: tuple[str, ...]
    is_unwanted: bool = False
    is_other: bool = False


def terms(asked: str, *, most: int) -> tuple[Term, ...]:
    """What a line of words asks for: all of them, a "phrase", -unwanted, one OR other.

    most: words looked at. Nothing else in it has a meaning of its own, whatever the database would make of it.
    Raises UsageError where no word is asked for.
    """
    found: list[Term] = []
    is_other = False
    for minus, phrase, word in _TERM.findall(asked):
        if word == "OR" and not minus:
            is_other = bool(found)
            continue
        inside = tuple(SEARCHED.findall(phrase or word))[:most]
        if inside:
            found.append(Term(inside, bool(minus), is_other and not minus))
            is_other = False
    found = found[:most]
    if not any(not term.is_unwanted for term in found):
        raise UsageError("a search needs a word to look for")
    return tuple(found)


def search(
    connection: Connection, asked: str, *, settings: Store, limit: int | None = None, since: str | None = None
) -> tuple[ListedArticle, ...]:
    """The articles that have the words, the best first: current ones only, of two alike the newer.

    asked: see :func:`terms`. limit: how many at most; ``None`` for as many as a list shows. since: published or,
    undated, added at that time or later, ISO 8601. Words are compared by their stems. Raises UsageError.
    """
    wanted = terms(asked, most=settings.search_words)
    is_file = connection.dialect.name == "sqlite"
    found = connection.execute(
        text(_SQLITE if is_file else _POSTGRES).bindparams(bindparam("since", since or "")),
        {"words": _fts5(wanted) if is_file else _tsquery(wanted), "most": limit or settings.listed},
    )
    return tuple(ListedArticle(*row) for row in found)


def newest(
    connection: Connection, asked: str, *, settings: Store, limit: int, is_typing: bool = False
) -> tuple[ListedArticle, ...]:
    """The articles that have the words, the latest arrived first, which costs the same however many have them.

    is_typing: whether the last word may go on. Else as for :func:`search`.
    """
    wanted = terms(asked, most=settings.search_words)
    is_file = connection.dialect.name == "sqlite"
    words = (_fts5 if is_file else _tsquery)(wanted, is_typing and asked[-1:].isalnum())
    found = connection.execute(text(_NEWEST_SQLITE if is_file else _NEWEST_POSTGRES), {"words": words, "most": limit})
    return tuple(ListedArticle(*row) for row in found)


_COLUMNS = (
    "a.id, a.key, a.outlet, a.title, CASE a.published_precision WHEN 'year' THEN substr(a.published_at, 1, 4) "
    "WHEN 'month' THEN substr(a.published_at, 1, 7) WHEN 'day' THEN substr(a.published_at, 1, 10) "
    "ELSE a.published_at END, a.url, a.story"  # when it was published, no finer than it said
)
_KEPT = "a.current AND coalesce(a.published_at, a.added_at) >= :since"
_SQLITE = (  # a word in the title counts as four in the text
    f"SELECT {_COLUMNS} FROM article_words w JOIN articles a ON a.seq = w.rowid "  # noqa: S608 - constants only
    f"WHERE article_words MATCH :words AND {_KEPT} ORDER BY bm25(article_words, 4.0, 1.0), a.seq DESC LIMIT :most"
)
_POSTGRES = (
    f"SELECT {_COLUMNS} FROM article_words w JOIN articles a ON a.seq = w.seq, "  # noqa: S608 - constants only
    "to_tsquery('variorum', :words) q "
    f"WHERE w.words @@ q AND {_KEPT} ORDER BY ts_rank_cd(w.words, q, 1) DESC, a.seq DESC LIMIT :most"
)


_NEWEST_SQLITE = (
    f"SELECT {_COLUMNS} FROM article_words w JOIN articles a ON a.seq = w.rowid "  # noqa: S608 - constants only
    "WHERE article_words MATCH :words AND a.current ORDER BY w.rowid DESC LIMIT :most"
)
_NEWEST_POSTGRES = (
    f"SELECT {_COLUMNS} FROM article_words w JOIN articles a ON a.seq = w.seq "  # noqa: S608 - constants only
    "WHERE w.words @@ to_tsquery('variorum', :words) AND a.current ORDER BY w.seq DESC LIMIT :most"
)


def _fts5(wanted: Sequence[Term], is_open: bool = False) -> str:
    """is_open: whether the last word asked for is the beginning of one."""
    groups = _groups(wanted)
    end = groups[-1][-1] if is_open and not wanted[-1].is_unwanted else None
    asked = " AND ".join(
        "(" + " OR ".join(_phrase(term) + ("*" if term is end else "") for term in group) + ")" for group in groups
    )
    unwanted = " OR ".join(_phrase(term) for term in wanted if term.is_unwanted)
    return f"({asked}) NOT ({unwanted})" if unwanted else asked


def _phrase(term: Term) -> str:
    return '"' + " ".join(term.words) + '"'


def _tsquery(wanted: Sequence[Term], is_open: bool = False) -> str:
    """is_open: see :func:`_fts5`."""
    groups = _groups(wanted)
    end = groups[-1][-1] if is_open and not wanted[-1].is_unwanted else None
    asked = " & ".join(
        "(" + " | ".join(_followed(term) + (":*" if term is end else "") for term in group) + ")" for group in groups
    )
    return "".join((asked, *(f" & !({_followed(term)})" for term in wanted if term.is_unwanted)))


def _followed(term: Term) -> str:
    return " <-> ".join(f"'{word}'" for word in term.words)


def _groups(wanted: Sequence[Term]) -> list[list[Term]]:
    """What must be found, each with its alternatives."""
    groups: list[list[Term]] = []
    for term in wanted:
        if term.is_unwanted:
            continue
        if term.is_other and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
    return groups
