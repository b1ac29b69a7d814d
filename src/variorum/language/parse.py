"""spaCy's pass over an article: tokens and sentences with offsets into the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from variorum.config import Language as Settings
from variorum.language.models import pipeline
from variorum.records import Article, PartKind, Sentence, Span, Token
from variorum.text import lines, sentences, trimmed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ANALYSED: tuple[PartKind, ...] = ("title", "standfirst", "body", "caption")

# The tokeniser takes marks off an unbroken run one by one, which is quadratic in its length; no word and
# few addresses have as many code points.
_UNBROKEN = re.compile(r"\S{200}")


@dataclass(frozen=True, slots=True)
class RawName:
    """A name as the pipeline's own recogniser found it. label: its OntoNotes label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """Tokens and sentences of the analysed parts, and the recogniser's names."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[RawName, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is analysed, with its sentences."""

    span: Span
    part: PartKind
    sentences: tuple[Span, ...]


def analysed_lines(article: Article, settings: Settings) -> tuple[Line, ...]:
    """The lines of the parts that are analysed, bounded in length, with their sentence spans."""
    found: list[Line] = []
    for part in article.parts_of(*ANALYSED):
        for line in lines(article.text, part.start, min(part.end, settings.longest_article)):
            end = min(line.end, line.start + settings.longest_line)
            spans = sentences(article.text, line.start, end)
            found.append(Line(Span(line.start, end), part.kind, tuple(_divided(article.text, spans, settings))))
    return tuple(found)


def _divided(text: str, spans: Iterable[Span], settings: Settings) -> Iterable[Span]:
    """The sentences, those past the bound divided at white space where there is any."""
    for span in spans:
        start = span.start
        while span.end - start > settings.longest_undivided:
            limit = start + settings.longest_undivided
            cut = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
            if len(piece := trimmed(text, start, cut)):
                yield piece
            start = trimmed(text, cut, span.end).start
        yield Span(start, span.end)


def parse(article: Article, found: tuple[Line, ...], settings: Settings) -> Parsed:
    """Run the pipeline over the lines. Each is read by itself, so that no sentence crosses a line."""
    nlp = pipeline(settings.pipeline)
    docs = [_bounded(_tokenised(nlp, line.span.of(article.text)), line) for line in found]
    tokens: list[Token] = []
    placed: list[Sentence] = []
    names: list[RawName] = []
    for line, doc in zip(found, nlp.pipe(docs, batch_size=64), strict=True):
        offset = line.span.start
        for sent in doc.sents:
            words = [token for token in sent if not token.is_space]
            if not words:
                continue
            index = {token.i: len(tokens) + at for at, token in enumerate(words)}
            first = len(tokens)
            tokens.extend(
                Token(
                    start=offset + token.idx,
                    end=offset + token.idx + len(token.text),
                    text=token.text,
                    lemma=token.lemma_.casefold(),
                    pos=token.pos_,
                    tag=token.tag_,
                    dep=token.dep_,
                    head=index.get(token.head.i, index[token.i]),
                    sentence=len(placed),
                )
                for token in words
            )
            placed.append(Sentence(tokens[first].start, tokens[-1].end, first, len(tokens), line.part))
        names.extend(RawName(offset + ent.start_char, offset + ent.end_char, ent.label_) for ent in doc.ents)
    return Parsed(tuple(tokens), tuple(placed), tuple(names))


def _tokenised(nlp: Language, text: str) -> Doc:
    """The line's tokens; an unbroken run past the bound is read in pieces."""
    cuts = [0, *(match.end() for match in _UNBROKEN.finditer(text)), len(text)]
    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise(cuts) if start < end]
    if len(pieces) == 1:
        return pieces[0]
    tokens = [token for piece in pieces for token in piece]
    words, spaces = [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
    doc = type(pieces[0])(nlp.vocab, words=words, spaces=spaces)
    norms: Any = np.array([token.norm for token in tokens], dtype=np.uint64)
    return doc.from_array(["NORM"], norms)


def _bounded(doc: Doc, line: Line) -> Doc:
    """The tokenised line with its sentence starts fixed, so that the parser neither adds nor drops one."""
    starts = {span.start - line.span.start for span in line.sentences}
    begins = [
        token.i == 0 or any(start in starts for start in range(token.idx, token.idx + len(token.text))) for token in doc
    ]
    # In one go: setting it on a token looks through the whole line for a parse.
    marks: Any = np.where(begins, 1, -1).astype(np.uint64)
    return doc.from_array(["SENT_START"], marks)
