"""Story -> Utterances: who said it, and every outlet's reading of the words.

In come the story's articles with their annotations, the names over the story and the stemma; out go
utterances, each with its readings held word by word against the base. The tagger says which words are
given to whom, the marks which of them are the speaker's own, the words themselves what belongs together.

Of one article: ``pieces`` (paragraphs and their quoted stretches), ``extract``, ``speaking`` and ``genders``
(whose name), ``single`` (the three together). Over a story: ``units`` (quoted sentences), ``pairing`` (which
two are one), ``gather`` (utterances), ``unmarked`` and ``reported`` (readings without marks), ``readings``
(word by word) with ``equivalence`` (what is no alteration), ``collate`` (all of it).
"""

from variorum.quotations.collate import collate
from variorum.quotations.single import quote

__all__ = ["collate", "quote"]
