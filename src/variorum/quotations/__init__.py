"""Story -> Utterances: who said it, and every outlet's reading of the words.

In come the story's articles with their annotations, the names over the story and the stemma; out go
utterances, each with its readings held word by word against the base. Marks decide what is quoted,
cues whose it is, the words themselves what belongs together.
"""

from variorum.quotations.collate import collate

__all__ = ["collate"]
