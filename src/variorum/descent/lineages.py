"""Reports that go back to one exemplar, and what the exemplar is."""

from collections import Counter
from collections.abc import Iterable, Sequence

from variorum.descent.direction import credited, is_agency
from variorum.records import Article, Borrowing, Exemplar, Lineage


def lineages(articles: Sequence[Article], borrowings: Sequence[Borrowing]) -> tuple[Lineage, ...]:
    """One lineage for each set of reports that borrowings join, in the order of the first report of each.

    A report that nothing joins is a lineage by itself, whatever it credits: two reports with the same agency's
    credit and nothing else in common may go back to two of its stories.
    """
    at = {article.id: index for index, article in enumerate(articles)}
    inside: dict[int, list[Borrowing]] = {}
    groups = connected(len(articles), ((at[one.a], at[one.b]) for one in borrowings))
    for borrowing in borrowings:
        inside.setdefault(groups[at[borrowing.a]], []).append(borrowing)
    members: dict[int, list[Article]] = {}
    for index, article in enumerate(articles):
        members.setdefault(groups[index], []).append(article)
    return tuple(_lineage(reports, inside.get(group, [])) for group, reports in members.items())


def connected(count: int, ties: Iterable[tuple[int, int]]) -> list[int]:
    """For each of ``count`` things the least one it is joined with, itself where nothing joins it."""
    leader = list(range(count))

    def first(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for one, other in ties:
        low, high = sorted((first(one), first(other)))
        leader[high] = low
    return [first(index) for index in range(count)]


def _lineage(reports: Sequence[Article], borrowings: Sequence[Borrowing]) -> Lineage:
    exemplar, why = _exemplar(reports, borrowings)
    ties = [borrowing.reasons[0].says for borrowing in borrowings]
    ways = [one.says for borrowing in borrowings if borrowing.directed for one in borrowing.reasons if one.giver]
    return Lineage(tuple(one.id for one in reports), exemplar, tuple(dict.fromkeys([*ties, *ways, *why])))


def _exemplar(reports: Sequence[Article], borrowings: Sequence[Borrowing]) -> tuple[Exemplar, list[str]]:
    """What the reports go back to, and the sentences that say why."""
    agency = _agency(reports)
    if agency is not None:
        return Exemplar("agency", agency), _credits(reports, agency)
    if len(reports) == 1:
        return Exemplar("none", None), []
    origin = _origin([article.id for article in reports], borrowings)
    if origin is not None:
        return Exemplar("article", origin), []
    if any(one.kind == "contained" for borrowing in borrowings for one in borrowing.reasons):
        return Exemplar("lost", None), [
            "Nothing shows for certain whether one of them is what the others were made from, or whether they go back "
            "to a report that is not in the collection."
        ]
    if all(borrowing.kind == "retold" for borrowing in borrowings):
        return Exemplar("lost", None), [
            "Nothing shows that one of them follows the other; most likely they retell a report that is not in the "
            "collection."
        ]
    return Exemplar("lost", None), [
        "Nothing shows which of them had the text first, or whether it comes from a report that is not in the "
        "collection."
    ]


def _agency(articles: Sequence[Article]) -> str | None:
    """The agency most of the articles credit, by its outlet's name where that is among them.

    Of several credited equally often the first: in "(dpa/NAN)" the second passes on what the first wrote.
    """
    counts = Counter(agency for article in articles for agency in credited(article))
    if not counts:
        return None
    agency = max(counts, key=lambda name: counts[name])
    return next((article.outlet for article in articles if is_agency(article.outlet, agency)), agency)


def _credits(articles: Sequence[Article], agency: str) -> list[str]:
    sentences = []
    for article in articles:
        if article.outlet == agency:
            sentences.append(f"{agency} is a news agency, and its own report is in the collection.")
            continue
        names = [agency if is_agency(agency, name) else name for name in credited(article)]
        if names:
            sentences.append(f"{article.outlet} credits {_listed(names)} for the text.")
    return sentences


def _origin(members: Sequence[str], borrowings: Sequence[Borrowing]) -> str | None:
    """The one report from which evidence leads to all others, and to which none leads."""
    gives: dict[str, set[str]] = {member: set() for member in members}
    for borrowing in borrowings:
        if borrowing.directed:
            gives[borrowing.a].add(borrowing.b)
    taking = set().union(*gives.values())
    for member in members:
        reached, ahead = {member}, [member]
        while ahead:
            onward = gives[ahead.pop()] - reached
            reached |= onward
            ahead.extend(sorted(onward))
        if member not in taking and len(reached) == len(members):
            return member
    return None


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
