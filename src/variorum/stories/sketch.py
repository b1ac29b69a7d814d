"""All that gathering needs of one article, in less than 4 kB."""

import struct
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.errors import FormatError
from variorum.records import Article, Published
from variorum.stories.forms import CAPITAL, FIGURE, RARITY_STEPS, SHORT, forms
from variorum.text.words import WORD

FORMAT = 1
NAME, NUMBER = 1, 2
TERM = np.dtype([("key", "<u4"), ("count", "u1"), ("lead", "u1"), ("kind", "u1"), ("rarity", "u1")])
"""One word: key; how often it stands, words of title and lead doubled; how often in title and lead; whether it is a
name (bit 1) or a number (bit 2) there; rarity in steps of 1 / ``RARITY_STEPS``."""

_DATED = frozenset(("second", "minute", "hour", "day"))
_HEAD = struct.Struct("<BIiHBHH")  # format, check sum, day, and the lengths of id, language, lead and terms
_UNDATED = -1


@dataclass(frozen=True, slots=True)
class Sketch:
    """What one article is gathered by.

    article: its id. day: proleptic ordinal of the day it was published (UTC), ``None`` where it gives no day.
    language: ISO 639-1 code or ``None``. lead: the beginning of title and text, for a vector. terms: its words, an
    array of ``TERM`` as bytes, in the order of their keys.
    """

    article: str
    day: int | None
    language: str | None
    lead: str
    terms: bytes

    @property
    def foreign(self) -> bool:
        """Whether it is known to be in another language than English."""
        return self.language not in (None, "en")

    def table(self) -> NDArray[np.void]:
        """The terms, shape ``(n,)``, dtype ``TERM``."""
        return np.frombuffer(self.terms, TERM)

    def to_bytes(self) -> bytes:
        """The sketch in format 1, the same on every machine. Raises ValueError where the id is beyond 65,535 bytes."""
        id, language, lead = (
            part.encode("utf-8", "surrogatepass") for part in (self.article, self.language or "", self.lead)
        )
        if len(id) > 0xFFFF or len(language) > 0xFF or len(lead) > 0xFFFF:
            raise ValueError(f"an id, language or lead of {len(id)}, {len(language)}, {len(lead)} bytes is too long")
        held = id + language + lead + self.terms
        day = _UNDATED if self.day is None else self.day
        lengths = (len(id), len(language), len(lead), len(self.terms) // TERM.itemsize)
        return _HEAD.pack(FORMAT, crc32(struct.pack("<i4H", day, *lengths) + held), day, *lengths) + held

    @staticmethod
    def from_bytes(stored: bytes) -> "Sketch":
        """The sketch that was stored. Raises FormatError where the bytes are no sketch, or one of another format."""
        if len(stored) < _HEAD.size:
            raise FormatError(f"a stored sketch has {_HEAD.size} bytes and more, got {len(stored)}")
        if stored[0] != FORMAT:
            raise FormatError(f"a stored sketch of format {FORMAT} was wanted, got format {stored[0]}")
        _, check, day, *lengths = _HEAD.unpack_from(stored)
        held = stored[_HEAD.size :]
        if crc32(struct.pack("<i4H", day, *lengths) + held) != check:
            raise FormatError("a stored sketch does not agree with its check sum: it was cut or altered")
        ends = np.cumsum(lengths[:3]).tolist()
        id, language, lead = (
            held[start:end].decode("utf-8", "surrogatepass") for start, end in zip([0, *ends[:2]], ends, strict=True)
        )
        return Sketch(id, None if day == _UNDATED else day, language or None, lead, held[ends[2] :])


def sketch(article: Article, *, settings: Stories | None = None) -> Sketch:
    """The sketch of an article's title, standfirst and body; adverts, teasers and the like have no say.

    Pure: the same article gives the same bytes in any process.
    """
    settings = settings or Stories()
    title, body = _told(article, settings.read_characters)
    lead = " ".join(f"{title} {body[: 2 * settings.lead_characters]}".split())[: settings.lead_characters]
    return Sketch(article.id, _day(article.published), article.language, lead, _terms(title, body, settings))


def _told(article: Article, most: int) -> tuple[str, str]:
    title = "\n".join(article.text[part.start : part.end] for part in article.parts_of("title"))[:most]
    parts: list[str] = []
    left = most - len(title)
    for part in article.parts_of("standfirst", "body"):
        if left <= 0:
            break
        parts.append(article.text[part.start : min(part.end, part.start + left)])
        left -= part.end - part.start
    return title, "\n".join(parts)


def _day(published: Published | None) -> int | None:
    if published is None or published.precision not in _DATED:
        return None
    return published.at.toordinal()


def _terms(title: str, body: str, settings: Stories) -> bytes:
    """The weightiest words, counted."""
    told = forms(f"{title}\n\n{body}")
    titled = sum(1 for _ in WORD.finditer(title))
    counted = (told.kinds & SHORT == 0) & (told.rarities > settings.commonest * RARITY_STEPS)
    places = counted.nonzero()[0]
    # Equal words side by side, each run in reading order: what is counted of a word is a sum over its run.
    places = places[told.keys[places].argsort(kind="stable")]
    keys, kinds = told.keys[places], told.kinds[places]
    begins = np.ones(len(keys), np.bool_)
    begins[1:] = keys[1:] != keys[:-1]
    starts = begins.nonzero()[0]
    lead = places < titled + settings.lead_words
    named = (kinds & CAPITAL > 0) & ~told.opens[places]
    terms = np.zeros(len(starts), TERM)
    if len(keys):
        sums = np.add.reduceat(np.stack([lead, named, kinds & FIGURE], dtype=np.int64), starts, axis=1)
        terms["key"], terms["rarity"] = keys[starts], told.rarities[places[starts]]
        ends = np.append(starts[1:], len(keys))
        terms["count"] = np.minimum(ends - starts + sums[0], 255)
        terms["lead"] = np.minimum(sums[0], 255)
        terms["kind"] = NAME * (sums[1] > 0) + NUMBER * (sums[2] > 0)
    return _weightiest(terms, settings).tobytes()


def _weightiest(terms: NDArray[np.void], settings: Stories) -> NDArray[np.void]:
    if len(terms) <= settings.most_terms:
        return terms
    above = terms["rarity"] - settings.commonest * RARITY_STEPS
    weight = (1 + np.log(terms["count"])) * above * (1 + settings.name_bonus * (terms["kind"] > 0))
    return terms[np.sort(np.argsort(-weight, kind="stable")[: settings.most_terms])]
