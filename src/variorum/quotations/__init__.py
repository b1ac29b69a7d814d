"""Story -> Utterances: who said it, and every outlet's reading of the words.

In come the story's articles with their annotations, the names over the story and the stemma; out go
utterances, each with its readings held word by word against the base. The tagger says which words are
given to whom, the marks which of them are the speaker's own, the words themselves what belongs together.
"""

from variorum.quotations.collate import collate
from variorum.quotations.single import quote

__all__ = ["collate", "quote"]
