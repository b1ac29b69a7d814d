"""One line for each report that comes into an archive, and the sum of them."""

from collections import Counter

from variorum.records import Added, Refusal
from variorum.render.screen_text import on_one_line
from variorum.render.wording import count

_LONGEST = 60  # characters of a headline
_LONGEST_OUTLET = 40


class Tally:
    """Counts what became of the inputs of a run, and says it a line at a time."""

    def __init__(self) -> None:
        self._outcomes: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    @property
    def kept(self) -> int:
        """Reports that are in the archive now, whether this run brought them or not."""
        return sum(self._outcomes.values()) - self._outcomes["refused"]

    @property
    def refused(self) -> int:
        """Inputs that could not be read."""
        return self._outcomes["refused"]

    def count(self, one: Added | Refusal) -> str | None:
        """The line for one input; ``None`` where there is nothing new to say of it."""
        if isinstance(one, Refusal):
            self._outcomes["refused"] += 1
            self._reasons[on_one_line(one.reason)] += 1
            place, reason = on_one_line(one.path), on_one_line(one.reason)
            return f"refused   {reason}" if reason.startswith(place) else f"refused   {place}: {reason}"
        self._outcomes[one.kept.outcome] += 1
        if one.kept.outcome == "same":
            return None
        article = one.received.article
        title = on_one_line(article.title or "(no headline)")
        title = title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
        where = _where(one)
        return (
            f"{one.kept.outcome:<9} {one.kept.article}  {on_one_line(article.outlet)[:_LONGEST_OUTLET]}: {title}{where}"
        )

    def summary(self, place: str) -> str:
        """The sums of the run in a few lines."""
        told = [f"{self._outcomes['new']:,} new", f"{self._outcomes['same']:,} known already"]
        if self._outcomes["revision"]:
            told.insert(1, count(self._outcomes["revision"], "revision"))
        if self._outcomes["refused"]:
            told.append(f"{self._outcomes['refused']:,} refused")
        lines = [f"{place}: {', '.join(told)}"]
        lines += [f"  {number:,} × {reason}" for reason, number in self._reasons.most_common(8) if number > 1]
        return "\n".join(lines)


def _where(one: Added) -> str:
    if one.placement is None or not one.placement.changes:
        return ""
    joined = any(change.kind == "joined" for change in one.placement.changes)
    return f"  → {one.placement.story}" if joined else ""
