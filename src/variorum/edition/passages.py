"""The stretches of a report that a digest may print: whole sentences, and sentences shortened at their end."""

import re
from collections.abc import Iterator, Sequence

from variorum.records import Annotation, Article, Sentence, Span, Token

# "PORT ELLERY, Tavarra (MNA) — ", "LONDON: ", "MOSCOW, May 3 (Agency) - "
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][\w.'’-]*)*(?:,[^—–―\n]{0,30}?)?"
    r"\s*(?:\([^)\n]{1,40}\)|/[\w ]{1,20}/)?\s*(?:[—–―]+|--?)\s+"
    r"|\([A-Z][\w .]{1,30}\)\s*[—–―-]+\s*)"
)
_SPEAKING = frozenset(
    "say tell add report announce accord claim write state insist warn suggest believe allege argue".split()
)
_TURNING = frozenset(
    "but although though unless if except however not n't no never without despite while whereas".split()
)


def passages(article: Article, annotation: Annotation, sentence: Sentence) -> tuple[Span, ...]:
    """The sentence without its dateline, and what is left of it when a trailing clause is cut off."""
    start = sentence.start
    dateline = _DATELINE.match(article.text, start, sentence.end)
    if dateline:
        start = dateline.end()
    for credit in article.credits:
        if credit.of == "text" and start <= credit.start < credit.end < sentence.end and credit.start - start < 40:
            start = credit.end
            while start < sentence.end and article.text[start] in " )—–―-:/":
                start += 1
    if start >= sentence.end:
        return ()
    whole = Span(start, sentence.end)
    if not article.text[start : sentence.end].rstrip("\"'”’»)").endswith((".", "!")):
        return ()  # a heading or a list, not a sentence
    cuts = (Span(start, end) for end in _ends(annotation.tokens, sentence) if end > start)
    return (whole, *sorted(set(cuts)))


def _ends(tokens: Sequence[Token], sentence: Sentence) -> Iterator[int]:
    """Offsets before a comma after which only a relative clause, a participle or an adjunct clause follows."""
    for at in range(sentence.first + 1, sentence.last - 1):
        if tokens[at].text != "," or at + 1 >= sentence.last:
            continue
        rest = range(at + 1, sentence.last)
        roots = [i for i in rest if tokens[i].head not in rest and tokens[i].pos not in ("PUNCT", "CCONJ")]
        if len(roots) != 1 or tokens[roots[0]].dep not in ("relcl", "advcl", "acl", "conj"):
            continue
        if tokens[roots[0]].dep == "conj" and tokens[roots[0]].pos not in ("VERB", "AUX"):
            continue
        if any(tokens[i].lemma.lower() in _SPEAKING or tokens[i].text.lower() in _TURNING for i in rest):
            continue  # cutting off "he said" or "but not yet" would make the sentence say something else
        yield tokens[at - 1].end
