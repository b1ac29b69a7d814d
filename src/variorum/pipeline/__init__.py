"""The only package that knows all stages.

``read``, ``quotes`` and ``trace`` take paths and keep nothing; ``add``, ``edition`` and ``voices`` work on an
archive, and what they find out is kept in it. ``judge`` keeps what an editor says of a finding beside it, ``judged``
gives it back.
"""

from variorum.pipeline.adding import add
from variorum.pipeline.bases import Bases
from variorum.pipeline.carrying import carried
from variorum.pipeline.judging import judge, judged
from variorum.pipeline.kept import Standing, earlier, edition, finder, held, standing, voices
from variorum.pipeline.reading import Watch, quotes, quotes_of_all, read, trace

__all__ = [
    "Bases",
    "Standing",
    "Watch",
    "add",
    "carried",
    "earlier",
    "edition",
    "finder",
    "held",
    "judge",
    "judged",
    "quotes",
    "quotes_of_all",
    "read",
    "standing",
    "trace",
    "voices",
]
