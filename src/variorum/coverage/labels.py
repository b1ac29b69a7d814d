"""What each outlet calls the same person, group or place, its own voice kept apart from quotations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from variorum.config.coverage import Coverage
from variorum.coverage.backward import Profiles, pointing_back, stand_ins
from variorum.coverage.naming import Naming, namings
from variorum.coverage.phrases import Phrases
from variorum.records import Annotation, Article, Label, Name, Span, Story, Utterance
from variorum.text import fold, lines, stretches, words


def labels(
    story: Story,
    annotations: Mapping[str, Annotation],
    names: Sequence[Name],
    utterances: Sequence[Utterance],
    settings: Coverage,
) -> tuple[Label, ...]:
    """Every label of every name, by name in the order of ``names``, then article, then place.

    A label is cut to its noun and what qualifies it, without a leading article. It is the outlet's own
    voice when it stands outside all quotation marks and outside the words given to a speaker, and nobody
    else is said to use it. Equal printed texts are one label with several mentions.
    """
    texts = {article.id: article for article in story.articles}
    phrases = {id: Phrases(annotations[id]) for id in texts if id in annotations and annotations[id].tokens}
    by_id = {name.id: name for name in names}
    ranges = _mention_ranges(names, phrases)
    said = {id: _said(phrases[id], texts[id].text, by_id, ranges[id]) for id in phrases}
    profiles = Profiles((phrases[id], naming) for id in said for naming in said[id])
    gathered: dict[tuple[str, str, str, bool], list[Span]] = defaultdict(list)
    for id in phrases:
        given = _given_words(texts[id], utterances)
        heads = frozenset(naming.head for naming in said[id])
        used = heads | frozenset(at for spans in ranges[id].values() for within in spans for at in within)
        here = {name: [within.start for within in spans] for name, spans in ranges[id].items()}
        for naming in [*said[id], *pointing_back(phrases[id], here, by_id, profiles, used)]:
            span = _printed(phrases[id], naming, texts[id], settings)
            if span is None or _is_form(span.of(texts[id].text), by_id[naming.name]):
                continue
            own = not naming.reported and not any(span.overlaps(words_given) for words_given in given)
            gathered[naming.name, id, span.of(texts[id].text), own].append(span)
    rank = {name.id: at for at, name in enumerate(names)}
    order = {article.id: at for at, article in enumerate(story.articles)}
    found = [
        Label(name, article, text, own, tuple(sorted(set(spans))))
        for (name, article, text, own), spans in gathered.items()
    ]
    return tuple(
        sorted(found, key=lambda label: (rank[label.name], order[label.article], label.mentions, label.own_voice))
    )


def _mention_ranges(names: Sequence[Name], phrases: Mapping[str, Phrases]) -> dict[str, dict[str, list[range]]]:
    """Article id to name id to the token ranges of its mentions, in reading order."""
    ranges: dict[str, dict[str, list[range]]] = {id: defaultdict(list) for id in phrases}
    for name in names:
        for place in sorted(name.mentions, key=lambda place: (place.article, place.start)):
            if place.article in phrases:
                within = phrases[place.article].inside(place.start, place.end)
                while within and phrases[place.article].tokens[within.stop - 1].dep == "case":
                    within = within[:-1]
                while within and phrases[place.article].tokens[within.start].pos == "DET":
                    within = within[1:]
                if within and not _is_junior(phrases[place.article], within):
                    ranges[place.article][name.id].append(within)
    return ranges


def _is_junior(phrases: Phrases, within: range) -> bool:
    """Whether "Jr" or "Sr" follows: then the name is somebody else's."""
    after = phrases.tokens[within.stop : within.stop + 2]
    return any(token.text.rstrip(".").lower() in ("jr", "sr", "junior", "senior") for token in after)


def _said(
    phrases: Phrases, text: str, names: Mapping[str, Name], ranges: Mapping[str, Sequence[range]]
) -> list[Naming]:
    """What the grammar of the article's sentences says; a phrase that two names lay claim to is nobody's."""
    taken = frozenset(at for spans in ranges.values() for within in spans for at in within)
    named = [(id, mention) for id, spans in ranges.items() for mention in spans]
    people = {id: spans for id, spans in ranges.items() if names[id].kind == "person"}
    found = [
        naming
        for id, mention in [*named, *stand_ins(phrases, text, people)]
        if names[id].kind not in ("event", "work")
        for naming in namings(phrases, names[id], mention, taken)
    ]
    owners: dict[int, set[str]] = defaultdict(set)
    for naming in found:
        owners[naming.head].add(naming.name)
    return [naming for naming in found if len(owners[naming.head]) == 1]


def _printed(phrases: Phrases, naming: Naming, article: Article, settings: Coverage) -> Span | None:
    """The label's characters; without what follows its head when too long, ``None`` when still too long."""
    for within in (naming.within, range(naming.within.start, naming.head + 1)):
        if not within:
            continue
        span = phrases.span(within)
        count = len(words(article.text, span.start, span.end))
        if 0 < count <= settings.label_words and "\n" not in span.of(article.text):
            return span
    return None


def _is_form(text: str, name: Name) -> bool:
    folded = fold(text)
    return any(folded == fold(form.text) for form in name.forms)


def _given_words(article: Article, utterances: Sequence[Utterance]) -> list[Span]:
    """Every stretch of the article that is not its own voice: between marks, or given to a speaker."""
    quoted = [stretch.span for stretch in stretches(article.text, lines(article.text))]
    spoken = [
        span
        for utterance in utterances
        for reading in utterance.readings
        if reading.article == article.id
        for span in reading.spans
    ]
    return quoted + spoken
