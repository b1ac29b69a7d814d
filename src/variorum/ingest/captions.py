"""Lines that belong to a picture: its caption, its credit, the words read aloud in its place."""

import re
from collections.abc import Sequence

from variorum.config.ingest import Ingest
from variorum.ingest.line import Line
from variorum.records import PartKind

# A bracket that credits a picture, wherever it stands in the line's last third.
_BRACKET = re.compile(
    r"[(\[](?=[^()\[\]]{2,160}[)\]])(?:[^()\[\]]*\b(?:photo(?:graph)?s?|pictures?|images?|handout|getty|"
    r"screen ?(?:shot|grab)|"
    r"courtesy|file|stock|illustration|shutterstock|epa|pool|archive)\b[^()\[\]]*"
    r"|[^()\[\]]+ via (?:AP|AFP|Reuters|REUTERS|Getty|Anadolu|Twitter|X|Facebook|Instagram)\b[^()\[\]]*"
    r"|[^\W\d_][\w.'’ -]{1,40}/[^\W\d_][\w.'’ /-]{1,60})[)\]]",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|[.!?\"”’)\s])\s*(?i:photo(?:graph)?s?|pictures?|pics?|images?|credits?|illustrations?|graphics?|"
    r"source|file photo)"
    r"(?i: (?:by|from|courtesy(?: of)?|credit|via))?\s*[:/|©]\s*(?:[^\s.][^.\n]{0,80})\.?$"
    r"|(?:^|[.!?\"”’)\s])\s*(?i:photo(?:graph)?|picture|image|illustration) (?:by|courtesy(?: of)?|"
    r"from) [^.\n]{2,60}$"
    r"|(?:^|[.!?\"”’|,/]|\s[—–-])\s*(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}\s*[/|]\s*)?(?:AP Photo|AP|AFP|"
    r"REUTERS|Reuters|EPA|PA)?\s*"
    r"(?:/|via|\|)?\s*\bGetty(?: Images)?(?:\s*/\s*[\w .'’-]{2,40})?\.?$"
    r"|(?:REUTERS|AP Photo|AFP|EPA|PA Wire|Shutterstock|Getty Images|iStock|Alamy)\s*/\s*[A-Z][\w.'’ -]{2,50}$"
    r"|(?:^|[.!?\"”’)\s])\s*(?:[A-Z][\w.'’-]+ ){1,3}/\s?(?:REUTERS|AP|AFP|EPA|PA|Reuters|Bloomberg)\.?$",
)
_OPENED = re.compile(
    r"^(?:media playback is |enlarge (?:this )?image|toggle caption|file(?: photo| -| –| —| picture| image)|"
    r"(?:caption|photo|"
    r"picture|image|pictured|photograph|video|watch|graphic|"
    r"illustration|photo caption|image caption|image source|image credit|photo credit|picture credit|credit|"
    r"media caption)\s*:"
    r"|(?:image|media|video|photo) (?:caption|source|credit|copyright)\b)",
    re.IGNORECASE,
)
_BARE_CREDIT = re.compile(
    r"^[\[(]?(?:(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w.'’-]+\s*(?:/|\||via)\s*)*(?:AP(?: Photo)?|AFP|REUTERS|Reuters|"
    r"EPA(?:-EFE)?|"
    r"Getty(?: Images)?|Shutterstock|iStock|Alamy|PA(?: Wire| Media)?|Anadolu)(?:\s*(?:/|\||"
    r"via)\s*[\w .'’-]{2,40})+[\])]?$"
    r"|^[\[(]?(?:photo(?:graph)?|picture|image|illustration|credit)s?\s*(?:credit)?\s*[:/©|-]\s*[^.]{2,80}[\])]?$"
    r"|^(?:Getty(?: Images)?|AP Photo|Shutterstock|iStock(?:photo)?|Alamy)$",
    re.IGNORECASE,
)
# A caption of an agency's picture can be long; a paragraph of reporting with a bracket is longer.
_CAPTION_WORDS = 80
_CAPTION_CHARACTERS = 1_000
# Share of the shorter line's words that an alternative text has in common with its caption.
_ALIKE = 0.4
_SMALL = frozenset(
    "a an the of in on at to and or is are was were be by with for from as his her its their this that".split()
)


def label_captions(lines: Sequence[Line], kinds: list[PartKind | None], settings: Ingest) -> None:
    """Mark the captions among ``lines`` in ``kinds``, and the alternative text that stands above one."""
    has_blocks = len({line.block for line in lines}) > len(lines) / 2
    for at, line in enumerate(lines):
        if kinds[at] is None and line.hint not in ("body", "title") and is_caption(line):
            kinds[at] = "caption"
            if (
                at
                and kinds[at - 1] is None
                and _is_alternative(lines, at - 1, has_blocks=has_blocks, settings=settings)
            ):
                kinds[at - 1] = "caption"


def is_caption(line: Line) -> bool:
    """Whether a line is a picture's caption or credit by the way it is signed."""
    if len(line.keys) > _CAPTION_WORDS or len(line.text) > _CAPTION_CHARACTERS or line.text.endswith(":"):
        return False
    if _OPENED.match(line.text) or _BARE_CREDIT.match(line.text) or _SIGNED.search(line.text):
        return True
    ends = [bracket.end() for bracket in _BRACKET.finditer(line.text)]
    return bool(ends) and len(line.text[ends[-1] :].split()) <= 3


def _is_alternative(lines: Sequence[Line], above: int, *, has_blocks: bool, settings: Ingest) -> bool:
    """Whether the line above a caption is the picture's alternative text and no paragraph."""
    line, caption = lines[above], lines[above + 1]
    if len(line.keys) > settings.title_words or line.hint is not None:
        return False
    common = set(line.keys) - _SMALL
    shared = len(common & set(caption.keys)) / max(1, min(len(common), len(set(caption.keys) - _SMALL)))
    if has_blocks:
        opens_block = above == 0 or lines[above - 1].block != line.block
        return line.block == caption.block and opens_block and (shared >= _ALIKE / 2 or not line.is_stopped)
    return shared >= _ALIKE and not line.is_stopped
