"""A comparison on a terminal: part after part, strongest first, in the reports' own words.

Made for eighty columns. Unless everything is asked for, each part is cut to its share of a screen, and what does not
fit is counted; the fewer parts are asked for, the more of each is shown. Nothing depends on colour.
"""

from collections.abc import Collection, Iterable, Sequence

from rich.text import Text

from variorum.records import Article, Editions
from variorum.render.apparatus import is_compared
from variorum.render.compare_view import (
    Compared,
    Dispute,
    Hearing,
    Lack,
    LeftOut,
    Part,
    Side,
    Statement,
    Told,
    Why,
)
from variorum.render.marked_text import in_context
from variorum.render.screen import Item, Screen
from variorum.render.screen_text import on_one_line
from variorum.render.terminal import show_head, show_rest
from variorum.render.wording import CONFLICT_KINDS, count, language_name

PARTS: tuple[Part, ...] = ("agreed", "disputed", "only-in", "left-out", "heard")
PARTS_OF_ONE: tuple[Part, ...] = ("left-out", "only-in", "disputed")
"""What is printed of one report unless told otherwise, in this order: what others have and it lacks comes first."""

_ENTRIES = 20  # on a screen, over all parts
_LINES_OF_A_TEXT = 2
_REACH_CHARACTERS = 26  # of context on either side of words in dispute, so that most stand on one line
_UNBOUNDED = 1_000_000
_REMARK_CHARACTERS = 40  # so that a long name leaves room for the statement
_FACT = "as fact"
_NO_OTHER = "One report was read; there is no other to compare it with."
_UNKNOWN: dict[Why, str] = {
    "cut": "the text breaks off",
    "ticker": "a live ticker, which drops its oldest entries",
    "stub": "a few lines only",
    "language": "in another language, not compared",
    "near": "comes near without plainly stating it",
}


def show_comparison(
    editions: Editions,
    stories: Sequence[Compared],
    screen: Screen,
    *,
    parts: Collection[Part] = (),
    every: bool = False,
) -> None:
    """Print the parts of every story, then the reports that share none and the inputs that were refused.

    parts: which to print; the usual ones where it is empty. every: print all entries, and every text whole.
    """
    for index, story in enumerate(stories):
        if index:
            screen.line(Text())
        _Printing(story, screen, parts, every=every).story()
    if not stories:
        screen.flow(Text(_nothing(editions)), indent=0)
    show_rest(editions, screen, lines=_UNBOUNDED if every else 4)


def _nothing(editions: Editions) -> str:
    if editions.editions:
        return "The report asked for shares its event with no other."
    if len(editions.alone) == 1:
        return _NO_OTHER
    if editions.alone:
        return "No two of the reports tell of the same event, so there is nothing to compare."
    return "Nothing could be read."


