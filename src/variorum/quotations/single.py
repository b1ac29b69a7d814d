"""The quotations of one article by itself."""

from collections.abc import Sequence
from dataclasses import replace

from variorum.config import Quotations as Settings
from variorum.quotations.extract import extract
from variorum.quotations.genders import genders
from variorum.quotations.speaking import name_speakers
from variorum.records import Annotation, Article, Name, Quoted


def quote(
    article: Article, annotation: Annotation, names: Sequence[Name], *, settings: Settings | None = None
) -> Quoted:
    """Its quotations, their speakers named in full where the article allows. names: those of the article."""
    found = extract(article, annotation, settings=settings)
    known = genders((article,), {article.id: annotation}, names)
    full = {name.id: name.name for name in names}
    named = name_speakers(article, annotation, found, names, known)
    return Quoted(
        article,
        tuple(replace(one, speaker=full[one.speaker]) if one.speaker is not None else one for one in named),
    )
