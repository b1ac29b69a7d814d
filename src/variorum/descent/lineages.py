"""Reports that go back to one exemplar, and what the exemplar is."""

from collections import Counter
from collections.abc import Mapping, Sequence

from variorum.descent.direction import Direction, credited, is_agency
from variorum.descent.edges import Edge
from variorum.records import Article, Exemplar, Lineage


def lineages(
    articles: Sequence[Article], edges: Sequence[Edge], directions: Mapping[Edge, Direction]
) -> tuple[Lineage, ...]:
    """One lineage for each set of reports that edges join, in the order of the first report of each.

    A report that no edge joins is a lineage by itself, whatever it credits: two reports with the same agency's
    credit and nothing else in common may go back to two of its stories.
    """
    found = []
    for members in _connected(len(articles), edges):
        inside = [edge for edge in edges if edge.a in members]
        exemplar, why = _exemplar(members, articles, inside, directions)
        evidence = [_shared(edge, articles) for edge in inside]
        evidence.extend(directions[edge].reason for edge in inside if edge in directions)
        evidence.extend(why)
        found.append(
            Lineage(tuple(articles[member].id for member in members), exemplar, tuple(dict.fromkeys(evidence)))
        )
    return tuple(found)


def _connected(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    group = list(range(count))
    for edge in edges:
        low, high = sorted((group[edge.a], group[edge.b]))
        group = [low if one == high else one for one in group]
    members: dict[int, list[int]] = {}
    for index, one in enumerate(group):
        members.setdefault(one, []).append(index)
    return list(members.values())


def _exemplar(
    members: Sequence[int], articles: Sequence[Article], edges: Sequence[Edge], directions: Mapping[Edge, Direction]
) -> tuple[Exemplar, list[str]]:
    """What the members go back to, and the sentences that say why."""
    reports = [articles[member] for member in members]
    agency = _agency(reports)
    if agency is not None:
        return Exemplar("agency", agency), _credits(reports, agency)
    if len(members) == 1:
        return Exemplar("none", None), []
    origin = _origin(members, edges, directions)
    if origin is not None:
        return Exemplar("article", articles[origin].id), []
    if all(edge.kind == "retold" for edge in edges):
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


def _origin(members: Sequence[int], edges: Sequence[Edge], directions: Mapping[Edge, Direction]) -> int | None:
    """The one member from which evidence leads to all others, and to which none leads."""
    gives: dict[int, set[int]] = {member: set() for member in members}
    taking = set()
    for edge in edges:
        if edge in directions:
            gives[directions[edge].giver].add(directions[edge].taker)
            taking.add(directions[edge].taker)
    for member in members:
        reached, ahead = {member}, [member]
        while ahead:
            onward = gives[ahead.pop()] - reached
            reached |= onward
            ahead.extend(sorted(onward))
        if member not in taking and len(reached) == len(members):
            return member
    return None


def _shared(edge: Edge, articles: Sequence[Article]) -> str:
    pair = f"{articles[edge.a].outlet} and {articles[edge.b].outlet}"
    if edge.kind == "verbatim":
        count = len(edge.passages)
        passages = "1 passage" if count == 1 else f"{count} passages"
        share = round(100 * max(edge.a_share, edge.b_share))
        return f"{pair} share {passages} outside quotations, {edge.words} words, {share} % of the shorter."
    return (
        f"{pair} tell the same in {edge.sentences} sentences that follow each other in the same order, out of "
        f"{edge.whole} in the shorter; of the pairs of independent reports this was set on, fewer than 1 in 100 "
        "agree so closely."
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
