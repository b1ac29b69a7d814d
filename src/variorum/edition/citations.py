"""Checks that every text an edition prints is what stands where it is cited from."""

from variorum.edition.ledger import Ledger, quoted, short
from variorum.records import Article, Edition, Name, Reading, Span, Utterance, Variant
from variorum.text import digest


def check_citations(edition: Edition, where: str, ledger: Ledger) -> None:
    """Hold every span of an edition against the text it points into."""
    for index, article in enumerate(edition.articles):
        _article(article, f"{where}.articles[{index}]", ledger)
    for index, name in enumerate(edition.names):
        _name(name, f"{where}.names[{index}]", ledger)
    for index, utterance in enumerate(edition.utterances):
        _utterance(utterance, f"{where}.utterances[{index}]", ledger)
    _stemma(edition, f"{where}.stemma", ledger)
    _claims(edition, where, ledger)
    headline = edition.story.headline
    if not any(headline in article.text for article in edition.articles):
        ledger.fail(f"{where}.story.headline", f"{quoted(headline)} stands in none of the articles.")
    for index, label in enumerate(edition.labels):
        for nth, span in enumerate(label.mentions):
            at = f"{where}.labels[{index}].mentions[{nth}]"
            ledger.stands(label.text, label.article, span.start, span.end, at)
    for index, entry in enumerate(edition.timeline):
        ledger.words(entry.article, entry.start, entry.end, f"{where}.timeline[{index}]")
    for index, extract in enumerate(edition.digest):
        ledger.stands(extract.text, extract.article, extract.start, extract.end, f"{where}.digest[{index}].text")


def _article(article: Article, where: str, ledger: Ledger) -> None:
    if article.id != digest(article.outlet, article.text):
        ledger.fail(f"{where}.id", f"The id {quoted(article.id)} is not the digest of this outlet and text.")
    at = 0
    for index, part in enumerate(article.parts):
        here = f"{where}.parts[{index}]"
        if ledger.words(article.id, part.start, part.end, here) is None:
            continue
        if part.start < at:
            ledger.fail(here, "The part begins before the one above it ends.")
        elif article.text[at : part.start].strip():
            ledger.fail(here, f"{quoted(article.text[at : part.start].strip())}, just before it, is in no part.")
        at = max(at, part.end)
    if article.text[at:].strip():
        ledger.fail(f"{where}.parts", f"{quoted(article.text[at:].strip())}, at the end, is in no part.")
    for index, credit in enumerate(article.credits):
        ledger.words(article.id, credit.start, credit.end, f"{where}.credits[{index}]")
    if article.cut is not None and not 0 <= article.cut.start <= len(article.text):
        ledger.fail(f"{where}.cut.start", f"The text breaks off at {short(article.cut.start)}, which is outside it.")


def _name(name: Name, where: str, ledger: Ledger) -> None:
    """Every mention is one of the forms, and every form is mentioned in the articles listed for it."""
    mentioned = set()
    forms = {form.text for form in name.forms}
    for index, mention in enumerate(name.mentions):
        at = f"{where}.mentions[{index}]"
        words = ledger.words(mention.article, mention.start, mention.end, at)
        mentioned.add((words, mention.article))
        if words is not None and words not in forms:
            ledger.fail(at, f"{quoted(words)} stands there, which is no form of the name {quoted(name.name)}.")
    for index, form in enumerate(name.forms):
        for nth, article in enumerate(form.articles):
            at = f"{where}.forms[{index}].articles[{nth}]"
            ledger.known(article, ledger.texts, "article", at)
            if (form.text, article) not in mentioned:
                ledger.fail(at, f"The form {quoted(form.text)} has no mention in that article.")


