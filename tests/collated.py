"""Editions of one utterance, made from printings: each is the words of one report between quotation marks."""

from dataclasses import replace

from edition_fixture import bare, report

from variorum.config import Quotations
from variorum.edition.sigla import lettered
from variorum.quotations.readings import compare
from variorum.quotations.units import NameWords, Unit, unit
from variorum.records import Article, Edition, Exemplar, Lineage, Reading, Span, Stemma, Utterance


def told(*printings: str, voices: tuple[tuple[int, ...], ...] = (), indirect: tuple[int, ...] = ()) -> Edition:
    """An edition of one utterance; a printing's stretches are divided by `` | ``, the first printing is the base.

    voices: which reports go together; those not named stand alone. indirect: those that only report the words.
    """
    articles = lettered([_article(number, words) for number, words in enumerate(printings)])
    units = [_unit(article, words) for article, words in zip(articles, printings, strict=True)]
    readings = tuple(
        _reading(units[0], articles[0], made, article, indirect=number in indirect)
        for number, (made, article) in enumerate(zip(units, articles, strict=True))
    )
    named = {number for voice in voices for number in voice}
    grouped = [*voices, *((number,) for number in range(len(articles)) if number not in named)]
    lineages = tuple(
        Lineage(tuple(articles[number].id for number in voice), Exemplar("none", None), ()) for voice in sorted(grouped)
    )
    utterance = Utterance("utterance-one", None, "Ines Calloway", 0, readings)
    return replace(bare(*articles), stemma=Stemma((), lineages), utterances=(utterance,))


def _article(number: int, words: str) -> Article:
    said = "” she said, adding: “".join(words.split(" | "))
    return report(
        "", f"Outlet {number}", [("title", f"Report {number}"), ("body", f"At noon she spoke. “{said}” Then rain.")]
    )


def _unit(article: Article, words: str) -> Unit:
    spans = []
    for stretch in words.split(" | "):
        start = article.text.index(stretch, spans[-1].end if spans else 0)
        spans.append(Span(start, start + len(stretch)))
    return unit(article.id, article.text, tuple(spans), 0, NameWords(()))


def _reading(base: Unit, base_article: Article, made: Unit, article: Article, *, indirect: bool) -> Reading:
    found = compare(base, base_article.text, made, article.text, Quotations())
    agreement = "base" if made is base else "reported" if indirect else found.agreement
    return Reading(
        article=article.id,
        spans=made.spans,
        text=" ".join(span.of(article.text) for span in made.spans),
        mode="indirect" if indirect else "direct",
        marks="none" if indirect else "closed",
        cue=None,
        speaker_span=None,
        agreement=agreement,
        variants=() if made is base or indirect else found.variants,
    )
