"""Which articles of a collection have passages in common, however large it is."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from variorum.config import Descent
from variorum.descent.fingerprints import Fingerprint, fingerprint
from variorum.descent.passages import Known, Side, passages
from variorum.descent.proposals import propose
from variorum.descent.prose import Prose, prose
from variorum.descent.scratch import Buckets, Reader, Shelf
from variorum.descent.work import Work
from variorum.records import Article, Shared, SharedPassage

_MIB = 1 << 20
_BATCH = 64  # articles read by a process at a time
_CHUNK = 512  # pairs compared by a process at a time
_KEY_BITS = 6  # the runs of words are sorted in 64 parts
_SIDES = 512  # articles ready to be compared that a process keeps

_KNOWN = "known.npz"

_Pairs = list[tuple[int, int]]


def share(
    articles: Iterable[Article], *, settings: Descent | None = None, tick: Callable[[int], None] | None = None
) -> Iterator[Shared]:
    """What any two articles of a collection have in the same words, passage by passage.

    articles: any number, in any order; one given twice counts once. tick: called with the number of articles read
    so far. Yields the pairs that have a passage of ``run_words`` equal words, in the order of their ids, ``a``
    before ``b``; the order of the articles changes nothing.

    Time grows with the text and with what is shared, not with the number of pairs; memory stays near
    ``settings.memory_mib`` and a few hundred bytes an article, the rest waits in a temporary folder.
    """
    settings = settings or Descent()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="variorum-")))
        work = stack.enter_context(Work(settings.processes))
        ids, shelf, buckets, subjects = _taken(articles, folder, work, settings, tick)
        order = sorted(range(len(ids)), key=ids.__getitem__)
        ranks = np.empty(len(ids), np.uint32)
        ranks[order] = np.arange(len(ids), dtype=np.uint32)
        pairs, known = _proposed(buckets, ranks, subjects[order], folder, settings)
        names = [ids[number] for number in order]
        chunks = (([(order[a], order[b]) for a, b in some], [(names[a], names[b]) for a, b in some]) for some in pairs)
        if settings.processes > 1:
            shelf.to_disk()
            np.savez(folder / _KNOWN, common=known.common, heard=known.heard)
            tasks = ((folder, numbers, called, settings) for numbers, called in chunks)
            for found in work.map(_compared_elsewhere, tasks):
                yield from found
        else:
            reader = shelf.reader()
            if isinstance(reader, Reader):
                stack.callback(reader.close)
            for numbers, called in chunks:
                yield from _compared(reader.__getitem__, known, numbers, called, settings)


def _taken(
    articles: Iterable[Article], folder: Path, work: Work, settings: Descent, tick: Callable[[int], None] | None
) -> tuple[list[str], Shelf, Buckets, NDArray[np.uint64]]:
    """Every article's id, words, runs and subject, by the number it was taken at."""
    ids: list[str] = []
    shelf = Shelf(folder, settings.memory_mib * _MIB // 4)
    buckets = Buckets(
        folder / "runs", (np.uint64, np.uint32, np.bool_), bits=_KEY_BITS, most_bytes=settings.memory_mib * _MIB // 4
    )
    subjects = [np.empty((0, settings.subject_words), np.uint64)]
    for batch in work.map(_read, _batches(articles, settings)):
        marks = [mark for _, _, mark in batch]
        numbers = np.repeat(np.arange(len(ids), len(ids) + len(batch)), [len(mark.keys) for mark in marks])
        # A batch at a time: rows of one article in 64 parts would be more frame than picture.
        buckets.put(
            np.concatenate([mark.keys for mark in marks]),
            numbers.astype(np.uint32),
            np.concatenate([mark.quoted for mark in marks]),
        )
        subjects.append(np.stack([mark.subject for mark in marks]))
        for id, words, _ in batch:
            shelf.put(words)
            ids.append(id)
        if tick is not None:
            tick(len(ids))
    return ids, shelf, buckets, np.concatenate(subjects)


def _batches(articles: Iterable[Article], settings: Descent) -> Iterator[tuple[list[Article], Descent]]:
    seen: set[str] = set()

    def fresh() -> Iterator[Article]:
        for article in articles:
            if article.id not in seen:
                seen.add(article.id)
                yield article

    waiting = fresh()
    while batch := list(islice(waiting, _BATCH)):
        yield batch, settings


def _read(task: tuple[Sequence[Article], Descent]) -> list[tuple[str, Prose, Fingerprint]]:
    articles, settings = task
    found = []
    for article in articles:
        words = prose(article, settings=settings)
        found.append((article.id, words, fingerprint(words, settings=settings)))
    return found


def _proposed(
    buckets: Buckets, ranks: NDArray[np.uint32], subjects: NDArray[np.uint64], folder: Path, settings: Descent
) -> tuple[Iterator[_Pairs], Known]:
    """Pairs worth comparing, as ranks, ascending, a chunk at a time; and what the runs teach."""
    sorter = Buckets(folder / "pairs", (np.uint64,), bits=_KEY_BITS, most_bytes=settings.memory_mib * _MIB // 4)
    common, heard = [np.empty(0, np.uint64)], [np.empty(0, np.uint64)]
    # Ranks fill the lower bits of 32; moved up, they spread over the sorter's buckets.
    shift = np.uint64(32 - max(1, len(ranks).bit_length()))
    if len(ranks) <= settings.all_pairs_articles:
        settings = replace(settings, key_articles=len(ranks))
    for keys, numbers, quoted in buckets.take():
        proposals = propose(keys, ranks[numbers], quoted, subjects, settings=settings)
        sorter.put(proposals.pairs << shift)
        common.append(proposals.common)
        heard.append(proposals.heard)

    def chunks() -> Iterator[_Pairs]:
        for (rows,) in sorter.take():
            pairs = np.unique(rows) >> shift
            for at in range(0, len(pairs), _CHUNK):
                some = pairs[at : at + _CHUNK]
                yield list(zip((some >> np.uint64(32)).tolist(), (some & np.uint64(0xFFFFFFFF)).tolist(), strict=True))

    return chunks(), Known(np.unique(np.concatenate(common)), np.unique(np.concatenate(heard)))


def _compared(
    at: Callable[[int], Prose], known: Known, numbers: _Pairs, called: Sequence[tuple[str, str]], settings: Descent
) -> list[Shared]:
    @lru_cache(maxsize=_SIDES)
    def side(number: int) -> Side:
        return Side(at(number), settings.seed_words)

    found = []
    for (a, b), (a_id, b_id) in zip(numbers, called, strict=True):
        shared = between(side(a), side(b), a_id, b_id, known, settings=settings)
        if shared is not None:
            found.append(shared)
    return found


def _compared_elsewhere(task: tuple[Path, _Pairs, Sequence[tuple[str, str]], Descent]) -> list[Shared]:
    folder, numbers, called, settings = task
    reader, known = _opened(folder)
    return _compared(reader.__getitem__, known, numbers, called, settings)


@lru_cache(maxsize=1)
def _opened(folder: Path) -> tuple[Reader, Known]:
    """What another process has left in the folder; each process opens it once."""
    with np.load(folder / _KNOWN) as arrays:
        return Reader(folder), Known(arrays["common"], arrays["heard"])


def between(a: Side, b: Side, a_id: str, b_id: str, known: Known, *, settings: Descent) -> Shared | None:
    """What two articles have in the same words; ``None`` where they share no passage."""
    aligned = passages(a, b, known, settings=settings)
    stock = sum(one.equal for one in aligned if one.kind == "common")
    if all(one.kind == "common" for one in aligned) and stock < settings.common_words:
        return None
    found = tuple(
        SharedPassage(
            a.prose.span(one.a_start, one.a_end),
            b.prose.span(one.b_start, one.b_end),
            one.equal,
            one.run,
            one.equal / max(one.a_end - one.a_start, one.b_end - one.b_start),
            one.kind,
        )
        for one in aligned
    )
    words = sum(one.equal for one in aligned if one.kind == "verbatim")
    return Shared(a_id, b_id, found, words, *(words / max(words, side.prose.own, 1) for side in (a, b)))
