"""The descent of a collection on a terminal: who goes together, which way, and why."""

from collections.abc import Mapping, Sequence, Set

from rich.text import Text

from variorum.records import Article, Borrowing, Descended, Lineage
from variorum.render.screen import Screen
from variorum.render.screen_text import on_one_line
from variorum.render.wording import count, published

_MOST_LINEAGES = 12
_MOST_REPORTS = 12
_MOST_EDGES = 20


def show_descent(descended: Descended, screen: Screen) -> None:
    """Print lineages of several reports, then the edges that make them, then what shares only quotations."""
    articles = {article.id: article for article in descended.articles}
    lineages = descended.stemma.lineages
    screen.line(Text(f"{count(len(articles), 'article')}, {count(len(lineages), 'lineage')}", style="bold"))
    together = [
        one for one in enumerate(lineages, start=1) if len(one[1].articles) > 1 or one[1].exemplar.kind != "none"
    ]
    together.sort(key=lambda one: (-len(one[1].articles), one[0]))
    told = {reason.says for one in descended.stemma.borrowings for reason in one.reasons}
    if together:
        screen.line(Text())
        screen.heading("Lineages")
    copied = {id for one in descended.stemma.borrowings if _may_be_here(one) for id in (one.a, one.b)}
    for number, lineage in together[:_MOST_LINEAGES]:
        head = Text(f"Voice {number}: {count(len(lineage.articles), 'article')}", style="bold")
        head.append(f", {_origin(lineage, articles, copied)}", style="not bold")
        screen.flow(head, hang=3)
        _lineage(lineage, articles, told, screen)
    if len(together) > _MOST_LINEAGES:
        screen.line(Text(f"  … and {count(len(together) - _MOST_LINEAGES, 'lineage')} more", style="dim"))
    alone = [articles[one.articles[0]] for one in lineages if len(one.articles) == 1 and one.exemplar.kind == "none"]
    if together and alone:
        names = ", ".join(on_one_line(article.outlet) for article in alone)
        screen.flow(Text(f"Each by itself: {names}", style="dim"), hang=2, lines=6)
    _edges(descended.stemma.borrowings, articles, screen)
    _rest(descended, screen)


def _may_be_here(borrowing: Borrowing) -> bool:
    """Whether one of the two may be what the other was made from: they share text, or one holds all the other tells."""
    return borrowing.kind == "verbatim" or any(reason.kind == "contained" for reason in borrowing.reasons)


def _lineage(lineage: Lineage, articles: Mapping[str, Article], told: Set[str], screen: Screen) -> None:
    """Its articles, and what ties them besides the sentences ``told``, which are printed with the pairs."""
    for id in lineage.articles[:_MOST_REPORTS]:
        screen.flow(_report(articles[id]), indent=5, hang=2)
    if len(lineage.articles) > _MOST_REPORTS:
        screen.line(Text(f"     … and {count(len(lineage.articles) - _MOST_REPORTS, 'article')} more", style="dim"))
    for sentence in lineage.evidence:
        if sentence not in told:
            screen.flow(Text(on_one_line(sentence), style="dim"), indent=5, hang=2)


def _origin(lineage: Lineage, articles: Mapping[str, Article], copied: Set[str]) -> str:
    exemplar = lineage.exemplar
    if exemplar.kind == "article" and exemplar.name is not None:
        return f"from {on_one_line(articles[exemplar.name].outlet)}"
    if exemplar.kind == "agency":
        return f"from {on_one_line(exemplar.name or 'a news agency')}"
    if copied.isdisjoint(lineage.articles):
        return "from a report that is most likely not here"
    return "from one text; nothing shows whose"


def _report(article: Article) -> Text:
    made = Text(on_one_line(article.outlet))
    made.append(f"  {on_one_line(article.title or article.path or '')}", style="dim")
    if article.published is not None:
        made.append(f"  {published(article.published)}", style="dim")
    return made


def _edges(borrowings: Sequence[Borrowing], articles: Mapping[str, Article], screen: Screen) -> None:
    if not borrowings:
        return
    screen.line(Text())
    screen.heading("Who shares what", "→ gave to   – no telling which")
    for borrowing in sorted(borrowings, key=lambda one: -one.share)[:_MOST_EDGES]:
        made = Text(on_one_line(articles[borrowing.a].outlet))
        made.append(" → " if borrowing.directed else " – ")
        made.append(on_one_line(articles[borrowing.b].outlet))
        made.append(f"  {_share(borrowing)}", style="dim")
        screen.flow(made, hang=2)
        for reason in borrowing.reasons:
            screen.flow(Text(f"{on_one_line(reason.says)} ({reason.strength})", style="dim"), indent=6, lines=6)
    if len(borrowings) > _MOST_EDGES:
        screen.line(Text(f"  … and {count(len(borrowings) - _MOST_EDGES, 'pair')} more", style="dim"))


def _share(borrowing: Borrowing) -> str:
    percent = round(100 * borrowing.share)
    return f"copied, {percent} %" if borrowing.kind == "verbatim" else f"retold, {percent} % of its sentences"


def _rest(descended: Descended, screen: Screen) -> None:
    related = {frozenset((one.a, one.b)) for one in descended.stemma.borrowings}
    others = [one for one in descended.shared if frozenset((one.a, one.b)) not in related]
    screen.line(Text())
    if others:
        own = sum(bool(one.words) for one in others)
        shares = "shares" if len(others) == 1 else "share"
        told = (
            f"{count(len(others), 'other pair')} {shares} passages that make no borrowing: quotations, statements, "
            f"stock phrases{f'; {own:,} of them also a few words of their own' if own else ''}. --csv lists them all."
        )
        screen.flow(Text(told, style="dim"), indent=0, lines=3)
    if not descended.retellings:
        screen.flow(Text("Retellings were not looked for.", style="dim"), indent=0)
