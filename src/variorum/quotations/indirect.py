"""Speech without quotation marks: reported in the outlet's words, or printed as if marked."""

import re
from collections.abc import Sequence

from variorum.quotations.cues import REPORTING
from variorum.quotations.speakers import Cue
from variorum.records import Annotation, Article, Quotation, Span, Token
from variorum.text import trimmed

_FIRST_PERSON = re.compile(r"\b(?:I|we|our|ours|us|my|me|I'm|I’m|we're|we’re|we'll|we’ll|I'll|I’ll)\b", re.I)
_BARE = re.compile(r"^\s*[,:]\s*(?=[A-Z])")
_NO_STATEMENT = re.compile(r"(?:who|which|whose|so that|because|as if|and|but)\b", re.I)
_NOBODY = frozenset("most some all many none it this that which who words one others another both each".split())
_LEAVES = re.compile(
    r",\s+(?:emphasi[sz]ing|adding|saying|noting|stating|stressing|explaining|insisting|arguing|while|according to|"
    r"(?:he|she|they|the [\w ]{2,30}|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*) (?:said|added|told|wrote|says|explained))\b"
)


def unmarked(article: Article, annotation: Annotation, here: Sequence[Cue], taken: Sequence[Span]) -> list[Quotation]:
    """Direct speech printed with no marks: "stating, We are ready to help".

    Only where a cue is followed by a comma or colon and a capital, and the words speak in the first
    person: a report does not say "we" of a minister.
    """
    found = []
    for cue in here:
        sentence = annotation.sentences[annotation.tokens[cue.token].sentence]
        rest = article.text[cue.span.end : sentence.end]
        opening = _BARE.match(rest)
        if opening is None or cue.speaker is None:
            continue
        start = cue.span.end + opening.end()
        leaving = _LEAVES.search(article.text, start, sentence.end)
        span = trimmed(article.text, start, leaving.start() if leaving else sentence.end)
        span = Span(span.start, span.end - 1) if span.of(article.text).endswith(".") else span
        if any(span.overlaps(other) for other in taken) or not _FIRST_PERSON.search(span.of(article.text)):
            continue
        found.append(_quotation(article, span, "direct", cue))
    return found


def indirect(article: Article, annotation: Annotation, here: Sequence[Cue], taken: Sequence[Span]) -> list[Quotation]:
    """Reported speech: the clause that a cue governs ("said that …"), or that "according to" qualifies."""
    found = []
    used: list[Span] = list(taken)
    for cue in here:
        token = annotation.tokens[cue.token]
        if cue.speaker is None or cue.speaker.of(article.text).casefold() in _NOBODY:
            continue
        span = _according(article, annotation, cue) if token.text.casefold() == "according" else None
        if span is None and token.lemma in REPORTING:
            span = _governed(article, annotation, cue)
        if (
            span is None
            or len(span) < 12
            or _NO_STATEMENT.match(span.of(article.text))
            or any(span.overlaps(other) for other in used)
        ):
            continue
        used.append(span)
        found.append(_quotation(article, span, "indirect", cue))
    return found


def _quotation(article: Article, span: Span, mode: str, cue: Cue) -> Quotation:
    return Quotation(
        article=article.id,
        spans=(span,),
        text=span.of(article.text),
        mode="direct" if mode == "direct" else "indirect",
        marks="none",
        cue=cue.span,
        speaker_span=cue.speaker,
        speaker_text=cue.speaker.of(article.text) if cue.speaker is not None else None,
    )


def _governed(article: Article, annotation: Annotation, cue: Cue) -> Span | None:
    """The words of the clause that the cue has as its object, without the conjunction."""
    tokens = annotation.tokens
    sentence = annotation.sentences[tokens[cue.token].sentence]
    verbs = [at for at in range(sentence.first, sentence.last) if tokens[at].pos in ("VERB", "AUX")]
    heads = [at for at in verbs if tokens[at].head == cue.token and tokens[at].dep == "ccomp"]
    heads = heads or [at for at in verbs if at > cue.token and _under_that(tokens, at, cue.token)]
    if not heads:
        return None
    inside = {heads[0]}
    for _ in range(8):
        inside |= {at for at in range(sentence.first, sentence.last) if tokens[at].head in inside and at != cue.token}
    first, last = min(inside), max(inside)
    if first <= cue.token <= last:
        return None
    while first < last and (tokens[first].text.casefold() == "that" or tokens[first].pos == "PUNCT"):
        first += 1
    span = trimmed(article.text, tokens[first].start, tokens[last].end)
    words_end = span.of(article.text).rstrip(" .,;:!?")
    return Span(span.start, span.start + len(words_end))


def _under_that(tokens: Sequence[Token], at: int, cue: int) -> bool:
    """Whether a clause opens with "that" and hangs on what the cue governs ("said in a letter that …")."""
    own = [tokens[i] for i in range(cue, at) if tokens[i].head == at]
    # The parser often takes this "that" for a relative pronoun; a clause with a subject of its own is none.
    opens = any(token.text.casefold() == "that" and token.dep not in ("nsubj", "det") for token in own)
    opens = opens and any(token.dep in ("nsubj", "nsubjpass", "expl") for token in own)
    above = tokens[at].head
    for _ in range(4):
        if above == cue:
            return opens
        if tokens[above].pos in ("VERB", "AUX"):
            return False
        above = tokens[above].head
    return False


def _according(article: Article, annotation: Annotation, cue: Cue) -> Span | None:
    """The sentence that "according to" qualifies, on the side of it where the statement stands."""
    sentence = annotation.sentences[annotation.tokens[cue.token].sentence]
    after = cue.speaker.end if cue.speaker is not None else cue.span.end
    before = trimmed(article.text, sentence.start, cue.span.start)
    rest = trimmed(article.text, after, sentence.end)
    longer = before if len(before) >= len(rest) else rest
    words = longer.of(article.text)
    left = len(words) - len(words.lstrip(" ,"))
    return Span(longer.start + left, longer.start + len(words.rstrip(" ,.;:")))
