"""The archive: reports kept whole, found again, told apart from their revisions, and never lost.

In come ``Received`` articles with their bytes; out go articles, revisions, stories and search hits. One SQLite file
with a write-ahead log, or PostgreSQL by URL through the same code. What was acknowledged is on the disk; a program
that is killed leaves all of a batch or nothing of it. Several programs may add while others read. What gathering
decides is written here and decided elsewhere; results are kept by a digest of all they were computed from.
"""

from variorum.store.adding import Sketched
from variorum.store.archive import Archive
from variorum.store.memory import Remembered
from variorum.store.stories import Order, Waiting

__all__ = ["Archive", "Order", "Remembered", "Sketched", "Waiting"]
