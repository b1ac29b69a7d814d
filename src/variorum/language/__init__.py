"""Article -> Annotation: sentences, clauses, names, times, figures and sentence vectors, in one pass.

In comes an ``Article`` with its parts labelled; out goes an ``Annotation`` of its title, standfirst,
body and captions, every offset into the article's whole text. ``resolve`` then decides the names over
a whole story, and ``lead_vector`` says what a lead is about. The only package that loads models.
"""

from variorum.language.annotate import annotate, annotate_all
from variorum.language.names import resolve
from variorum.language.vectors import lead_vector

__all__ = ["annotate", "annotate_all", "lead_vector", "resolve"]
