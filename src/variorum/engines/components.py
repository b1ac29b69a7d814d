"""Connected components of a graph that fits into one process."""

from collections.abc import Iterable, Iterator

import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

COMPONENTS = pa.schema([("article", pa.string()), ("component", pa.string())])
_ENDS = pa.schema([("a", pa.string()), ("b", pa.string())])


def connected_here(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Pairs, columns ``a`` and ``b``, to ``COMPONENTS``: every article with the least id it hangs together with."""
    pairs = pa.Table.from_batches((batch.select(_ENDS.names) for batch in batches), _ENDS)
    if not pairs.num_rows:
        return
    both = pa.chunked_array([*pairs.column("a").chunks, *pairs.column("b").chunks])
    coded = both.combine_chunks().dictionary_encode()
    at = coded.indices.to_numpy(zero_copy_only=False)
    size = len(coded.dictionary)
    graph = coo_array(([True] * pairs.num_rows, (at[: pairs.num_rows], at[pairs.num_rows :])), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    found = pa.table({"article": coded.dictionary, "label": pa.array(label)})
    least = found.group_by("label").aggregate([("article", "min")])
    name = dict(zip(least["label"].to_pylist(), least["article_min"].to_pylist(), strict=True))
    components = pa.array([name[one] for one in label.tolist()], pa.string())
    yield from pa.table({"article": coded.dictionary, "component": components}).cast(COMPONENTS).to_batches()
