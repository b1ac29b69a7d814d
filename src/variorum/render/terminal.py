"""The edition on one screen of a terminal: what is reported, what differs, who copied whom.

Made for eighty columns and about fifty lines an edition; what does not fit is counted, never dropped
in silence. Nothing depends on colour, and everything that comes from an article is plain text to the
terminal: no markup is read in it, and no control character reaches the screen.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from variorum.records import Article, Edition, Editions
from variorum.render.apparatus import Apparatus, Citation, VoiceChip, is_compared
from variorum.render.claims_view import ClaimsView, ConflictView, PositionView, claims_view
from variorum.render.coverage_view import matrix_view
from variorum.render.labels_view import LabelledName, labels_view
from variorum.render.missing_view import MissingView, missing_view
from variorum.render.quotations_view import Piece, QuotationsView, ReadingView, UtteranceView, quotations_view
from variorum.render.screen import Item, Screen
from variorum.render.screen_text import on_one_line
from variorum.render.voices_view import VoicesView, voices_view
from variorum.render.wording import count, language_name, period

_CONTEXT_WORDS = 5  # kept on either side of a changed word


def show(editions: Editions, console: Console) -> None:
    """Print every edition, then the reports that share no story and the inputs that were refused."""
    screen = Screen(console)
    for index, edition in enumerate(editions.editions):
        if index:
            screen.line(Text())
        _edition(edition, screen)
    if editions.alone and not editions.editions:
        screen.line(Text("No two of the reports tell of the same event, so there is nothing to compare."))
    elif not editions.editions:
        screen.line(Text("Nothing could be read."))
    show_rest(editions, screen)


def _edition(edition: Edition, screen: Screen) -> None:
    apparatus = Apparatus(edition)
    claims = claims_view(apparatus)
    show_head(edition, screen)
    _digest(claims, screen)
    _disputed(claims, edition, screen)
    _quotations(quotations_view(apparatus), screen)
    _voices(voices_view(apparatus), screen)
    _one_voice(claims, screen)
    _left_out(missing_view(matrix_view(apparatus, claims.every)), edition, screen)
    _labels(labels_view(apparatus), screen)
    _reports(edition, apparatus, screen)


def show_head(edition: Edition, screen: Screen) -> None:
    """Print a story's headline, how many reports and voices it has, and what the letters mean."""
    compared = [article.id for article in edition.articles if is_compared(article)]
    voices = edition.stemma.voices(frozenset(compared))
    tally = f"{count(len(edition.articles), 'report')}, {count(voices, 'independent voice')}"
    if len(compared) < len(edition.articles):
        tally += f" ({len(edition.articles) - len(compared)} in another language, not compared)"
    days = period(edition.story.first_published, edition.story.last_published)
    screen.flow(Text(on_one_line(edition.story.headline), style="bold"), indent=0, lines=2)
    screen.flow(Text(f"{tally}. {days}".strip()), indent=0)
    told = (
        "A letter is a report, listed below. Reports that go back to one text are one voice, "
        "however many print it: A+B is one voice, A B are two."
    )
    screen.flow(Text(told, style="dim"), indent=0)


def _sigla(chips: Iterable[VoiceChip]) -> str:
    """Reports by voice: ``A+B C``."""
    return " ".join("+".join(dict.fromkeys(_letter(cited) for cited in chip.citations)) for chip in chips)


def _letter(report: Citation) -> str:
    return on_one_line(report.siglum)


def _digest(claims: ClaimsView, screen: Screen) -> None:
    if not claims.digest:
        return
    screen.heading("In brief", "the reports’ own words")
    items = [
        Item(
            Text(on_one_line(extract.text)),
            f"[{_sigla(extract.chips)}; {count(extract.lineages, 'voice')}{'; disputed' if extract.disputed else ''}]",
        )
        for extract in claims.digest
    ]
    screen.items(items, most=4, noun="line")


def _disputed(claims: ClaimsView, edition: Edition, screen: Screen) -> None:
    """Disputes over facts; those over the words of a quotation are counted, and shown as quotations."""
    if not claims.conflicts:
        screen.heading("Disputed", "nothing was found that cannot all be right; that is no proof")
        return
    wording = {view.id for view, c in zip(claims.conflicts, edition.conflicts, strict=True) if c.kind == "wording"}
    facts = [conflict for conflict in claims.conflicts if conflict.id not in wording]
    screen.heading("Disputed", "these cannot all be right; the order is no verdict" if facts else "")
    screen.items([_conflict(conflict) for conflict in facts], most=6, noun="dispute")
    if wording:
        screen.flow(Text(f"{count(len(wording), 'dispute')} over the words of a quotation, below", style="dim"))


