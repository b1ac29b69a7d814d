"""A story's quotations, collated: every utterance with every outlet's reading of the words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from variorum.config import Quotations as Settings
from variorum.quotations.cues import is_speech
from variorum.quotations.extract import extract
from variorum.quotations.gather import gather
from variorum.quotations.genders import genders
from variorum.quotations.pieces import is_fragment, without_comma
from variorum.quotations.readings import compare
from variorum.quotations.reported import in_same_words, reports
from variorum.quotations.speaking import name_speakers
from variorum.quotations.units import NameWords, Unit, unit, units
from variorum.quotations.unmarked import unmarked
from variorum.records import Annotation, Article, Name, Quotation, Reading, Span, Stemma, Story, Utterance
from variorum.text import digest


def collate(
    story: Story,
    annotations: Mapping[str, Annotation],
    names: Sequence[Name],
    stemma: Stemma,
    *,
    settings: Settings | None = None,
) -> tuple[Utterance, ...]:
    """The utterances of a story, most readings first.

    stemma: counts for the base: a wording that five reprints carry has one lineage behind it.
    """
    settings = settings or Settings()
    articles = {article.id: article for article in story.articles}
    quotations: list[Quotation] = []
    known = genders(story.articles, annotations, names)
    for article in sorted(story.articles, key=lambda article: article.id):
        found = extract(article, annotations[article.id], settings=settings)
        quotations.extend(name_speakers(article, annotations[article.id], found, names, known))
    name_words = NameWords(names)
    groups = gather(articles, units(articles, quotations, name_words), name_words, settings)
    speakers = [_speaker(group, quotations, stemma) for group in groups]
    reported: dict[int, list[Unit]] = {}
    for index, quotation in enumerate(quotations):
        if quotation.mode == "indirect":
            made = unit(quotation.article, articles[quotation.article].text, quotation.spans, index, name_words)
            text = articles[quotation.article].text
            at = in_same_words(made, groups, settings)
            if at is None:
                at = reports(quotation, text, groups, speakers, annotations, settings)
            if at is None and made.words and is_speech(quotation, text):
                groups.append([made])
                speakers.append(quotation.speaker)
            elif at is not None and made.words:
                reported.setdefault(at, []).append(made)
    taken: dict[str, list[Span]] = {}
    for quotation in quotations:
        taken.setdefault(quotation.article, []).extend(quotation.quoted)
    for told in reported.values():
        for made in told:
            taken.setdefault(made.article, []).extend(made.spans)
    for at, quotation, made in unmarked(articles, annotations, taken, groups, name_words, settings):
        quotations.append(quotation)
        reported.setdefault(at, []).append(replace(made, quotation=len(quotations) - 1))
    utterances = [
        _utterance(articles, group, reported.get(at, []), quotations, speakers[at], stemma, settings)
        for at, group in enumerate(groups)
    ]
    return tuple(sorted(utterances, key=lambda utterance: (-_articles(utterance), utterance.id)))


def _articles(utterance: Utterance) -> int:
    return len({reading.article for reading in utterance.readings})


def _speaker(group: Sequence[Unit], quotations: Sequence[Quotation], stemma: Stemma) -> str | None:
    """The speaker most lineages give; ``None`` when none is named, or two are named equally often."""
    votes: dict[str, set[int]] = {}
    for member in group:
        speaker = quotations[member.quotation].speaker
        if speaker is not None:
            votes.setdefault(speaker, set()).add(stemma.lineage_of(member.article))
    ranked = Counter({speaker: len(lineages) for speaker, lineages in votes.items()}).most_common()
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _utterance(
    articles: Mapping[str, Article],
    group: Sequence[Unit],
    indirect: Sequence[Unit],
    quotations: Sequence[Quotation],
    speaker: str | None,
    stemma: Stemma,
    settings: Settings,
) -> Utterance:
    base = _base(articles, group, quotations, stemma, settings)
    ordered = [base, *sorted((unit for unit in (*group, *indirect) if unit is not base), key=lambda unit: unit.order)]
    readings = tuple(_reading(articles, base, unit, quotations, settings) for unit in ordered)
    return Utterance(
        id=digest("utterance", *(f"{r.article} {r.spans[0].start} {r.spans[-1].end}" for r in readings)),
        speaker=speaker,
        speaker_text=_speaker_text(ordered, quotations, speaker),
        base=0,
        readings=readings,
    )


def _speaker_text(ordered: Sequence[Unit], quotations: Sequence[Quotation], speaker: str | None) -> str | None:
    texts = [quotations[unit.quotation] for unit in ordered]
    for wanted in (speaker, None):
        for quotation in texts:
            if quotation.speaker_text is not None and (wanted is None or quotation.speaker == wanted):
                return quotation.speaker_text
    return None


def _base(
    articles: Mapping[str, Article],
    group: Sequence[Unit],
    quotations: Sequence[Quotation],
    stemma: Stemma,
    settings: Settings,
) -> Unit:
    """The fullest reading carried by the most lineages.

    A reading is carried by those that print it or a stretch of it. Words in marks come before words
    without, words as they stand before words in brackets, closed marks before open ones; among equals the
    report published first.
    """
    order = {id: at for at, id in enumerate(sorted(articles, key=lambda id: _since(articles[id])))}
    best: tuple[tuple[int, ...], tuple[int, int]] | None = None
    chosen = group[0]
    for candidate in group:
        text = articles[candidate.article].text
        carried = {
            stemma.lineage_of(other.article)
            for other in group
            if other is candidate or _carries(articles, candidate, other, settings)
        }
        quotation = quotations[candidate.quotation]
        words_of = " ".join(span.of(text) for span in candidate.spans)
        rank = (
            int(quotation.marks != "none"),
            len(carried),
            -words_of.count("[") - words_of.count("("),
            len(candidate.keys),
            int(quotation.marks == "closed"),
        )
        place = (order[candidate.article], candidate.spans[0].start)
        if best is None or rank > best[0] or (rank == best[0] and place < best[1]):
            best, chosen = (rank, place), candidate
    return chosen


def _since(article: Article) -> tuple[bool, str, str, str]:
    """A key that puts the report published first before the others, undated ones last."""
    published = article.published
    return (published is None, published.at.isoformat() if published else "", article.outlet, article.id)


def _carries(articles: Mapping[str, Article], candidate: Unit, other: Unit, settings: Settings) -> bool:
    """Whether another outlet prints the candidate's words, or a stretch of them, and nothing else."""
    text, other_text = articles[candidate.article].text, articles[other.article].text
    compared = compare(candidate, text, other, other_text, settings)
    return compared.agreement in ("verbatim", "trimmed", "bracketed") and not compared.fuller


def _reading(
    articles: Mapping[str, Article], base: Unit, unit: Unit, quotations: Sequence[Quotation], settings: Settings
) -> Reading:
    quotation = quotations[unit.quotation]
    text = articles[unit.article].text
    compared = None
    if unit is not base:
        compared = compare(base, articles[base.article].text, unit, text, settings)
        own_words = quotation.mode == "indirect" or (quotation.marks == "none" and quotation.cue is None)
        if own_words and compared.agreement not in ("verbatim", "trimmed"):
            compared = None  # who quotes nobody may choose the words
    spans = tuple(without_comma(text, span) for span in unit.spans)
    return Reading(
        article=unit.article,
        spans=spans,
        text=" ".join(span.of(text) for span in spans),
        mode="direct" if quotation.mode == "mixed" and not is_fragment(text, spans[0]) else quotation.mode,
        marks=quotation.marks,
        cue=quotation.cue,
        speaker_span=quotation.speaker_span,
        agreement=compared.agreement if compared is not None else ("base" if unit is base else "reported"),
        variants=compared.variants if compared is not None else (),
    )
