"""Which reports tell one event.

In come articles of any number, from one to a few hundred; out goes a Gathering: stories of two reports and
more, each in the order of publication, and the ids of the articles that share no story. No model runs
here: reports are compared by their rare words, with names, numbers and the lead counting for more, and by
how far apart they were published. The threshold is one and the same for every collection and leans
towards keeping apart, since two events taken for one would corroborate each other.

A report in another language than English has no words to compare. It is put beside a story only when it
has the names and numbers of it, and is left alone otherwise, as are all reports of a language not read.
"""

from variorum.stories.gather import gather

__all__ = ["gather"]