def _conflict(conflict: ConflictView) -> Item:
    made = Text.assemble((f"{conflict.kind}: ", "bold"), Text(" / ").join(map(_position, conflict.positions)))
    return Item(made + Text(f": {on_one_line(conflict.about)}"))


def _position(position: PositionView) -> Text:
    return Text.assemble((on_one_line(position.value), "bold"), f" [{_sigla(position.chips)}]")


def _quotations(quotations: QuotationsView, screen: Screen) -> None:
    changed = [
        (utterance, reading)
        for utterance in quotations.compared
        for reading in utterance.readings
        if reading.agreement == "altered"
    ]
    tally = f"{len(quotations.compared)} in several reports, {sum(u.direct for u in quotations.alone)} in one only"
    if not changed:
        screen.heading("Quotations", f"{tally}; none was found in different words")
        return
    screen.heading("Quotations in different words", "[-the others’-] {+this report’s+}")
    screen.items([_altered(utterance, reading) for utterance, reading in changed], most=3, noun="reading")
    screen.line(Text(f"  Quotations: {tally}", style="dim"))


def _altered(utterance: UtteranceView, reading: ReadingView) -> Item:
    speaker = on_one_line(utterance.speaker) or "Speaker not named"
    words = Text.assemble((speaker, "bold"), f", {reading.label} in ", (_sigla(reading.chips), "bold"), ": “")
    words.append_text(_joined(reading.pieces))
    words.append("”")
    weighed = max(reading.notes, key=lambda note: note.for_base, default=None)
    if weighed is None:
        return Item(words, lines=3)
    return Item(words, f"[so {count(weighed.for_reading, 'voice')}, otherwise {weighed.for_base}]", lines=3)


