"""The edition as Markdown, for a newsroom's wiki: the findings of the page, in headings, lists and tables.

Plain CommonMark with tables and strike-through, as GitHub and most wikis read it. Article text is
hostile here too: whatever could become markup, a link, a mention or HTML is escaped.
"""

from collections.abc import Iterable, Iterator

from variorum.records import Article, Edition, Editions
from variorum.render.apparatus import Apparatus, Citation, VoiceChip, is_compared
from variorum.render.claims_view import ClaimsView, ClaimView, ConflictView, claims_view
from variorum.render.coverage_view import matrix_view
from variorum.render.heard_view import heard_view
from variorum.render.labels_view import labels_view
from variorum.render.markdown_tables import Refer, coverage_section, heard_section, labels_section, timeline_section
from variorum.render.markdown_text import bullets, escaped, link, spaced, strong, struck, table
from variorum.render.missing_view import missing_view
from variorum.render.quotations_view import Piece, QuotationsView, ReadingView, UtteranceView, quotations_view
from variorum.render.reports_view import safe_url
from variorum.render.timeline_view import timeline_view
from variorum.render.voices_view import VoicesView, voices_view
from variorum.render.wording import count, language_name, period, published


def render(editions: Editions) -> str:
    """One Markdown text for everything a reading gave; always the same for the same input."""
    blocks: list[str] = []
    for number, edition in enumerate(editions.editions):
        blocks += _edition(edition, number)
    if not editions.editions:
        blocks += ["# No story", "No two of the articles given report the same event."]
    blocks += _rest(editions)
    return "\n\n".join(blocks) + "\n"


def _edition(edition: Edition, number: int) -> Iterator[str]:
    apparatus = Apparatus(edition)
    below = "#reports" if number == 0 else f"#reports-{number}"  # as wikis number headings of one name
    refer = _references(below)
    claims = claims_view(apparatus)
    yield f"# {escaped(edition.story.headline) or 'Untitled'}"
    yield _tally(edition)
    yield (
        f"*A letter is a report, listed [below]({below}). Reports that go back to one text are one voice, however many "
        "outlets print it: A+B is one voice, A B are two. Nothing here is a judgement of what is true.*"
    )
    yield from _digest(claims, refer)
    yield from _agreed(claims, refer)
    yield from _disputed(claims, refer)
    yield from _quotations(quotations_view(apparatus), refer)
    yield from _voices(voices_view(apparatus))
    yield from _one_voice(claims)
    matrix = matrix_view(apparatus, claims.every)
    yield from coverage_section(matrix, missing_view(matrix))
    yield from heard_section(heard_view(apparatus))
    yield from labels_section(labels_view(apparatus))
    yield from timeline_section(timeline_view(apparatus, claims), refer)
    yield from _reports(edition, apparatus)


def _references(target: str) -> Refer:
    """What makes of chips their letters, each voice a link to the list of reports."""

    def refer(chips: Iterable[VoiceChip]) -> str:
        return " ".join(f"[{_letters(chip.citations)}]({target})" for chip in chips)

    return refer


def _letters(citations: Iterable[Citation]) -> str:
    return "+".join(dict.fromkeys(escaped(cited.siglum) for cited in citations))


def _tally(edition: Edition) -> str:
    compared = frozenset(article.id for article in edition.articles if is_compared(article))
    made = (
        f"**{count(len(edition.articles), 'report')}, {count(edition.stemma.voices(compared), 'independent voice')}.**"
    )
    if len(compared) < len(edition.articles):
        made += f" {count(len(edition.articles) - len(compared), 'report')} in another language: not compared."
    days = period(edition.story.first_published, edition.story.last_published)
    return f"{made} {days}".rstrip()


def _standing(lineages: int, outlets: int, *, disputed: bool = False) -> str:
    return f"({count(lineages, 'voice')}, {count(outlets, 'outlet')}{'; **disputed**' if disputed else ''})"


def _digest(claims: ClaimsView, refer: Refer) -> Iterator[str]:
    if claims.digest:
        yield "## In brief"
        yield bullets(
            (
                f"{escaped(found.text)} {refer(found.chips)} "
                f"{_standing(found.lineages, found.outlets, disputed=found.disputed)}"
                for found in claims.digest
            ),
            "1.",
        )


def _claim(claim: ClaimView, refer: Refer) -> str:
    return (
        f"{escaped(claim.text)} {refer(claim.chips)} "
        f"{_standing(claim.lineages, claim.outlets, disputed=claim.disputed)}"
    )


def _agreed(claims: ClaimsView, refer: Refer) -> Iterator[str]:
    yield "## Agreed"
    if claims.agreed:
        yield "Told by at least two independent voices, and contradicted by none."
        yield bullets(_claim(claim, refer) for claim in claims.agreed)
    else:
        yield "No statement is told by two independent voices."


def _disputed(claims: ClaimsView, refer: Refer) -> Iterator[str]:
    yield "## Disputed"
    if not claims.conflicts:
        yield "No statements were found that cannot all be right. That is no proof that there are none."
        return
    yield "Statements that cannot all be right, side by side. The order is no verdict."
    for conflict in claims.conflicts:
        yield from _conflict(conflict, refer)


def _conflict(conflict: ConflictView, refer: Refer) -> Iterator[str]:
    yield f"**{conflict.kind}:** {escaped(conflict.about)}"
    yield table(
        ("says", "who", "in these words"),
        (
            (
                strong(position.value),
                f"{refer(position.chips)} {_standing(position.lineages, position.outlets)}",
                _in_context(position.places[0].before, position.places[0].citation.words, position.places[0].after),
            )
            for position in conflict.positions
            if position.places
        ),
    )


