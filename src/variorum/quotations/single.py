"""The quotations of one article by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from variorum.config import Quotations as Settings
from variorum.quotations.extract import extract
from variorum.quotations.genders import genders
from variorum.quotations.pieces import without_comma
from variorum.quotations.speaking import name_speakers
from variorum.records import Annotation, Article, Name, Quotation, Quoted


def quote(
    article: Article, annotation: Annotation, names: Sequence[Name], *, settings: Settings | None = None
) -> Quoted:
    """Its quotations, their speakers named in full where the article allows. names: those of the article."""
    found = extract(article, annotation, settings=settings)
    known = genders((article,), {article.id: annotation}, names)
    full = {name.id: name.name for name in names}
    named = name_speakers(article, annotation, found, names, known)
    return Quoted(article, tuple(_finished(one, article.text, full) for one in named))


def _finished(quotation: Quotation, text: str, full: Mapping[str, str]) -> Quotation:
    spans = tuple(without_comma(text, span) for span in quotation.spans)
    return replace(
        quotation,
        spans=spans,
        text=" ".join(span.of(text) for span in spans),
        quoted=tuple(without_comma(text, span) for span in quotation.quoted),
        speaker=full[quotation.speaker] if quotation.speaker is not None else None,
    )
