"""Which reports tell one event.

In come articles, one by one as they arrive or a folder at once; out go stories. No model passes over everything:
reports are compared by their rare words, names and numbers, by what they lead with and by how far apart they were
published, and the vector of a lead is made only where all that leaves it open. One threshold for every collection, and
it leans towards keeping apart, since two events taken for one would corroborate each other.

For an archive:

- :func:`sketch` takes from an article all that gathering needs, in some 2 kB, ``to_bytes`` and ``from_bytes``; pure,
  so that any process may do it.
- :class:`Gatherer` holds the latest articles, and the weeks near what arrives. ``place(sketch)`` puts an article in the
  story it tells or opens one; ``settle()`` sorts anew what changed since and finds merges and splits: call it after
  every batch, and before stopping. Both say what changed as :class:`~variorum.records.Change`; whoever applies every
  change in turn has every article in its story. Story ids are stable: digests of the article a story was opened with,
  kept by the larger part. ``restore(sketch, story)`` puts back what was placed before, and ``recall(day)`` is asked for
  the articles of a day when one of that time comes; ``days()`` says which days there are. Who settles before stopping
  goes on as if he had not stopped.

For a folder, :func:`gather` takes all at once and gives a :class:`~variorum.records.Gathering`. The steps of it are
pure, hang on no order, and an engine takes them over an archive that no machine holds:

1. :func:`posted` says for one article in which blocks it is looked for, with which rank, and makes its slip;
2. of every block the ``settings.most_posted`` least ranks are kept, and :func:`meetings` gives the pairs among them
   that are alike (:func:`all_meetings` those of many blocks, sooner); a pair comes from several blocks;
3. :func:`components` connects pairs, rung by rung where too many hang together;
4. :func:`sorted_component` gives the stories of each component.

How right it is, in B-cubed F1 (``evals/stories.py``), placed one by one and all at once: ECB+ .94 and .94, whose events
come in look-alike pairs, BASIL .98 and .98, AllSides .88 and .89; where look-alikes are taken for one, they are mostly
of one subject and few names: two polls in one country, two trades of one player.

A report in another language than English has no words to compare. It is put beside a story only when it
has the names and numbers of it, and is left alone otherwise, as are all reports of a language not read.
"""

from variorum.stories.at_once import gathered
from variorum.stories.blocks import Posted, posted
from variorum.stories.component import sorted_component
from variorum.stories.gather import gather
from variorum.stories.gatherer import Gatherer
from variorum.stories.ladder import Connect, Pair, best_of, components, connected, holds, largest
from variorum.stories.meetings import all_meetings, meetings
from variorum.stories.sketch import Sketch, sketch
from variorum.stories.slips import Slip

__all__ = [
    "Connect",
    "Gatherer",
    "Pair",
    "Posted",
    "Sketch",
    "Slip",
    "all_meetings",
    "best_of",
    "components",
    "connected",
    "gather",
    "gathered",
    "holds",
    "largest",
    "meetings",
    "posted",
    "sketch",
    "sorted_component",
]
