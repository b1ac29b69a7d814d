"""The findings of an edition one by one, and which of them a judgement made earlier still speaks of.

A judgement outlives the edition it was made on: reports join, claims are grouped anew, ids change. One that is shown on
another finding than was meant is a false accusation, so it is shown only where nothing else can be meant, and is handed
back as unmatched otherwise.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from variorum.config.edition import Edition as Settings
from variorum.records import (
    Agreement,
    Article,
    Borrowing,
    Claim,
    Conflict,
    Edition,
    Finding,
    FindingKind,
    Judgement,
    Label,
    Lineage,
    Place,
    Reading,
    TimelineEntry,
    Utterance,
)
from variorum.text import digest

Key = tuple[FindingKind, str]

# Findings of several reports that stay what they are when a further report joins: what was judged is still in them.
_GROWING: frozenset[FindingKind] = frozenset(("claim", "conflict", "quotation", "voice", "story"))
# Findings that their reports and what they hold determine: the stretches may be any, as long as one is shared.
_BY_REPORTS: frozenset[FindingKind] = frozenset(("borrowing", "voice", "story"))

_AGREEMENTS: dict[Agreement, str] = {
    "base": "the base reading",
    "verbatim": "the same words as the base",
    "trimmed": "the base, shortened",
    "bracketed": "changed, and marked as changed",
    "altered": "other words than the base, with nothing to show it",
    "reported": "reported, not quoted",
}
_DIFFERS = "other words than the base; the readings differ"


def findings(
    edition: Edition, *, differing: Collection[str] = (), settings: Settings | None = None
) -> dict[Key, Finding]:
    """Every finding of an edition, by kind and id, in the order in which a page has them.

    differing: the ids of readings in other words than the base that pages do not call altered, because too few voices
    stand for the base; what is said of them is no more than that.
    """
    return {(found.kind, found.id): found for found in _Told(edition, differing, settings or Settings()).every()}


def reading_id(utterance: Utterance, reading: Reading) -> str:
    """The id of a reading among the findings: of its utterance and article, and its place where that has several."""
    id = f"{utterance.id}.{reading.article}"
    is_only = len({other.spans for other in utterance.readings if other.article == reading.article}) == 1
    return id if is_only else f"{id}.{reading.spans[0].start}-{reading.spans[-1].end}"


def borrowing_id(borrowing: Borrowing) -> str:
    """The id of a borrowing among the findings."""
    return f"{borrowing.a}-{borrowing.b}-{borrowing.kind}"


def lineage_id(lineage: Lineage) -> str:
    """The id of a lineage among the findings: a digest of its articles."""
    return digest("voice", *sorted(lineage.articles))


def label_id(label: Label) -> str:
    """The id of a label among the findings: a digest of who is called what where, and in whose voice."""
    return digest("label", label.name, label.article, label.text, str(label.own_voice))


def moment_id(entry: TimelineEntry) -> str:
    """The id of a timeline entry among the findings: a digest of its words' place and what they are dated."""
    return digest("moment", entry.article, str(entry.start), str(entry.end), entry.when)


def led(judgement: Judgement, to: Mapping[str, str]) -> str:
    """What a judged finding holds when its reports are others now. to: by article, the one that took its place."""
    if judgement.kind != "borrowing" or judgement.holds.count("\n") != 3:
        return judgement.holds
    kind, how, *ends = judgement.holds.split("\n")
    now = [to.get(end, end) for end in ends]
    return "\n".join((kind, how, *(now if how == "directed" else sorted(now))))


def matched(
    judgements: Iterable[Judgement],
    found: Mapping[Key, Finding],
    *,
    carried: Mapping[str, Judgement] | None = None,
    settings: Settings | None = None,
) -> tuple[dict[Key, tuple[Judgement, ...]], tuple[Judgement, ...]]:
    """Each judgement at the finding it speaks of, and those that speak of none.

    found: as :func:`findings` has it. carried: by id, judgements as they would rest on the texts that took the place of
    those they were made on; each is looked for by them, and given back as it is. A judgement stands on the finding of
    its kind that holds the same and, in every report it was made on, rests on much the same words. One made on several
    reports stands where others have joined them; one made on a single report does not, because a second report makes
    another finding of it. Where two findings fit equally well it stands on neither. The judgements of a finding, and
    those of none, are in the order in which they were made.
    """
    settings = settings or Settings()
    places: dict[tuple[FindingKind, str], list[Finding]] = defaultdict(list)
    for finding in found.values():
        for article in {place.article for place in finding.spans}:
            places[finding.kind, article].append(finding)
    standing: dict[Key, list[Judgement]] = {}
    unmatched = []
    for one in sorted(judgements, key=lambda one: (one.at, one.id)):
        meant = _meant((carried or {}).get(one.id, one), places, settings.judged_likeness)
        if meant is None:
            unmatched.append(one)
        else:
            standing.setdefault((meant.kind, meant.id), []).append(one)
    return {key: tuple(standing[key]) for key in found if key in standing}, tuple(unmatched)


