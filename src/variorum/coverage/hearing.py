"""Who is given a voice, where, and with how many of their own words."""

from collections.abc import Mapping, Sequence

from variorum.records import Article, Heard, Label, Name, Reading, Span, Story, Utterance
from variorum.text import fold, lines, stretches, words

# A speaker known only as one of these is nobody in particular, and a row for "he" would join strangers.
_PRONOUNS = frozenset("he she they it we i you who which one this that these those him her them".split())


def hearing(
    story: Story, names: Sequence[Name], utterances: Sequence[Utterance], labels: Sequence[Label]
) -> tuple[Heard, ...]:
    """Speakers × articles: the number of quotations, indirect ones too, and of directly quoted words.

    labels: where a speaker without a name is called by one ("the embattled minister"), whose it is.
    Speakers with most quotations over the story come first; of one speaker, articles in the story's order.
    """
    known = {name.id: name.name for name in names}
    called = [(label.article, span, label.name) for label in labels for span in label.mentions]
    order = {article.id: at for at, article in enumerate(story.articles)}
    quoted = {article.id: _quoted(article) for article in story.articles}
    counts: dict[tuple[str | None, str], dict[str, tuple[int, int]]] = {}
    texts: dict[tuple[str, str], str] = {}
    for utterance in utterances:
        for reading in utterance.readings:
            said_by = _speaker(utterance, reading, story, known, called)
            if said_by is None:
                continue
            name, text = said_by
            key = (name, "" if name else " ".join(fold(word) for word in text.split()))
            texts.setdefault((key[1], reading.article), text)
            here = counts.setdefault(key, {})
            quotations, counted = here.get(reading.article, (0, 0))
            own = _own_words(story.article(reading.article), reading, quoted[reading.article])
            here[reading.article] = (quotations + 1, counted + own)
    speakers = sorted(counts, key=lambda key: (-sum(n for n, _ in counts[key].values()), key[0] or "", key[1]))
    return tuple(
        Heard(
            name=key[0],
            speaker_text=known[key[0]] if key[0] else texts[key[1], article],
            article=article,
            quotations=counts[key][article][0],
            words=counts[key][article][1],
        )
        for key in speakers
        for article in sorted(counts[key], key=order.__getitem__)
    )


def _speaker(
    utterance: Utterance,
    reading: Reading,
    story: Story,
    known: Mapping[str, str],
    called: Sequence[tuple[str, Span, str]],
) -> tuple[str | None, str] | None:
    if utterance.speaker is not None and utterance.speaker in known:
        return utterance.speaker, known[utterance.speaker]
    span = reading.speaker_span
    if span is not None:
        owners = {name for article, at, name in called if article == reading.article and at.overlaps(span)}
        if len(owners) == 1:
            owner = owners.pop()
            return owner, known[owner]
    text = span.of(story.article(reading.article).text) if span else utterance.speaker_text
    if not text or fold(text) in _PRONOUNS:
        text = utterance.speaker_text
    return None if not text or fold(text) in _PRONOUNS else (None, text)


def _quoted(article: Article) -> tuple[Span, ...]:
    paragraphs = lines(article.text)
    return tuple(stretch.span for stretch in stretches(article.text, paragraphs))


def _own_words(article: Article, reading: Reading, quoted: Sequence[Span]) -> int:
    """Words the speaker is given as spoken: all of direct speech, of mixed speech what stands between marks."""
    if reading.mode == "indirect":
        return 0
    if reading.mode == "direct":
        return sum(len(words(article.text, span.start, span.end)) for span in reading.spans)
    return sum(
        len(words(article.text, max(span.start, stretch.start), min(span.end, stretch.end)))
        for span in reading.spans
        for stretch in quoted
        if span.overlaps(stretch)
    )
