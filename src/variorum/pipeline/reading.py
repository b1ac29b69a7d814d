"""Paths in; editions, quotations or descent out."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from variorum import claims, coverage, descent, edition, ingest, language, quotations, registry, stories
from variorum.config import Settings
from variorum.edition.seal import seal_all
from variorum.records import (
    Annotation,
    Article,
    Descended,
    Edition,
    Editions,
    Quoted,
    Refusal,
    Shared,
    Stemma,
    Story,
)

Watch = Callable[[str, int, int], None]
"""Told of progress: what is being done, how much of it is done, how much there is in all."""


def read(
    paths: Iterable[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> Editions:
    """Read reports and make the critical edition of every story among them.

    paths: files and folders (folders are read with all they hold), or ``-`` for ``stdin``; one path
    may stand by itself. watch: called with progress.
    What cannot be read is in ``refused`` with its reason, and never stops the rest. Articles that
    share no story are in ``alone``. Raises ModelMissing when a pinned model is not installed.
    """
    settings = settings or Settings()
    registry.show_editions_with(drawn)
    asked = [paths] if isinstance(paths, str | Path) else list(paths)
    intake = ingest.read(asked, settings=settings.ingest, stdin=stdin, tick=_tick(watch, "Reading"))
    gathering = stories.gather(intake.articles, settings=settings.stories, encode=language.lead_vector)
    made = tuple(edition_of(story, settings, watch) for story in gathering.stories)
    alone = set(gathering.alone)
    loners = tuple(article for article in intake.articles if article.id in alone)
    return seal_all(Editions(made, gathering.alone, intake.refused, loners))


def quotes(
    paths: Iterable[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> Iterator[Quoted | Refusal]:
    """The quotations of article after article, and what is refused, in the order of the paths.

    Arguments as for :func:`read`. Each article is read for itself, and only a few are held at a time, so that a
    folder may hold any number. Raises ModelMissing when a pinned model is not installed.
    """
    settings = settings or Settings()
    asked = [paths] if isinstance(paths, str | Path) else list(paths)
    taken = ingest.stream(asked, settings=settings.ingest, stdin=stdin, tick=_tick(watch, "Reading"))
    return _quoted(taken, settings)


def quotes_of_all(texts: Iterable[str], *, settings: Settings | None = None) -> list[Quoted]:
    """The quotations of texts at hand; offsets are those of each text."""
    settings = settings or Settings()
    articles = (ingest.article_of(text, settings=settings.ingest) for text in texts)
    return [one for one in _quoted(articles, settings) if isinstance(one, Quoted)]


def trace(
    paths: Iterable[str | Path] | str | Path,
    *,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
    retellings: bool = True,
) -> Descended:
    """Who borrowed from whom among any articles, of one story or of a whole archive.

    Arguments as for :func:`read`. Shared words are looked for among all articles at once; retellings only among
    articles that tell one event or share text, for they need the models, and where ``retellings`` asks for them.
    Raises ModelMissing when a pinned model is wanted and not installed.
    """
    settings = settings or Settings()
    asked = [paths] if isinstance(paths, str | Path) else list(paths)
    intake = ingest.read(asked, settings=settings.ingest, stdin=stdin, tick=_tick(watch, "Reading"))
    readable = [article for article in intake.articles if article.language in (None, "en")]
    shared = tuple(descent.share(readable, settings=settings.descent, tick=_done(watch, "Comparing", len(readable))))
    gathered: tuple[Story, ...] = ()
    annotations: dict[str, Annotation] = {}
    groups = descent.groups(intake.articles, shared, (), settings=settings.descent)
    if retellings:
        gathering = stories.gather(readable, settings=settings.stories, encode=language.lead_vector)
        gathered = tuple(story for story in gathering.stories if len(story.articles) > 1)
        groups = descent.groups(intake.articles, shared, gathered, settings=settings.descent)
        wanted = [article for group in groups if len(group.articles) > 1 for article in group.articles]
        told = language.annotate_all(wanted, settings=settings.language, tick=_done(watch, "Analysing", len(wanted)))
        annotations = {annotation.article: annotation for annotation in told}
    inside = _by_group(groups, shared)
    stemmata = [
        descent.trace(group, annotations, shared=found, settings=settings.descent)
        for group, found in zip(groups, inside, strict=True)
    ]
    return Descended(
        tuple(article for group in groups for article in group.articles),
        Stemma(
            tuple(borrowing for stemma in stemmata for borrowing in stemma.borrowings),
            tuple(lineage for stemma in stemmata for lineage in stemma.lineages),
        ),
        shared,
        tuple(tuple(article.id for article in story.articles) for story in gathered),
        retellings,
        intake.refused,
    )


def _by_group(groups: Iterable[Story], shared: Iterable[Shared]) -> list[list[Shared]]:
    """What pairs share, for each group; pairs that no group holds are left out."""
    found: list[list[Shared]] = []
    at: dict[str, int] = {}
    for group in groups:
        at.update((article.id, len(found)) for article in group.articles)
        found.append([])
    for one in shared:
        if at[one.a] == at[one.b]:
            found[at[one.a]].append(one)
    return found


def _done(watch: Watch | None, doing: str, total: int) -> Callable[[int], None] | None:
    return None if watch is None else lambda done: watch(doing, done, total)


def _quoted(taken: Iterator[Article | Refusal], settings: Settings) -> Iterator[Quoted | Refusal]:
    passed: deque[Article | Refusal] = deque()

    def articles() -> Iterator[Article]:
        for one in taken:
            passed.append(one)
            if isinstance(one, Article):
                yield one

    for annotation in language.annotate_all(articles(), settings=settings.language, depth="quotations"):
        while isinstance(article := passed.popleft(), Refusal):
            yield article
        names = language.resolve((article,), {article.id: annotation})
        yield quotations.quote(article, annotation, names, settings=settings.quotations)
    yield from (one for one in passed if isinstance(one, Refusal))


def edition_of(
    story: Story,
    settings: Settings,
    watch: Watch | None = None,
    *,
    known: Mapping[str, Annotation] | None = None,
    learnt: Callable[[Annotation], None] | None = None,
) -> Edition:
    """The edition of one story, not sealed yet.

    known: annotations at hand, by article id, which need not be made. learnt: told of each one that is made.
    """
    annotations = dict(known or {})
    wanted = [article for article in story.articles if article.id not in annotations]
    tick = _done(watch, "Analysing", len(wanted))
    for annotation in language.annotate_all(wanted, settings=settings.language, tick=tick):
        annotations[annotation.article] = annotation
        if learnt is not None:
            learnt(annotation)
    names = language.resolve(story.articles, annotations)
    _say(watch, "Comparing", 0)
    stemma = descent.trace(story, annotations, settings=settings.descent)
    _say(watch, "Comparing", 1)
    utterances = quotations.collate(story, annotations, names, stemma, settings=settings.quotations)
    _say(watch, "Comparing", 2)
    comparison = claims.compare(story, annotations, names, utterances, stemma, settings=settings.claims)
    _say(watch, "Comparing", 3)
    tabulation = coverage.tabulate(
        story, annotations, names, comparison, utterances, stemma, settings=settings.coverage
    )
    composed = edition.compose(
        story, annotations, names, stemma, utterances, comparison, tabulation, settings=settings.edition
    )
    _say(watch, "Comparing", 4)
    return composed


def _tick(watch: Watch | None, doing: str) -> Callable[[int, int], None] | None:
    if watch is None:
        return None
    return lambda done, total: watch(doing, done, total)


def _say(watch: Watch | None, doing: str, done: int) -> None:
    if watch is not None:
        watch(doing, done, 4)


def drawn(shown: object) -> str:
    """An edition, or several, as HTML for a notebook."""
    from variorum.render import html

    if isinstance(shown, Edition):
        return html.fragment(shown)
    return html.fragments(shown) if isinstance(shown, Editions) else ""