def _meant(
    judgement: Judgement, places: Mapping[tuple[FindingKind, str], list[Finding]], least: float
) -> Finding | None:
    if not judgement.spans:
        return None
    near = places.get((judgement.kind, judgement.spans[0].article), ())
    if judgement.kind == "story" and judgement.verdict is None:
        # A star or a comment is of the story, whichever reports it has by now; only a verdict is of these reports.
        shared = [one for place in judgement.spans for one in places.get(("story", place.article), ())]
        return shared[0] if shared else None
    fitting = [(likeness, one) for one in near if (likeness := _likeness(judgement, one, least)) > 0]
    best = max((likeness for likeness, _ in fitting), default=0.0)
    meant = [one for likeness, one in fitting if likeness == best]
    return meant[0] if len(meant) == 1 else None


def _likeness(judgement: Judgement, finding: Finding, least: float) -> float:
    """How much of what a judgement was made on a finding rests on, in [0, 1]; 0 where it is another finding."""
    if judgement.holds != finding.holds:
        return 0.0
    judged, resting = _stretches(judgement.spans), _stretches(finding.spans)
    if not judged.keys() <= resting.keys():
        return 0.0
    may_grow = judgement.kind in _GROWING and len(judged) > 1
    if not may_grow and judged.keys() != resting.keys():
        return 0.0
    shares = [_share(judged[article], resting[article]) for article in judged]
    if judgement.kind in _BY_REPORTS:
        return sum(shares) / len(shares) if all(shares) else 0.0
    return sum(shares) / len(shares) if min(shares) >= least else 0.0


