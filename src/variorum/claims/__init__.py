"""Story, annotations, names, utterances and stemma -> claims and conflicts.

In come the reports of one event with all that earlier stages say of them. Out go the facts they report,
each with every article that states it, gives it to somebody or denies it, counted by independent lineages;
and what cannot all be right, with every position and who holds it, and no verdict.
"""

from variorum.claims.compare import compare

__all__ = ["compare"]
