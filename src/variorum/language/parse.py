"""spaCy's pass over an article: tokens and sentences with offsets into the whole text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum.config import Language as Settings
from variorum.language.models import pipeline
from variorum.records import Article, PartKind, Sentence, Span, Token
from variorum.text import lines, sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

ANALYSED: tuple[PartKind, ...] = ("title", "standfirst", "body", "caption")


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
            found.append(Line(Span(line.start, end), part.kind, sentences(article.text, line.start, end)))
    return tuple(found)


def parse(article: Article, found: tuple[Line, ...], settings: Settings) -> Parsed:
    """Run the pipeline over the lines. Each is read by itself, so that no sentence crosses a line."""
    nlp = pipeline(settings.pipeline)
    docs = [_bounded(nlp.make_doc(line.span.of(article.text)), line) for line in found]
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


def _bounded(doc: Doc, line: Line) -> Doc:
    """The tokenised line with its sentence starts fixed, so that the parser neither adds nor drops one."""
    starts = {span.start - line.span.start for span in line.sentences}
    for token in doc:
        token.is_sent_start = token.i == 0 or any(
            start in starts for start in range(token.idx, token.idx + len(token.text))
        )
    return doc