def _stretches(spans: Iterable[Place]) -> dict[str, list[tuple[int, int]]]:
    """By article, the stretches that do not overlap and cover the same characters."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place in sorted(spans, key=_order):
        held = found.setdefault(place.article, [])
        if held and place.start <= held[-1][1]:
            held[-1] = (held[-1][0], max(held[-1][1], place.end))
        else:
            held.append((place.start, place.end))
    return found


def _share(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> float:
    """Characters in both over characters in either."""
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    either = sum(end - start for start, end in (*one, *other)) - both
    return both / either if either else 0.0


def _order(place: Place) -> tuple[str, int, int]:
    return place.article, place.start, place.end


class _Told:
    """The findings of one edition, told one by one."""

    def __init__(self, edition: Edition, differing: Collection[str], settings: Settings) -> None:
        self._edition = edition
        self._differing = differing
        self._settings = settings
        self._articles = {article.id: article for article in edition.articles}
        self._names = {name.id: name.name for name in edition.names}

    def every(self) -> Iterator[Finding]:
        edition = self._edition
        whole = [_whole(article) for article in edition.articles]
        yield self._finding("story", edition.story.id, whole, "", edition.story.headline)
        yield from map(self._claim, edition.claims)
        yield from map(self._conflict, edition.conflicts)
        for utterance in edition.utterances:
            yield self._quotation(utterance)
            for reading in utterance.readings:
                yield self._reading(utterance, reading)
        yield from map(self._borrowing, edition.stemma.borrowings)
        yield from map(self._voice, edition.stemma.lineages)
        yield from map(self._label, edition.labels)
        yield from map(self._moment, edition.timeline)

    def _claim(self, claim: Claim) -> Finding:
        spans = [Place(voice.article, voice.start, voice.end) for voice in claim.voices]
        return self._finding("claim", claim.id, spans or [Place(claim.article, claim.start, claim.end)], "", claim.text)

    def _conflict(self, conflict: Conflict) -> Finding:
        spans = [place for position in conflict.positions for place in position.voices]
        values = sorted(position.value for position in conflict.positions)
        holds = "\n".join((conflict.kind, *(_plain(value) for value in values)))
        return self._finding("conflict", conflict.id, spans, holds, f"{conflict.about}: {' or '.join(values)}")

    def _quotation(self, utterance: Utterance) -> Finding:
        spans = [Place(r.article, span.start, span.end) for r in utterance.readings for span in r.spans]
        speaker = self._names.get(utterance.speaker or "") or utterance.speaker_text or ""
        says = f"{speaker or 'Somebody not named'}: “{utterance.readings[utterance.base].text}”"
        return self._finding("quotation", utterance.id, spans, _plain(speaker), says)

    def _reading(self, utterance: Utterance, reading: Reading) -> Finding:
        spans = [Place(reading.article, span.start, span.end) for span in reading.spans]
        variants = [f"{v.kind}: {_plain(v.base_text)} > {_plain(v.reading_text)}" for v in reading.variants]
        says = f"{self._outlet(reading.article)}: “{reading.text}”"
        id, holds = reading_id(utterance, reading), "\n".join((reading.agreement, *variants))
        tail = _DIFFERS if id in self._differing else _AGREEMENTS[reading.agreement]
        return self._finding("reading", id, spans, holds, says, tail=f": {tail}")

    def _borrowing(self, borrowing: Borrowing) -> Finding:
        a, b = borrowing.a, borrowing.b
        spans = [Place(a, one.a.start, one.a.end) for one in borrowing.spans]
        spans += [Place(b, one.b.start, one.b.end) for one in borrowing.spans]
        whole = [_whole(self._articles[id]) for id in (a, b)]
        ends = (a, b) if borrowing.directed else tuple(sorted((a, b)))
        how = "in the same words" if borrowing.kind == "verbatim" else "retold"
        tie = "gave to" if borrowing.directed else "and"
        says = f"{self._outlet(a)} {tie} {self._outlet(b)}: {how}"
        holds = "\n".join((borrowing.kind, "directed" if borrowing.directed else "undirected", *ends))
        return self._finding("borrowing", borrowing_id(borrowing), spans or whole, holds, says)

    def _voice(self, lineage: Lineage) -> Finding:
        spans = [_whole(self._articles[id]) for id in lineage.articles]
        outlets = ", ".join(self._outlet(id) for id in sorted(lineage.articles))
        origin = lineage.exemplar
        name = self._outlet(origin.name or "") if origin.kind == "article" else origin.name
        back = {"article": f"goes back to {name}", "agency": f"goes back to {name}", "none": "one voice"}
        says = f"{outlets}: {back.get(origin.kind, 'goes back to one text')}"
        return self._finding("voice", lineage_id(lineage), spans, "\n".join((origin.kind, origin.name or "")), says)

    def _label(self, label: Label) -> Finding:
        spans = [Place(label.article, span.start, span.end) for span in label.mentions]
        name, whose = self._names.get(label.name, label.name), "its own voice" if label.own_voice else "quoted words"
        holds = "\n".join((_plain(name), _plain(label.text), whose))
        says = f"{self._outlet(label.article)} on {name}: “{label.text}”, in {whose}"
        return self._finding("label", label_id(label), spans, holds, says)

    def _moment(self, entry: TimelineEntry) -> Finding:
        words = self._articles[entry.article].text[entry.start : entry.end]
        spans = [Place(entry.article, entry.start, entry.end)]
        return self._finding("moment", moment_id(entry), spans, entry.when, f"{entry.when}: “{words}”")

    def _outlet(self, article: str) -> str:
        return self._articles[article].outlet if article in self._articles else article

    def _finding(
        self, kind: FindingKind, id: str, spans: Iterable[Place], holds: str, says: str, *, tail: str = ""
    ) -> Finding:
        """The finding, its lines no longer than they may be. tail: what must stand at the end of ``says`` uncut."""
        most = self._settings.finding_letters
        line = " ".join(says.split())
        if len(line) + len(tail) > most:
            line = line[: most - len(tail) - 1].rstrip() + "…"
        if len(holds) > self._settings.holds_letters:
            holds = digest(holds)
        return Finding(kind, id, tuple(sorted(set(spans), key=_order)), holds, line + tail)


def _whole(article: Article) -> Place:
    return Place(article.id, 0, len(article.text))


def _plain(words: str) -> str:
    """Words in which case and white space do not count."""
    return " ".join(words.casefold().split())