def _joined(pieces: Sequence[Piece]) -> Text:
    """The pieces in a row, with a space where words left out would touch the words around them."""
    made = Text()
    for piece in _shortened(pieces):
        part = _piece(piece)
        touching = made.plain and not made.plain[-1].isspace()
        if touching and (piece.kind == "omitted" or (made.plain.endswith("-]") and part.plain[:1].isalnum())):
            made.append(" ")
        made.append_text(part)
    made.rstrip()
    return made


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces with the unchanged words between them cut to what shows where the changed ones stand."""
    for index, piece in enumerate(pieces):
        words = piece.text.split()
        first, last = index == 0, index == len(pieces) - 1
        if piece.kind != "same" or len(words) <= 2 * _CONTEXT_WORDS:
            yield piece
            continue
        before = "" if first else " ".join(words[:_CONTEXT_WORDS]) + " "
        after = "" if last else " " + " ".join(words[-_CONTEXT_WORDS:])
        left, right = piece.text[:1], piece.text[-1:]
        lead = " " if before and left.isspace() else ""
        yield Piece("same", f"{lead}{before}…{after}{' ' if right.isspace() else ''}")


def _piece(piece: Piece) -> Text:
    text, base = _inner(piece.text), on_one_line(piece.base_text)
    if piece.kind == "omitted":
        return Text(f"[-{base}-]", style="red")
    if piece.kind == "added":
        return Text(f"{{+{text}+}}", style="green")
    if piece.kind == "replaced":
        return Text.assemble((f"[-{base}-]", "red"), " ", (f"{{+{text}+}}", "green"))
    if piece.kind == "moved":
        return Text.assemble(text, (" (moved)", "dim"))
    return Text(text)


def _inner(text: str) -> str:
    """Text on one line that keeps a space at either end, so that pieces join as they stood."""
    inner = on_one_line(text)
    left = " " if text[:1].isspace() else ""
    return f"{left}{inner}{' ' if inner and text[-1:].isspace() else ''}"


def _voices(voices: VoicesView, screen: Screen) -> None:
    if not voices.shared:
        screen.heading("Who goes back to whom", "every report was found to stand on its own")
        return
    screen.heading("Who goes back to whom")
    for voice in voices.shared[:5]:
        sigla = "+".join(map(_letter, voice.reports))
        origin = _letter(voice.exemplar) if voice.exemplar else on_one_line(voice.origin) or "one text"
        line = Text.assemble((sigla, "bold"), f" from {origin}: ", "; ".join(map(_sentence, voice.evidence)))
        screen.flow(line, hang=2, lines=2)
    if len(voices.shared) > 5:
        screen.line(Text(f"  … and {count(len(voices.shared) - 5, 'shared voice')} more", style="dim"))
    if voices.alone:
        alone = " ".join(_letter(report) for voice in voices.alone for report in voice.reports)
        screen.flow(Text.assemble((alone, "bold"), ": on their own" if " " in alone else ": on its own"))


def _sentence(evidence: str) -> str:
    return on_one_line(evidence).removesuffix(".")


def _one_voice(claims: ClaimsView, screen: Screen) -> None:
    if claims.alone:
        counts = ", ".join(f"{_letter(found.citation)} {len(found.claims)}" for found in claims.alone)
        screen.heading("Told by one voice only", counts)


def _left_out(missing: Sequence[MissingView], edition: Edition, screen: Screen) -> None:
    lacking = sorted((found for found in missing if found.claims), key=lambda found: -len(found.claims))
    if lacking:
        screen.heading("Left out", "of what most other voices tell")
        screen.items([_lacking(found) for found in lacking], most=3, noun="report")
    cut = ", ".join(article.siglum or article.outlet for article in edition.articles if article.cut is not None)
    if cut:
        screen.flow(Text(f"{on_one_line(cut)} cut off: what would follow is unknown, not left out.", style="dim"))


def _lacking(found: MissingView) -> Item:
    more = len(found.claims) - 1
    words = Text.assemble((_letter(found.report), "bold"), f" {on_one_line(found.claims[0].text)}")
    return Item(words, f"(and {more} more)" if more else "", lines=1)


def _labels(labels: Sequence[LabelledName], screen: Screen) -> None:
    told = [name for name in labels if len({view.text.casefold() for row in name.rows for view in row.own}) > 1]
    if not told:
        return
    screen.heading("Called", "in the reports’ own voice")
    screen.items([_called(name) for name in told], most=2, noun="name")


def _called(name: LabelledName) -> Item:
    words = Text.assemble((on_one_line(name.name), "bold"), ": ")
    by_label: dict[str, list[str]] = {}
    for row in name.rows:
        for view in row.own:
            by_label.setdefault(on_one_line(view.text), []).append(_letter(row.report))
    rarest = sorted(by_label.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    words.append(", ".join(f"“{label}” {' '.join(sigla)}" for label, sigla in rarest))
    return Item(words, lines=1)


def _reports(edition: Edition, apparatus: Apparatus, screen: Screen) -> None:
    screen.heading("Reports")
    sigla = [on_one_line(apparatus.siglum(article.id)) for article in edition.articles]
    outlets = [on_one_line(article.outlet) for article in edition.articles]
    narrow, wide = max(map(cell_len, sigla)), min(26, max(map(cell_len, outlets)))
    for siglum, outlet, article in zip(sigla, outlets, edition.articles, strict=True):
        title = on_one_line(article.title or "")
        if article.cut is not None:
            title = f"{title} (cut off)".strip()
        row = Text.assemble((set_cell_size(siglum, narrow), "bold"), " ", set_cell_size(outlet, wide), " ", title)
        screen.flow(row, lines=1)


def _lone(article: Article) -> str:
    named = on_one_line(article.path or article.outlet)
    return (
        named
        if is_compared(article)
        else f"{named} (in {on_one_line(language_name(article.language))}: read, not compared)"
    )


def show_rest(editions: Editions, screen: Screen, *, lines: int = 2) -> None:
    """Print the reports that share no story, over at most so many lines, and the inputs that were refused."""
    if editions.alone:
        held = {article.id: article for article in editions.loners}
        named = [_lone(held[id]) if id in held else id for id in editions.alone]
        screen.heading("In no shared story", count(len(editions.alone), "report"))
        screen.flow(Text(", ".join(named)), lines=lines)
    if editions.refused:
        screen.heading("Could not be read", count(len(editions.refused), "input"))
        items = [
            Item(Text.assemble((on_one_line(row.path), "bold"), ": ", on_one_line(row.reason)), lines=3)
            for row in editions.refused
        ]
        screen.items(items, most=12, noun="input")
