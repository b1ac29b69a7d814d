"""One article through the parser, the encoder and the readers of names, times and figures."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from variorum.config import Language as Settings
from variorum.language.clauses import clauses
from variorum.language.figures import figures
from variorum.language.mentions import mentions
from variorum.language.parse import Line, analysed_lines, parse
from variorum.language.times import times
from variorum.language.vectors import Encoded, encode, pooled, pooled_within, stacked
from variorum.records import Annotation, Article, Span

_Encodings = dict[Span, Encoded]


def annotate(article: Article, *, settings: Settings | None = None) -> Annotation:
    """Everything the language pass says of one article.

    An article in another language than English gets an empty annotation. Raises ModelMissing when a
    pinned model is not installed.
    """
    return next(annotate_all((article,), settings=settings))


def annotate_all(
    articles: Sequence[Article], *, settings: Settings | None = None, tick: Callable[[int, int], None] | None = None
) -> Iterator[Annotation]:
    """The annotations of the articles, in their order.

    The encoder runs in a thread of its own beside the parser: the two are the whole cost of an
    article, and the encoder's kernels leave the interpreter free. What comes out does not depend on it.
    tick: called after each article with the number done and the number in all.
    """
    settings = settings or Settings()
    prepared = [analysed_lines(article, settings) if _is_analysed(article) else () for article in articles]
    with ThreadPoolExecutor(max_workers=1) as beside:
        waiting: list[Future[_Encodings]] = [
            beside.submit(_encoded, article.text, found, settings.longest_sentence)
            for article, found in zip(articles, prepared, strict=True)
        ]
        try:
            for done, (article, found, encodings) in enumerate(zip(articles, prepared, waiting, strict=True), 1):
                yield _annotated(article, found, encodings, settings)
                if tick is not None:
                    tick(done, len(articles))
        finally:
            for future in waiting:
                future.cancel()


def _is_analysed(article: Article) -> bool:
    return article.language in ("en", None)


def _encoded(text: str, found: Sequence[Line], longest: int) -> _Encodings:
    return {span: encode(span.of(text), longest=longest) for line in found for span in line.sentences}


def _annotated(
    article: Article, found: tuple[Line, ...], waiting: "Future[_Encodings]", settings: Settings
) -> Annotation:
    if not found:
        return Annotation(article.id)
    parsed = parse(article, found, settings)
    parts = clauses(parsed.tokens, parsed.sentences, shortest=settings.shortest_clause)
    stretches = [line.span for line in found]
    names = mentions(article, parsed.names, stretches)
    when = times(article, parsed.tokens, stretches)
    taken = [Span(time.start, time.end) for time in when]
    taken += [Span(name.start, name.end) for name in names]
    counts = figures(article, parsed.tokens, stretches, taken)
    encodings = waiting.result()
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
        vectors=stacked([pooled(encoded) for _, encoded in rows]),
        clause_vectors=stacked(clause_rows),
    )


def _held(encodings: _Encodings, span: Span, text: str, settings: Settings) -> tuple[int, Encoded]:
    """The encoding of the sentence, and the offset it was encoded from.

    The tokeniser may see a word reach over a sentence start that the rules set (a missing space); then
    the sentence as parsed is encoded afresh.
    """
    held = encodings.get(span)
    if held is not None:
        return span.start, held
    return span.start, encode(span.of(text), longest=settings.longest_sentence)
