"""A terminal's screen: lines that fit its width, its colours and its letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from variorum.render.screen_text import in_encoding
from variorum.render.wording import count

_WIDEST = 100  # longer lines are hard to read


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a section: its words, cut to ``lines`` lines, and a tail that is always shown whole."""

    words: Text
    tail: str = ""
    lines: int = 2


class Screen:
    """Prints lines that fit the console, whatever its width, colours and encoding."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = max(40, min(console.width, _WIDEST))

    def line(self, text: Text) -> None:
        encoding = self._console.encoding
        shown = Text(in_encoding(text.plain, encoding)) if not _fits(text.plain, encoding) else text
        self._console.print(shown, soft_wrap=True, markup=False, highlight=False, emoji=False)

    def heading(self, title: str, remark: str = "") -> None:
        made = Text(title.upper(), style="bold")
        if remark:
            made.append(f"  {remark}", style="not bold dim")
        self.flow(made, indent=0, lines=2)

    def flow(self, text: Text, *, indent: int = 2, hang: int = 0, lines: int = 2) -> None:
        """Print a text over at most ``lines`` lines; its later lines stand ``hang`` further in."""
        width = self.width - indent - hang
        wrapped = text.wrap(self._console, width)
        for number, row in enumerate(wrapped[:lines]):
            if number == lines - 1 and len(wrapped) > lines:
                row = _cut(row + Text(" " * width), width - 1)
            row.rstrip()
            pad = " " * (indent + (hang if number else 0))
            self.line(Text(pad) + row)

    def items(self, items: Sequence[Item], *, most: int, noun: str) -> None:
        """Print the first ``most`` items, then how many more there are."""
        for item in items[:most]:
            room = item.lines * (self.width - 4) - cell_len(item.tail) - (8 if item.lines > 1 else 1)
            words = _cut(item.words, room)
            if item.tail:
                words.append(f" {item.tail}")
            self.flow(words, indent=2, hang=2, lines=item.lines + 1)
        if len(items) > most:
            self.line(Text(f"  … and {count(len(items) - most, noun)} more", style="dim"))


def _cut(text: Text, columns: int) -> Text:
    """A text of at most ``columns`` columns, cut between words, with an ellipsis where it is cut."""
    made = text.copy()
    if cell_len(made.plain) > columns:
        made.truncate(columns - 1)
        space = made.plain.rfind(" ")
        made = made[: space if space > columns // 2 else len(made)]
        made.rstrip()
        made.append(" …")
    return made


def _fits(text: str, encoding: str) -> bool:
    return in_encoding(text, encoding) == text
