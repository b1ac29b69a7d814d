"""Markup to a tree that is safe to walk: bounded in size and depth, no forbidden character in it."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import cleaned

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"^\s*<!doctype[^>]{0,500}>", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,7})|([0-9]{1,7}))(?![0-9a-fA-F]);?")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40})(?:\s[^<>]{0,5000})?>")
# Elements that hold nothing, or that pages rightly leave open.
_UNCLOSED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th".split()
)
# libxml2 gives up a page, and drops what it has read of it, at 2048 open elements.
_PARSER_DEPTH = 1_000


def parse(markup: str, settings: Ingest) -> HtmlElement:
    """The tree of a page, elements nested deeper than ``settings.page_depth`` joined to paragraphs there.

    Raises InputRefused for a page with too many elements or too much text, and for one with none.
    """
    bare = _DOCTYPE.sub("", _XML_DECLARATION.sub("", markup, count=1), count=1)
    if bare.count("<") > 2 * settings.page_elements:
        raise InputRefused("This page has too many elements to be an article.")
    bare = _REFERENCE.sub(_referred, bare)
    tree = _parsed(bare, again=True)
    size, letters = 0, 0
    for element in tree.iter():
        size += 1
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            letters += len(element.text or "")
        letters += len(element.tail or "")
    if size > settings.page_elements:
        raise InputRefused("This page has too many elements to be an article.")
    if letters > settings.page_characters:
        raise InputRefused("This page has too much text to be an article.")
    _flatten(tree, settings.page_depth)
    return tree


def _parsed(markup: str, *, again: bool) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    try:
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise InputRefused("This page is empty, or is no page.") from None
    if again and any("depth" in entry.message for entry in parser.error_log):
        return _parsed(_shallow(markup), again=False)
    return tree


def _shallow(markup: str) -> str:
    """``markup`` without the tags of elements nested deeper than the parser follows."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _UNCLOSED:
            return match[0] if depth <= _PARSER_DEPTH or match[2].lower() in ("p", "br") else " "
        if match[1]:
            depth = max(0, depth - 1)
            return match[0] if depth < _PARSER_DEPTH else " "
        depth += 1
        return match[0] if depth <= _PARSER_DEPTH else " "

    return _TAG.sub(keep, markup)


def _referred(match: re.Match[str]) -> str:
    """A numeric reference to a character that may not stand in a text, as what is put in its place."""
    code = int(match[1], 16) if match[1] else int(match[2])
    if code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    return match[0] if cleaned(char) == char else cleaned(char)


def _flatten(tree: HtmlElement, deepest: int) -> None:
    """Put all text below ``deepest`` into paragraphs there; what walks the tree later recurses."""
    depth = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    too_deep: list[HtmlElement] = []
    for event, element in walk:
        depth += 1 if event == "start" else -1
        if event == "start" and depth >= deepest:
            if len(element):
                too_deep.append(element)
            walk.skip_subtree()
    for element in too_deep:
        pieces = [
            piece
            for inner in element.iter()
            if isinstance(inner.tag, str)
            for piece in (
                inner.text if inner.tag not in ("script", "style") else None,
                None if inner is element else inner.tail,
            )
            if piece and piece.strip()
        ]
        for child in list(element):
            element.remove(child)
        element.text = None
        for piece in pieces:
            etree.SubElement(element, "p").text = piece
