"""Names over a whole story: one person, place or body is one name, however each report writes it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from variorum.language.glosses import SMALL_WORDS, glosses
from variorum.language.parse import ANALYSED
from variorum.records import Annotation, Article, Name, NameForm, NameKind, Place
from variorum.text import digest, lines, rarity, words

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_TWO_NAMES = (
    frozenset(("uk", "united kingdom", "britain", "great britain")),
    frozenset(("us", "usa", "united states", "united states of america")),
    frozenset(("uae", "united arab emirates", "emirates")),
    frozenset(("eu", "european union")),
    frozenset(("un", "united nations")),
    frozenset(("myanmar", "burma")),
    frozenset(("holland", "netherlands")),
    frozenset(("czechia", "czech republic")),
    frozenset(("turkey", "turkiye")),
    frozenset(("ivory coast", "cote d'ivoire")),
)
_COMMON = 3.5  # rarity below which a single word is too ordinary to be taken for a name that was missed


@dataclass(frozen=True, slots=True)
class _Mention:
    """One mention, with its folded words. Two mentions of one article with one key share a fate."""

    place: Place
    text: str
    key: tuple[str, ...]
    kind: NameKind


class _Families:
    """Union-find over (article, key); the smaller root wins, so the order of joining does not matter."""

    def __init__(self) -> None:
        self._above: dict[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]] = {}

    def of(self, node: tuple[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
        self._above.setdefault(node, node)
        while self._above[node] != node:
            self._above[node] = self._above[self._above[node]]
            node = self._above[node]
        return node

    def join(self, one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self._above[high] = low


def resolve(articles: Sequence[Article], annotations: Mapping[str, Annotation]) -> tuple[Name, ...]:
    """The names of a story, most mentioned first.

    Titles, bare last names, acronyms with their expansions, longer and shorter forms and spelling
    variants are brought together where only one reading is possible; a last name two people share is
    resolved inside an article that names only one of them, and else stands by itself. The kind is voted
    over all mentions.
    """
    found = _mentions(articles, annotations)
    pairs = [gloss for article in articles for gloss in _glosses(article)]
    families = _Families()
    for mention in found:
        families.of((mention.place.article, mention.key))
    _join_equal(found, families)
    _join_known(found, families)
    kinds = _kinds(found)
    _join_acronyms(found, pairs, families)
    _join_longer(found, kinds, families)
    _join_persons(found, kinds, families)
    _join_variants(found, kinds, families)
    groups: dict[tuple[str, tuple[str, ...]], list[_Mention]] = defaultdict(list)
    for mention in found:
        groups[families.of((mention.place.article, mention.key))].append(mention)
    names = [_name(group) for group in groups.values()]
    return tuple(sorted(names, key=lambda name: (-len(name.mentions), name.name, name.id)))


def _key(text: str) -> tuple[str, ...]:
    keys = tuple(word.key for word in words(text))
    return keys[1:] if len(keys) > 1 and keys[0] == "the" else keys


def _mentions(articles: Sequence[Article], annotations: Mapping[str, Annotation]) -> list[_Mention]:
    """Every mention of every article, those that only another article's recogniser found included."""
    found: list[_Mention] = []
    kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
    known_forms = {name.text for article in articles for name in annotations[article.id].names}
    single = {
        article.id: [name for name in annotations[article.id].names if not _compound(name.text, known_forms)]
        for article in articles
    }
    for article in articles:
        for name in single[article.id]:
            kinds[name.text][name.kind] += 1
            key = _key(name.text)
            if key:
                found.append(_Mention(Place(article.id, name.start, name.end), name.text, key, name.kind))
    for article in articles:
        for short, long in _glosses(article):
            if any(form in kinds for form in (short, long)):
                known = kinds[short] + kinds[long]
                kinds[short].update(known)
                kinds[long].update(known)
    wanted = {form for form in kinds if _telling(form)}
    if not wanted:
        return found
    ordered = sorted(wanted, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w-]|\.\w)")
    loose = [form for form in ordered if " " in form and kinds[form].most_common(1)[0][0] == "organisation"]
    folded = {form.casefold(): form for form in reversed(loose)}
    # A body named with its country is called without it too: "US State Department", "the state department".
    for form in loose:
        head, _, tail = form.partition(" ")
        if " " in tail and head in kinds and _most(kinds[head]) in ("place", "group"):
            folded.setdefault(tail.casefold(), form)
    any_case = (
        re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(folded, key=_longest))) + r")(?![\w-]|\.\w)", re.I)
        if folded
        else None
    )
    for article in articles:
        if not annotations[article.id].sentences:
            continue
        taken = bytearray(len(article.text))
        for name in single[article.id]:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        for part in article.parts_of(*ANALYSED):
            for line in lines(article.text, part.start, part.end):
                for searched in (pattern, any_case):
                    for match in searched.finditer(article.text, line.start, line.end) if searched else ():
                        if any(taken[match.start() : match.end()]):
                            continue
                        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                        form = match.group() if match.group() in kinds else folded[match.group().casefold()]
                        kind = _most(kinds[form])
                        found.append(
                            _Mention(Place(article.id, *match.span()), match.group(), _key(match.group()), kind)
                        )
    return found