def _in_context(before: str, words: str, after: str) -> str:
    return f"{spaced(before)}{strong(words)}{spaced(after)}"


def _quotations(quotations: QuotationsView, refer: Refer) -> Iterator[str]:
    if not quotations.compared and not quotations.alone:
        return
    yield "## Quotations"
    if quotations.compared:
        yield (
            "The wording that most voices carry stands first; no claim is made that it is what was said. "
            "~~Struck~~ words stand there and not in the report named, **bold** words only in the report named."
        )
    for utterance in quotations.compared:
        yield from _utterance(utterance, refer)
    if quotations.alone:
        yield "### Quoted by one report only"
        yield bullets(
            f"{_speaker(utterance)}: {_said(utterance)} {refer(utterance.base_chips)}" for utterance in quotations.alone
        )


def _said(utterance: UtteranceView) -> str:
    """The words, inside quotation marks only where a report prints them as the speaker's own."""
    words = _pieces(utterance.base)
    return f"“{words}”" if utterance.direct else f"{words} (reported, not quoted)"


def _speaker(utterance: UtteranceView) -> str:
    return escaped(utterance.speaker) or "Speaker not named"


def _utterance(utterance: UtteranceView, refer: Refer) -> Iterator[str]:
    yield f"### {_speaker(utterance)}"
    yield f"> “{_pieces(utterance.base)}” {refer(utterance.base_chips)}"
    lines = [_reading(reading, refer) for reading in utterance.readings]
    lines += [
        f"{refer([VoiceChip(found.citation.mark, (found.citation,))])} reported, not quoted: "
        f"{_in_context(found.before, found.citation.words, found.after)}"
        for found in utterance.reported
    ]
    if lines:
        yield bullets(lines)


def _reading(reading: ReadingView, refer: Refer) -> str:
    made = f"{refer(reading.chips)} {reading.label}: “{_pieces(reading.pieces)}”"
    if not reading.notes:
        return made
    weighed = max(reading.notes, key=lambda note: note.for_base)
    return f"{made} (so {count(weighed.for_reading, 'voice')}, otherwise {weighed.for_base})"


def _pieces(pieces: Iterable[Piece]) -> str:
    made = ""
    for piece in pieces:
        shown = _piece(piece)
        # Stars and tildes beside a letter or beside each other would not be read as markup.
        marked = piece.kind not in ("same", "gap", "lemma", "moved")
        if (marked and made and not made[-1].isspace()) or (made.endswith(("**", "~~")) and shown[:1].isalnum()):
            made += " "
        made += shown
    return made.strip()


def _piece(piece: Piece) -> str:
    if piece.kind == "omitted":
        return struck(piece.base_text)
    if piece.kind == "replaced":
        return f"{struck(piece.base_text)} {strong(piece.text)}".strip()
    if piece.kind in ("added", "bracketed"):
        return strong(piece.text)
    return f"{spaced(piece.text)} (moved)" if piece.kind == "moved" else spaced(piece.text)


def _voices(voices: VoicesView) -> Iterator[str]:
    yield "## Who goes back to whom"
    if not voices.shared:
        yield "Every report was found to stand on its own."
    lines = []
    for voice in voices.shared:
        origin = f"report {escaped(voice.exemplar.siglum)}" if voice.exemplar else escaped(voice.origin)
        evidence = " ".join(escaped(sentence) for sentence in voice.evidence)
        lines.append(f"**{_letters(voice.reports)}**, one voice, from {origin or 'one text'}. {evidence}".rstrip())
    if voices.alone and voices.shared:
        alone = " ".join(_letters(voice.reports) for voice in voices.alone)
        lines.append(f"**{alone}**: on their own." if " " in alone else f"**{alone}**: on its own.")
    if lines:
        yield bullets(lines)


def _one_voice(claims: ClaimsView) -> Iterator[str]:
    if claims.alone:
        yield "## Told by one voice only"
        for found in claims.alone:
            yield f"**{escaped(found.citation.siglum)}**, {escaped(found.citation.outlet)}:"
            yield bullets(escaped(claim.text) for claim in found.claims)


def _reports(edition: Edition, apparatus: Apparatus) -> Iterator[str]:
    yield "## Reports"
    rows = []
    for article in edition.articles:
        title = escaped(article.title or "") or "(no headline)"
        address = safe_url(article.url)
        linked = link(title, address) if address else title
        remark = "Cut off: what would follow is unknown." if article.cut is not None else ""
        outlet = escaped(article.outlet)
        rows.append(
            (f"**{escaped(apparatus.siglum(article.id))}**", outlet, linked, published(article.published), remark)
        )
    yield table(("", "outlet", "headline", "published", ""), rows)


def _lone(article: Article) -> str:
    named = f"{escaped(article.outlet)}: {escaped(article.title or article.path or '')}"
    if is_compared(article):
        return named
    return f"{named} (in {escaped(language_name(article.language))}: read, not compared)"


def _rest(editions: Editions) -> Iterator[str]:
    if editions.alone:
        held = {article.id: article for article in editions.loners}
        yield "## In no shared story"
        yield bullets(_lone(held[id]) if id in held else escaped(id) for id in editions.alone)
    if editions.refused:
        yield "## Could not be read"
        yield bullets(f"{escaped(row.path)}: {escaped(row.reason)}" for row in editions.refused)
