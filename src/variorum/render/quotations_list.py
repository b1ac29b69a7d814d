"""Quotations on a terminal: article by article, each with who says it and where it stands."""

from rich.text import Text

from variorum.records import Quotation, Quoted
from variorum.render.screen import Screen
from variorum.render.screen_text import on_one_line
from variorum.render.wording import count

_MODES = {"direct": "direct", "mixed": "partly quoted", "indirect": "reported"}


def show_quotations(quoted: Quoted, screen: Screen) -> None:
    """Print the quotations of one article."""
    article = quoted.article
    head = Text(on_one_line(article.path or article.outlet), style="bold")
    head.append(f"  {count(len(quoted.quotations), 'quotation')}", style="dim")
    screen.flow(head, indent=0)
    for quotation in quoted.quotations:
        screen.flow(_said(quotation), indent=2, lines=4)
        screen.flow(Text(_told(quotation), style="dim"), indent=4)


def _said(quotation: Quotation) -> Text:
    words = on_one_line(quotation.text)
    if quotation.mode == "direct" and quotation.marks != "none":
        words = f"“{words}”"
    return Text(f"{_who(quotation)}: {words}")


def _who(quotation: Quotation) -> str:
    called = on_one_line(quotation.speaker_text or "")
    named = on_one_line(quotation.speaker or "")
    if not called:
        return named or "Nobody named"
    return called if not named or named == called else f"{called} ({named})"


def _told(quotation: Quotation) -> str:
    marks = {"closed": "", "unclosed": ", marks not closed", "none": ", no marks"}[quotation.marks]
    if quotation.mode == "indirect":
        marks = ""
    places = ", ".join(f"{span.start}–{span.end}" for span in quotation.spans)
    return f"{_MODES[quotation.mode]}{marks}, characters {places}"
