"""The revisions of a report on a terminal: what went and what came, in its line."""

from collections.abc import Sequence

from rich.text import Text

from variorum.records import Revision, Span
from variorum.render.revised import changed
from variorum.render.screen import Screen
from variorum.render.screen_text import on_one_line
from variorum.render.wording import count

_MOST_CHANGES = 40
_LONGEST = 240  # characters shown of what went, and of what came; --json has it whole
_AROUND = 40  # characters shown on either side of a change


def show_revisions(address: str, revisions: Sequence[Revision], screen: Screen) -> None:
    """Print every revision with what it changed in the one before."""
    screen.flow(Text(on_one_line(address), style="bold"), indent=0, lines=3)
    screen.line(Text(f"{count(len(revisions), 'revision')}", style="dim"))
    before: Revision | None = None
    for one in revisions:
        screen.line(Text())
        head = Text(f"{one.number}  first seen {one.seen_at[:16].replace('T', ' ')} UTC", style="bold")
        head.append(f"  {one.article.id}", style="not bold dim")
        screen.flow(head, indent=0)
        if before is None:
            screen.flow(Text(on_one_line(one.article.title or one.article.text[:200])), indent=3)
        else:
            _changes(before.article.text, one.article.text, screen)
        before = one


def _changes(old: str, new: str, screen: Screen) -> None:
    steps = changed(old, new)
    if not steps:
        screen.flow(Text("Only white space, or what stands around the report, was changed.", style="dim"), indent=3)
    for step in steps[:_MOST_CHANGES]:
        made = Text(_before(new, step.new), style="dim")
        was, now = (_shown(text[span.start : span.end]) for text, span in ((old, step.old), (new, step.new)))
        if was:
            made.append(f"[-{was}-]", style="not dim red")
        if now:
            made.append(f"{{+{now}+}}", style="not dim green")
        made.append(_after(new, step.new))
        screen.flow(made, indent=3, hang=2, lines=8)
    if len(steps) > _MOST_CHANGES:
        rest = count(len(steps) - _MOST_CHANGES, "change")
        screen.line(Text(f"   … and {rest} more; --json has them all", style="dim"))


def _shown(text: str) -> str:
    line = on_one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _before(text: str, at: Span) -> str:
    line = text.rfind("\n", 0, at.start) + 1
    start = max(line, at.start - _AROUND)
    shown = on_one_line(text[start : at.start])
    space = " " if shown and text[at.start - 1 : at.start].isspace() else ""
    return f"{'…' if start > line else ''}{shown}{space}"


def _after(text: str, at: Span) -> str:
    line = text.find("\n", at.end)
    line = len(text) if line < 0 else line
    end = min(line, at.end + _AROUND)
    shown = on_one_line(text[at.end : end])
    space = " " if shown and text[at.end : at.end + 1].isspace() else ""
    return f"{space}{shown}{'…' if end < line else ''}"
