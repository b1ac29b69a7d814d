"""What goes into a batch run on this machine alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from variorum.config.ingest import Ingest
from variorum.engines.inputs import batches
from variorum.engines.places import local_path, scheme_of, whole_inputs
from variorum.errors import UsageError
from variorum.ingest.unfold import unfolded


def take(places: Sequence[str], *, settings: Ingest) -> Iterator[Any]:
    """The pieces of ``places`` as record batches of ``engines.inputs.RAW``, in an order that means nothing.

    places: paths, patterns or ``file:`` addresses. Raises UsageError, before the first batch, for a place that is not
    there, holds no report or lies where only Spark reads.
    """
    for place in places:
        if scheme_of(place) not in (None, "file", "http", "https"):
            raise UsageError(f"only the Spark engine reads {scheme_of(place)}: {place}")
    found = whole_inputs([local_path(place) if scheme_of(place) == "file" else place for place in places])
    return batches((piece for whole in found for piece in unfolded(whole, settings=settings)), settings=settings)
