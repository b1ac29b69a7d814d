"""XML of a feed or an OPML list, made safe: no entities, bounded, well-formed whatever came."""

from __future__ import annotations

import re
from html.entities import name2codepoint

from lxml import etree

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import cleaned

_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}(?P<subset>\[)?[^>]{0,500}>?", re.I)
_FIRST_ELEMENT = re.compile(r"<[\w]")
_NAMED = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,31});")
_STRAY = re.compile(r"&(?!#?[a-zA-Z0-9]{1,31};)")
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,7})|([0-9]{1,7}));")
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))
# Prefixes that feeds use without saying what they stand for.
_USUAL = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
_PLAIN = re.compile(r"[^\s{}<>\"]{1,300}")
_ATTRIBUTES = 50
# Declarations of spaces in a whole feed; a parser's time grows with the square of those in force.
_SPACES = 10_000


def xml_of(text: str, settings: Ingest) -> tuple[etree._Element, bool]:
    """The tree of ``text``, and whether it had to be mended because it is not well-formed.

    Raises InputRefused for a declaration of entities, for more elements or a deeper nesting than a feed has, and
    for what no tree can be made of. Nothing outside ``text`` is ever read.
    """
    bare = _without_doctype(_DECLARATION.sub("", text, count=1))
    if bare.count("<") > 3 * settings.feed_elements or bare.count("xmlns:") > _SPACES:
        raise InputRefused("This feed has too many elements to be one.")
    # Characters that no XML may hold are marked before, so that one of them does not spoil the rest.
    bare = _NUMBERED.sub(_referred, bare)
    try:
        tree, is_mended = _parsed(bare, recover=False), False
    except etree.XMLSyntaxError:
        tree, is_mended = _mended(bare), True
    _bound(tree, settings)
    return tree, is_mended


def local_name(element: etree._Element) -> str:
    """The name of an element without the space it belongs to, in lower case; empty for what is no element."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _bound(tree: etree._Element, settings: Ingest) -> None:
    """Hold ``tree`` to the settings' size, and give every element a name that any reader takes."""
    depth = size = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "end":
            continue
        size += 1
        if depth > settings.feed_depth:
            raise InputRefused("The elements of this feed nest deeper than those of any feed.")
        if size > settings.feed_elements:
            raise InputRefused("This feed has too many elements to be one.")
        _name(element)


def _name(element: etree._Element) -> None:
    """Spell out a prefix that was never declared, and drop attributes that no feed has."""
    space, _, local = str(element.tag).rpartition("}")
    prefix, _, name = local.rpartition(":")
    if prefix:
        try:
            element.tag = f"{{{_USUAL[prefix]}}}{name}" if prefix in _USUAL else name
        except ValueError:
            element.tag = "unknown"
    elif space and not _PLAIN.fullmatch(space[1:]):
        element.tag = "unknown"
    if len(element.attrib) > _ATTRIBUTES:
        # What reads the feed after this takes a time that grows with the square of their number.
        element.attrib.clear()
    for attribute in [name for name in element.attrib if ":" in str(name).rpartition("}")[2]]:
        del element.attrib[attribute]


def _without_doctype(text: str) -> str:
    """``text`` without its document type. One that declares anything is how a feed is made to blow up."""
    first = _FIRST_ELEMENT.search(text)
    head = text[: first.start()] if first else text
    match = _DOCTYPE.search(head)
    if "<!ENTITY" in head.upper() or (match is not None and match["subset"]):
        raise InputRefused("This feed declares entities, which none has to and which can do harm.")
    return text if match is None else text[: match.start()] + text[match.end() :]


def _parsed(text: str, *, recover: bool) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=False,
    )
    tree: etree._Element | None = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    if tree is None:
        raise _unreadable()
    return tree


def _mended(text: str) -> etree._Element:
    """A feed with a stray ampersand, a named character or a prefix that is not declared, as it was meant."""
    named = _NAMED.sub(_spelt, _STRAY.sub("&amp;", text))
    try:
        return _parsed(named, recover=True)
    except etree.XMLSyntaxError:
        raise _unreadable() from None


def _spelt(match: re.Match[str]) -> str:
    """A named character of HTML as its number, which XML knows; a name nobody knows as it stands."""
    name = match[1]
    if name in _XML_NAMES:
        return match[0]
    return f"&#{name2codepoint[name]};" if name in name2codepoint else f"&amp;{name};"


def _unreadable() -> InputRefused:
    return InputRefused("This looks like a feed, and no feed can be read in it.")


def _referred(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    return match[0] if cleaned(char) == char or char == "\r" else cleaned(char)