def _longest(form: str) -> tuple[int, str]:
    return (-len(form), form)


def _compound(form: str, known: set[str]) -> bool:
    """Whether the recogniser took two names for one: "Port Ellery to Ransay" where both stand by themselves."""
    return any(
        form[: match.start()] in known and form[match.end() :] in known
        for match in re.finditer(r" (?:and|to|in|for|with|at|on) ", form)
    )


def _telling(form: str) -> bool:
    """Whether the form can be looked for elsewhere without catching ordinary words."""
    key = _key(form)
    if len(form) < 3 or not key:
        return False
    return len(key) > 1 or form.isupper() or rarity(key[0]) > _COMMON


def _glosses(article: Article) -> list[tuple[str, str]]:
    spans = [part.span for part in article.parts_of(*ANALYSED)]
    return [(gloss.short.of(article.text), gloss.long.of(article.text)) for gloss in glosses(article.text, spans)]


def _join_equal(found: list[_Mention], families: _Families) -> None:
    """The same words in two articles are the same name, but for bare last names: those wait."""
    full: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for mention in found:
        if len(mention.key) > 1 or mention.kind != "person":
            node = (mention.place.article, mention.key)
            families.join(full.setdefault(mention.key, node), node)


def _join_known(found: list[_Mention], families: _Families) -> None:
    """Countries that news calls by two names of which neither is made from the other."""
    first: dict[int, tuple[str, tuple[str, ...]]] = {}
    for mention in found:
        for index, names in enumerate(_TWO_NAMES):
            if " ".join(mention.key) in names:
                node = (mention.place.article, mention.key)
                families.join(first.setdefault(index, node), node)


def _kinds(found: list[_Mention]) -> dict[tuple[str, ...], NameKind]:
    tally: dict[tuple[str, ...], Counter[NameKind]] = defaultdict(Counter)
    for mention in found:
        tally[mention.key][mention.kind] += 1
    for key, kinds in list(tally.items()):
        if len(key) > 1 and kinds.most_common(1)[0][0] == "person":
            tally[key[-1:]]["person"] += kinds["person"]  # a bare last name is told by the full one
    return {key: _most(kinds) for key, kinds in tally.items() if kinds}


def _join_acronyms(found: list[_Mention], pairs: list[tuple[str, str]], families: _Families) -> None:
    nodes: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for mention in found:
        nodes[mention.key].append((mention.place.article, mention.key))
    for short, long in pairs:
        for one in nodes.get(_key(short), ()):
            for other in nodes.get(_key(long), ()):
                families.join(one, other)
    initials: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for mention in found:
        capitals = [
            part for part in re.findall(r"[^\W\d_][\w’'-]*", mention.text) if part.casefold() not in SMALL_WORDS
        ]
        if len(mention.key) > 1 and all(part[0].isupper() for part in capitals):
            initials["".join(part[0] for part in capitals).casefold()].add(mention.key)
    for mention in found:
        bare = mention.text.replace(".", "")
        if len(mention.key) == 1 and bare.isupper() and 2 <= len(bare) <= 6:
            longs = initials.get(bare.casefold(), set())
            if len(longs) == 1:
                for other in nodes[next(iter(longs))]:
                    families.join((mention.place.article, mention.key), other)