def _utterance(utterance: Utterance, where: str, ledger: Ledger) -> None:
    for index, reading in enumerate(utterance.readings):
        _reading(reading, f"{where}.readings[{index}]", ledger)
    if not 0 <= utterance.base < len(utterance.readings):
        ledger.fail(f"{where}.base", f"There is no reading {short(utterance.base)} to be the base.")
        return
    base = utterance.readings[utterance.base]
    for index, reading in enumerate(utterance.readings):
        at = f"{where}.readings[{index}]"
        if (reading.agreement == "base") != (index == utterance.base):
            ledger.fail(f"{at}.agreement", "The base reading, and no other, must be called base.")
        if reading.agreement == "altered" and not reading.variants:
            ledger.fail(f"{at}.variants", "A reading is called altered, and no place is shown where it is.")
        for nth, variant in enumerate(reading.variants):
            _variant(variant, base, reading, f"{at}.variants[{nth}]", ledger)


def _reading(reading: Reading, where: str, ledger: Ledger) -> None:
    if not reading.spans:
        ledger.fail(f"{where}.spans", "A reading has no place in its article.")
    pieces, at = [], 0
    for index, span in enumerate(reading.spans):
        piece = ledger.words(reading.article, span.start, span.end, f"{where}.spans[{index}]")
        if piece is None:
            return
        if span.start < at:
            ledger.fail(f"{where}.spans[{index}]", "The stretch begins before the one above it ends.")
        at = span.end
        pieces.append(piece)
    if reading.text != " ".join(pieces):
        ledger.fail(
            f"{where}.text", f"It prints {quoted(reading.text)}, but {quoted(' '.join(pieces))} stands at its spans."
        )
    for name, span_or_none in (("cue", reading.cue), ("speaker_span", reading.speaker_span)):
        if span_or_none is not None:
            ledger.words(reading.article, span_or_none.start, span_or_none.end, f"{where}.{name}")


def _variant(variant: Variant, base: Reading, reading: Reading, where: str, ledger: Ledger) -> None:
    sides: tuple[tuple[str, str, Span | None, Reading], ...] = (
        ("base", variant.base_text, variant.base, base),
        ("reading", variant.reading_text, variant.reading, reading),
    )
    for side, printed, span, holder in sides:
        at = f"{where}.{side}_text"
        if span is None:
            if printed:
                ledger.fail(at, f"It prints {quoted(printed)} and cites no place for it.")
            continue
        ledger.stands(printed, holder.article, span.start, span.end, at)
        inside = holder.spans and holder.spans[0].start <= span.start and span.end <= holder.spans[-1].end
        if not inside:
            ledger.fail(f"{where}.{side}", "The place it cites is outside the reading.")


def _stemma(edition: Edition, where: str, ledger: Ledger) -> None:
    for index, borrowing in enumerate(edition.stemma.borrowings):
        at = f"{where}.borrowings[{index}]"
        if borrowing.a == borrowing.b:
            ledger.fail(at, "An article cannot borrow from itself.")
        for nth, passage in enumerate(borrowing.spans):
            here = f"{at}.spans[{nth}]"
            ledger.words(borrowing.a, passage.a.start, passage.a.end, f"{here}.a")
            ledger.words(borrowing.b, passage.b.start, passage.b.end, f"{here}.b")
            if not 0 <= passage.likeness <= 1:
                ledger.fail(f"{here}.likeness", "A likeness must lie between 0 and 1.")


def _claims(edition: Edition, where: str, ledger: Ledger) -> None:
    for index, claim in enumerate(edition.claims):
        at = f"{where}.claims[{index}]"
        ledger.stands(claim.text, claim.article, claim.start, claim.end, f"{at}.text")
        if (claim.article, claim.start, claim.end) not in {(v.article, v.start, v.end) for v in claim.voices}:
            ledger.fail(at, "The words it is told in are those of none of its voices.")
        for nth, voice in enumerate(claim.voices):
            ledger.words(voice.article, voice.start, voice.end, f"{at}.voices[{nth}]")
    for index, conflict in enumerate(edition.conflicts):
        for side, position in enumerate(conflict.positions):
            for nth, place in enumerate(position.voices):
                at = f"{where}.conflicts[{index}].positions[{side}].voices[{nth}]"
                ledger.words(place.article, place.start, place.end, at)
