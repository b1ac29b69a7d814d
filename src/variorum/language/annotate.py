"""One article through the parser, the encoder, the tagger and the readers of names, times and figures."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from variorum.config import Language as Settings
from variorum.language.attributions import attributions
from variorum.language.clauses import clauses
from variorum.language.figures import figures
from variorum.language.mentions import mentions
from variorum.language.parse import Line, analysed_lines, parse
from variorum.language.times import times
from variorum.language.vectors import Encoded, encode, pooled, pooled_within, stacked
from variorum.records import Annotation, Article, Attribution, PartKind, Span

Depth = Literal["full", "quotations"]
_AHEAD = 8  # articles whose encoders are set to work before the parser comes to them
_QUOTING: tuple[PartKind, ...] = ("title", "standfirst", "body")


@dataclass(frozen=True, slots=True)
class _Encodings:
    """What the two encoders say of one article: of its sentences, and of who is given which words."""

    sentences: dict[Span, Encoded]
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article whose encoders have been set to work. lines: those analysed, none for another language."""

    article: Article
    lines: tuple[Line, ...]
    encodings: Future[_Encodings]


def annotate(article: Article, *, settings: Settings | None = None) -> Annotation:
    """Everything the language pass says of one article.

    An article in another language than English gets an empty annotation. Raises ModelMissing when a
    pinned model is not installed.
    """
    return next(annotate_all((article,), settings=settings))


def annotate_all(
    articles: Iterable[Article],
    *,
    settings: Settings | None = None,
    depth: Depth = "full",
    tick: Callable[[int], None] | None = None,
) -> Iterator[Annotation]:
    """The annotations of the articles, in their order.

    depth: ``"quotations"`` leaves out clauses, times, figures and vectors, which no reader of one
    article's quotations asks for, and is that much quicker.
    The encoder and the tagger run in a thread of their own beside the parser: the three are the whole cost
    of an article, and the kernels of the first two leave the interpreter free. What comes out does not
    depend on it. Of a long row of articles only a few are held at a time.
    tick: called after each article with the number done.
    """
    settings = settings or Settings()
    waiting: deque[_Waiting] = deque()
    coming = iter(articles)
    done = 0
    with ThreadPoolExecutor(max_workers=1) as beside:
        try:
            while True:
                waiting.extend(_begun(one, beside, settings, depth) for one in islice(coming, _AHEAD - len(waiting)))
                if not waiting:
                    break
                yield _annotated(waiting.popleft(), settings, depth)
                done += 1
                if tick is not None:
                    tick(done)
        finally:
            for one in waiting:
                one.encodings.cancel()


def _begun(article: Article, beside: ThreadPoolExecutor, settings: Settings, depth: Depth) -> _Waiting:
    found = analysed_lines(article, settings) if article.language in ("en", None) else ()
    return _Waiting(article, found, beside.submit(_encoded, article.text, found, settings, depth))


def _encoded(text: str, found: Sequence[Line], settings: Settings, depth: Depth) -> _Encodings:
    wanted = [span for line in found for span in line.sentences] if depth == "full" else []
    return _Encodings(
        {span: encode(span.of(text), longest=settings.longest_sentence) for span in wanted},
        attributions(text, [line.span for line in found if line.part in _QUOTING], settings),
    )


def _annotated(waiting: _Waiting, settings: Settings, depth: Depth) -> Annotation:
    article, found = waiting.article, waiting.lines
    if not found:
        return Annotation(article.id)
    parsed = parse(article, found, settings)
    stretches = [line.span for line in found]
    names = mentions(article, parsed.names, stretches)
    if depth == "quotations":
        attributed = waiting.encodings.result().attributions
        return Annotation(article.id, parsed.tokens, parsed.sentences, names=names, attributions=attributed)
    parts = clauses(parsed.tokens, parsed.sentences, shortest=settings.shortest_clause)
    when = times(article, parsed.tokens, stretches)
    taken = [Span(time.start, time.end) for time in when]
    taken += [Span(name.start, name.end) for name in names]
    counts = figures(article, parsed.tokens, stretches, taken)
    encodings = waiting.encodings.result()
    rows = [_held(encodings, sentence.span, article.text, settings) for sentence in parsed.sentences]
    clause_rows = []
    for clause in parts:
        start, encoded = rows[clause.sentence]
        within = Span(max(0, clause.start - start), max(0, clause.end - start))
        clause_rows.append(pooled_within(encoded, within))
    return Annotation(
        article=article.id,
        tokens=parsed.tokens,
        sentences=parsed.sentences,
        clauses=parts,
        names=names,
        times=when,
        figures=counts,
        attributions=encodings.attributions,
        vectors=stacked([pooled(encoded) for _, encoded in rows]),
        clause_vectors=stacked(clause_rows),
    )


def _held(encodings: _Encodings, span: Span, text: str, settings: Settings) -> tuple[int, Encoded]:
    """The encoding of the sentence, and the offset it was encoded from.

    The tokeniser may see a word reach over a sentence start that the rules set (a missing space); then
    the sentence as parsed is encoded afresh.
    """
    held = encodings.sentences.get(span)
    if held is not None:
        return span.start, held
    return span.start, encode(span.of(text), longest=settings.longest_sentence)
