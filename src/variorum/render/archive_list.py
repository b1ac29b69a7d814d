"""Stories and search hits of an archive on a terminal."""

from collections.abc import Mapping, Sequence

from rich.text import Text

from variorum.records import ListedArticle, ListedStory, Voices
from variorum.render.screen import Screen
from variorum.render.screen_text import on_one_line
from variorum.render.wording import count, told_when

_LONGEST_OUTLET = 40  # characters


def show_stories(stories: Sequence[ListedStory], voices: Mapping[str, Voices], total: int, screen: Screen) -> None:
    """Print a list of stories, two lines each. total: how many there are in all."""
    if not stories:
        screen.flow(Text("No such story was found here. --all lists single reports too."), indent=0)
        return
    head = count(total, "story", "stories")
    screen.line(Text(head if total == len(stories) else f"{head}, {len(stories):,} of them here", style="bold"))
    for one in stories:
        screen.line(Text())
        screen.flow(Text(on_one_line(one.headline or "(no headline)")), indent=0, hang=2, lines=2)
        told = Text(f"{one.id}  ", style="cyan")
        told.append(_counts(one, voices.get(one.id)), style="default")
        when = told_when(one)
        if when:
            told.append(f"  {when}", style="dim")
        screen.flow(told, indent=2)
    if total > len(stories):
        screen.line(Text())
        screen.line(Text(f"… and {total - len(stories):,} more: --limit", style="dim"))


def show_hits(
    hits: Sequence[ListedArticle], stories: Mapping[str, ListedStory], screen: Screen, *, is_cut: bool = False
) -> None:
    """Print the articles that were found under the stories they are in, the best story first.

    is_cut: whether more were found.
    """
    if not hits:
        screen.flow(Text("No report in this archive has these words."), indent=0)
        return
    screen.line(Text(f"{'the best ' if is_cut else ''}{count(len(hits), 'report')}", style="bold"))
    for story in dict.fromkeys(hit.story for hit in hits):
        screen.line(Text())
        listed = stories.get(story) if story else None
        if listed is not None and listed.articles > 1:
            screen.flow(Text(on_one_line(listed.headline or "(no headline)"), style="bold"), indent=0, lines=2)
            told = Text(f"{listed.id}  ", style="cyan")
            told.append(_counts(listed, None), style="default")
            screen.flow(told, indent=2)
        for hit in hits:
            if hit.story == story:
                _hit(hit, screen, indent=4 if listed is not None and listed.articles > 1 else 0)
    if is_cut:
        screen.line(Text())
        screen.line(Text("… and more: --limit", style="dim"))


def _hit(hit: ListedArticle, screen: Screen, *, indent: int) -> None:
    made = Text(on_one_line(hit.outlet)[:_LONGEST_OUTLET], style="bold")
    made.append(f"  {on_one_line(hit.title or '(no headline)')}", style="not bold")
    if hit.published:
        made.append(f"  {hit.published[:10]}", style="not bold dim")
    made.append(f"  {hit.id}", style="not bold cyan")
    screen.flow(made, indent=indent, hang=2, lines=3)


def _counts(one: ListedStory, voices: Voices | None) -> str:
    told = f"{count(one.articles, 'report')}, {count(one.outlets, 'outlet')}"
    if voices is None:
        return told
    most = "" if voices.is_final or voices.lineages < 2 else "at most "
    return f"{told}, {most}{count(voices.lineages, 'voice')}"