def _join_persons(found: list[_Mention], kinds: dict[tuple[str, ...], NameKind], families: _Families) -> None:
    """Bare last names to full ones; two full names with the same first and last word to each other."""
    by_last: dict[str, dict[tuple[str, str], set[tuple[str, tuple[str, ...]]]]] = defaultdict(lambda: defaultdict(set))
    for mention in found:
        key = tuple(word for word in mention.key if word not in _SUFFIXES)
        if len(key) > 1 and kinds[mention.key] == "person":
            by_last[key[-1]][(key[0], key[-1])].add((mention.place.article, mention.key))
    for people in by_last.values():
        for nodes in people.values():
            first, *rest = sorted(nodes)
            for node in rest:
                families.join(first, node)
    for mention in sorted(found, key=lambda mention: (mention.place.article, mention.place.start)):
        if len(mention.key) != 1:
            continue
        people = by_last.get(mention.key[0], {})
        here = [nodes for nodes in people.values() if any(article == mention.place.article for article, _ in nodes)]
        candidates = here if len(here) == 1 else list(people.values())
        candidates = list({families.of(min(nodes)): nodes for nodes in candidates}.values())
        node = (mention.place.article, mention.key)
        if len(candidates) == 1 and kinds[mention.key] in ("person", "organisation", "place", "other", "work"):
            families.join(node, min(candidates[0]))
    bare: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for mention in found:
        if len(mention.key) == 1 and not by_last.get(mention.key[0]):
            node = (mention.place.article, mention.key)
            families.join(bare.setdefault(mention.key, node), node)


def _join_longer(found: list[_Mention], kinds: dict[tuple[str, ...], NameKind], families: _Families) -> None:
    """ "US State Department" and "State Department"; "United States of America" and "United States"."""
    where: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for mention in found:
        where.setdefault(mention.key, (mention.place.article, mention.key))
    places = {key for key, kind in kinds.items() if kind in ("place", "group")}
    for long in sorted(where):
        for cut in range(1, len(long)):
            head, tail = long[:cut], long[cut:]
            if len(tail) > 1 and tail in where and head in places and kinds[long] == kinds[tail] != "person":
                families.join(where[long], where[tail])
            if len(tail) > 1 and tail in where and kinds[long] == kinds[tail] == "person":
                families.join(where[long], where[tail])
            if len(head) > 1 and tail[0] == "of" and head in where and kinds[long] == kinds[head] == "place":
                families.join(where[long], where[head])


def _join_variants(found: list[_Mention], kinds: dict[tuple[str, ...], NameKind], families: _Families) -> None:
    """One name transliterated or inflected two ways: long words that differ by a letter, of one kind."""
    nodes: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for mention in found:
        nodes.setdefault(mention.key, (mention.place.article, mention.key))
    keys = sorted(key for key in nodes if len(key[-1]) >= 7 and kinds[key] in ("person", "group", "place"))
    for at, one in enumerate(keys):
        for other in keys[at + 1 :]:
            same_before = one[:-1] == other[:-1]
            far = 1  # two would make Australia of Austria
            near = one[-1][0] == other[-1][0] and Levenshtein.distance(one[-1], other[-1], score_cutoff=far) <= far
            if same_before and kinds[one] == kinds[other] and near:
                families.join(nodes[one], nodes[other])


def _most(tally: Counter[NameKind]) -> NameKind:
    return max(sorted(tally), key=lambda kind: (tally[kind], kind == "person"))


def _name(group: list[_Mention]) -> Name:
    group = sorted(group, key=lambda mention: (mention.place.article, mention.place.start))
    tally: Counter[NameKind] = Counter()
    for mention in group:
        # The recogniser sees a first and last name better than a bare word; no person has a figure in the name.
        weight = 0 if mention.kind == "person" and any(char.isdigit() for char in mention.text) else 1
        tally[mention.kind] += weight * (3 if len(mention.key) > 1 else 1)
    kind = _most(tally)
    forms: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for mention in group:
        forms[mention.text].add(mention.place.article)
        counts[mention.text] += 1
    best = max(sorted(counts), key=lambda form: (_fullness(form, kind), counts[form], form))
    return Name(
        id=digest("name", *(f"{m.place.article} {m.place.start} {m.place.end}" for m in group)),
        name=best,
        kind=kind,
        forms=tuple(
            NameForm(form, tuple(sorted(forms[form]))) for form in sorted(forms, key=lambda form: (-counts[form], form))
        ),
        mentions=tuple(mention.place for mention in group),
    )


def _fullness(form: str, kind: NameKind) -> int:
    """A first and last name beat a last name, an expansion beats an acronym; beyond that, use decides."""
    count = len(_key(form))
    if kind == "person":
        return min(count, 2)
    return 0 if form.islower() or (form.replace(".", "").isupper() and count == 1) else 1
