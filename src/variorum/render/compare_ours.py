"""One outlet's side of a comparison: which report it is, and what concerns it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from variorum.errors import UsageError
from variorum.records import Article
from variorum.render.compare_view import Compared, ReportedAlone
from variorum.render.screen_text import on_one_line


def narrowed_to(asked: str, stories: Sequence[Compared], loners: Sequence[Article] = ()) -> list[Compared]:
    """The stories that hold the report asked for, each narrowed to it.

    asked: an outlet as it is named, a file's path, name or stem, or a letter; case does not count. An outlet may have a
    report in each of several stories; a letter, which is another outlet in each, counts only where there is one story.
    Returns nothing where the report is among ``loners``, which share no story. Raises UsageError, naming the reports
    there are, where none is meant or it is open which.
    """
    for is_meant in (_is_outlet, _is_file, _is_siglum):
        found = [
            (story, article) for story in stories for article in story.edition.articles if is_meant(article, asked)
        ]
        if not found:
            continue
        if len({id(story) for story, _ in found}) < len(found) or (is_meant is _is_siglum and len(stories) > 1):
            raise UsageError(f"--ours {asked!r} may be any of {_listed(article for _, article in found)}")
        return [narrowed(story, article) for story, article in found]
    if any(_is_outlet(article, asked) or _is_file(article, asked) for article in loners):
        return []
    here = [article for story in stories for article in story.edition.articles]
    raise UsageError(f"--ours {asked!r} is none of the reports; they are {_listed([*here, *loners])}")


def _is_outlet(article: Article, asked: str) -> bool:
    return article.outlet.casefold() == asked.casefold()


def _is_file(article: Article, asked: str) -> bool:
    if article.path is None:
        return False
    path = PurePath(article.path)
    return asked.casefold() in (article.path.casefold(), path.name.casefold(), path.stem.casefold())


def _is_siglum(article: Article, asked: str) -> bool:
    return article.siglum is not None and article.siglum.casefold() == asked.casefold()


def _listed(articles: Iterable[Article]) -> str:
    return ", ".join(_described(article) for article in articles)


def _described(article: Article) -> str:
    letter = f"{article.siglum} " if article.siglum else ""
    file = f" ({article.path})" if article.path else ""
    return on_one_line(f"{letter}{article.outlet}{file}")


def narrowed(whole: Compared, ours: Article) -> Compared:
    """What concerns one report of the comparison.

    What others have and it lacks, what only its lineage has (in its own order), the disputes it has a side in, the
    agreed claims it carries, the speakers it hears.
    """
    alone = [told for one in whole.only_in for told in one.claims if told.has(ours)]
    alone.sort(key=lambda told: min(s.start for s in told.statements if s.article is ours))
    return replace(
        whole,
        ours=ours,
        agreed=tuple(told for told in whole.agreed if told.has(ours)),
        disputed=tuple(one for one in whole.disputed if any(side.has(ours) for side in one.sides)),
        only_in=(ReportedAlone(ours, tuple(alone)),) if alone else (),
        left_out=tuple(one for one in whole.left_out if one.article is ours),
        heard=tuple(one for one in whole.heard if any(here.article is ours for here in one.reports)),
        treatments=tuple(one for one in whole.treatments if one.article is ours),
    )