class _Printing:
    """Prints one story."""

    def __init__(self, story: Compared, screen: Screen, parts: Collection[Part], *, every: bool) -> None:
        self._story = story
        self._screen = screen
        self._parts = tuple(dict.fromkeys(parts)) or (PARTS_OF_ONE if story.ours else PARTS)
        self._every = every
        self._most = _UNBOUNDED if every else _ENTRIES // len(self._parts)
        self._lines = _UNBOUNDED if every else _LINES_OF_A_TEXT

    def story(self) -> None:
        if len(self._story.edition.articles) == 1:
            only = self._story.edition.articles[0]
            self._screen.flow(Text(_NO_OTHER), indent=0)
            self._screen.flow(Text(f"{on_one_line(only.path or only.outlet)}  {on_one_line(only.title or '')}"))
            return
        show_head(self._story.edition, self._screen)
        self._reports()
        printers = {
            "agreed": self._agreed,
            "disputed": self._disputed,
            "only-in": self._only_in,
            "left-out": self._left_out,
            "heard": self._heard,
        }
        order = PARTS if self._story.ours is None else (*PARTS_OF_ONE, "agreed", "heard")
        for part in order:
            if part in self._parts:
                printers[part]()

    def _reports(self) -> None:
        """A line a voice, so that the letters are known before they are used."""
        self._screen.heading("Reports", "a line a voice")
        for voice in self._story.by_lineage(self._story.edition.articles):
            named = Text()
            for article in voice:
                joint = " + " if is_compared(article) else "; "
                named.append(joint if named.plain else "")
                named.append(f"{_letter(article)} ", style="bold")
                named.append(on_one_line(article.outlet))
                named.append(self._remark(article), style="dim")
            self._screen.flow(named, hang=2, lines=_UNBOUNDED)

    def _remark(self, article: Article) -> str:
        if not is_compared(article):
            return f" (in {on_one_line(language_name(article.language))}: read, not compared)"
        return f"{' (breaks off)' if article.cut else ''}{' (ours)' if article is self._story.ours else ''}"

    def _agreed(self) -> None:
        agreed = self._story.agreed
        if not agreed:
            one_voice = len(self._story.lineages) < 2
            none = "all goes back to one text: one voice" if one_voice else "no statement was found with two voices"
            self._screen.heading("Agreed", none)
            return
        self._screen.heading("Agreed", "told by two voices or more, the most first")
        for told in agreed[: self._most]:
            self._claim(told)
        self._more(len(agreed), "statement")

    def _claim(self, told: Told) -> None:
        self._screen.flow(Text(on_one_line(told.claim.text)), hang=2, lines=self._lines)
        standing = f"{_standing(told.claim.lineages, told.claim.outlets)}{self._said(told)}"
        self._screen.flow(self._sigla(told.statements) + Text(f"  {standing}", style="dim"), indent=6, hang=2, lines=4)

    def _said(self, told: Told) -> str:
        """Who gives it to whom: empty where every report states it as fact."""
        given: dict[str, list[Article]] = {}
        for article, own in told.by_report:
            given.setdefault(_manner(own), []).append(article)
        if list(given) == [_FACT]:
            return ""
        if len(given) == 1:
            return f"; all {next(iter(given))}"
        return "; " + ", ".join(f"{manner} in {self._letters(articles)}" for manner, articles in given.items())

    def _disputed(self) -> None:
        disputed = self._story.disputed
        if not disputed:
            self._screen.heading("Disputed", "nothing was found that cannot all be right; that is no proof")
            return
        self._screen.heading("Disputed", "these cannot all be right; the order is no verdict")
        for dispute in disputed[: self._most]:
            self._dispute(dispute)
        self._more(len(disputed), "dispute")

    def _dispute(self, dispute: Dispute) -> None:
        head = Text.assemble((f"{CONFLICT_KINDS[dispute.kind]}: ", "bold"), on_one_line(dispute.about))
        self._screen.flow(head, hang=2, lines=self._lines)
        for side in dispute.sides:
            self._side(side, with_value=dispute.kind != "wording")

    def _side(self, side: Side, *, with_value: bool) -> None:
        head = self._sigla(side.statements)
        head.append(f"  {_standing(side.lineages, side.outlets)}", style="dim")
        if side.has(self._story.ours):
            head.append(" (ours)", style="dim")
        if with_value:
            head.append(": ")
            head.append(on_one_line(side.value), style="bold")
        self._screen.flow(head, indent=4, hang=2, lines=self._lines)
        shown = sorted(side.statements, key=lambda one: one.article is not self._story.ours)
        for one in shown if self._every else shown[:1]:
            reach = _UNBOUNDED if self._every else _REACH_CHARACTERS
            before, words, after = in_context(one.article.text, one.start, one.end, reach=reach)
            line = Text.assemble((f"{_letter(one.article)} ", "bold"), _spaced(before), (on_one_line(words), "bold"))
            line.append(_spaced(after))
            self._screen.flow(line, indent=6, hang=2, lines=self._lines)

    def _only_in(self) -> None:
        alone = self._story.only_in
        ours = self._story.ours
        title = f"Only in {_letter(ours)}" if ours else "Only in one voice"
        if not alone:
            self._screen.heading(title, "nothing")
            return
        self._screen.heading(title, f"in the order of {'the' if ours else 'each'} report")
        for one in alone:
            entries = [(told, self._told_by(told)) for told in one.claims]
            self._under(one.article, entries, each=max(1, 2 * self._most // len(alone)))

    def _told_by(self, told: Told) -> str:
        """Who else of its voice prints a statement of one voice, and whose word it is where they agree on that."""
        reports = told.by_report
        voice = self._letters(article for article, _ in reports) if len(reports) > 1 else ""
        manners = {_manner(own) for _, own in reports}
        told_by = "; ".join(filter(None, (voice, "".join(manners - {_FACT}) if len(manners) == 1 else "")))
        return told_by if self._every else _cut(told_by)

    def _under(self, article: Article, entries: Sequence[tuple[Told, str]], *, each: int) -> None:
        """Statements with a remark each, under the letter of their report, which stands before the first."""
        letter = f"{_letter(article)} "
        for index, (told, remark) in enumerate(entries[:each]):
            rest = len(entries) - each if index == each - 1 else 0
            words = Text.assemble((" " * len(letter) if index else letter, "bold"), on_one_line(told.claim.text))
            tail = " ".join(filter(None, (f"[{remark}]" if remark else "", f"(and {rest:,} more)" if rest > 0 else "")))
            self._screen.items([Item(words, tail, lines=1 if each == 1 else self._lines)], most=1, noun="")

    def _left_out(self) -> None:
        lacking = sorted((one for one in self._story.left_out if one.claims), key=lambda one: -len(one.claims))
        title = f"Not in {_letter(self._story.ours)}" if self._story.ours else "Left out"
        if len(self._story.lineages) < 2:
            self._screen.heading(title, "there is no other voice")
            return
        one_other = len(self._story.lineages) == 2
        if one_other and self._story.ours is None:
            self._screen.heading(title, "of two voices, each leaves out what only the other has")
            self._unknown()
            return
        others = "what the other voice tells" if one_other else "what two other voices or more tell, and how many do"
        self._screen.heading(title, others if lacking else f"nothing of {others.removesuffix(', and how many do')}")
        shown = lacking[: self._most]
        for one in shown:
            self._under(one.article, _lacks(one.claims, one), each=max(1, self._most // len(shown)))
        self._more(len(lacking), "report")
        self._unknown()

    def _unknown(self) -> None:
        """What may or may not be missing, by reason: counted, and listed too of one report or where all is wanted."""
        for why, says in _UNKNOWN.items():
            lacking = ((one, [lack for lack in one.unknown if lack.why == why]) for one in self._story.left_out)
            having = [(one, lacks) for one, lacks in lacking if lacks]
            if not having:
                continue
            tally = ", ".join(f"{_letter(one.article)} {len(lacks)}" for one, lacks in having)
            self._screen.flow(Text(f"Unknown, not left out: {says}: {tally}", style="dim"), lines=4)
            if self._every or self._story.ours:
                for one, lacks in having:
                    self._under(one.article, _lacks(lacks, one), each=self._most)

    def _heard(self) -> None:
        heard = self._story.heard
        if not heard:
            self._screen.heading("Heard", "nobody")
            return
        self._screen.heading("Heard", "how many quotations, and (words in quotation marks)")
        for one in heard[: self._most]:
            self._screen.flow(_hearing(one), hang=4, lines=_UNBOUNDED if self._every else 3)
        self._more(len(heard), "speaker")

    def _more(self, number: int, noun: str) -> None:
        if number > self._most:
            rest = count(number - self._most, f"{noun} more", f"{noun}s more")
            self._screen.line(Text(f"  … and {rest}", style="dim"))

    def _sigla(self, statements: Iterable[Statement]) -> Text:
        return Text(f"[{self._letters(one.article for one in statements)}]", style="bold")

    def _letters(self, articles: Iterable[Article]) -> str:
        """Reports by voice: ``A+B C``."""
        return " ".join("+".join(map(_letter, voice)) for voice in self._story.by_lineage(articles))


def _letter(article: Article | None) -> str:
    return on_one_line(article.siglum or article.outlet) if article else ""


def _standing(lineages: int, outlets: int) -> str:
    return f"{count(lineages, 'voice')}, {count(outlets, 'outlet')}"


def _manner(own: Sequence[Statement]) -> str:
    """How one report gives a claim: what it states counts for more than what it gives to somebody."""
    stances = {one.stance for one in own}
    if "states" in stances:
        return _FACT
    speaker = next((on_one_line(one.speaker) for one in own if one.speaker), "")
    if "attributes" in stances:
        return f"as the word of {speaker}" if speaker else "as somebody’s word"
    return f"denied by {speaker}" if speaker else "denied"


def _cut(remark: str) -> str:
    return remark if len(remark) <= _REMARK_CHARACTERS else f"{remark[: _REMARK_CHARACTERS - 2].rstrip()} …"


def _lacks(lacks: Iterable[Lack], one: LeftOut) -> list[tuple[Told, str]]:
    return [
        (lack.told, f"{lack.carried} of {one.others}{'; disputed' if lack.told.claim.status == 'disputed' else ''}")
        for lack in lacks
    ]


def _hearing(one: Hearing) -> Text:
    made = Text.assemble((on_one_line(one.speaker), "bold"), "  ")
    made.append(", ".join(f"{_letter(here.article)} {here.quotations} ({here.words:,})" for here in one.reports))
    return made


def _spaced(text: str) -> str:
    """Text on one line that keeps a space at either end, so that it joins the words it stands beside."""
    inner = on_one_line(text)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
