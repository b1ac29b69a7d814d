"""The reports of a story to its edition, as rows of all tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from variorum import language
from variorum.config import Settings
from variorum.edition import tables
from variorum.edition.seal import seal
from variorum.engines.groups import groups
from variorum.engines.lines import EDITIONS
from variorum.errors import VariorumError
from variorum.pipeline.batch.taking import unpacked
from variorum.pipeline.batch.telling import fault
from variorum.pipeline.reading import edition_of
from variorum.records import Annotation, Article, Edition, Editions, Refusal, Story
from variorum.records.plain import plain
from variorum.records.table import batch_of
from variorum.records.tables import TABLES
from variorum.render.json import compact
from variorum.text import digest

PRODUCED = pa.schema([("table", pa.string()), ("story", pa.string()), ("held", pa.binary())])
"""held: rows of that table, as a stream of Arrow."""

OF_STORIES = ("stories", "borrowings", "lineages", "quotations", "utterances", "claims", "conflicts")
PLACES = pa.schema(
    [
        ("row", pa.string()),
        ("story", pa.string()),
        ("lineage", pa.int32()),
        ("siglum", pa.string()),
        ("in_edition", pa.bool_()),
    ]
)
"""Where an article stands in its story."""

# A model that is not installed, no memory, no disk: no report's doing, and it may be well on the next machine. Told as
# a report's it would be kept, and taken for finished by every later run.
_OF_THE_MACHINE = (VariorumError, ImportError, MemoryError, OSError)
_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Editing:
    """All of ``TAKEN`` that a story has, with the column ``story``, to ``PRODUCED``."""

    settings: Settings

    def __call__(self, reports: pa.Table) -> Iterator[pa.RecordBatch]:
        for group in groups(reports, "story"):
            yield from self._produced(group)

    def _produced(self, group: pa.Table) -> Iterator[pa.RecordBatch]:
        story = group.column("story")[0].as_py()
        rows = {}
        reports = []
        for row, held in zip(group.column("row").to_pylist(), group.column("article").to_pylist(), strict=True):
            article = unpacked(held)
            rows[article.id] = row
            reports.append(article)
        reports.sort(key=_order)
        edition, refused = self._edited(story, reports[: self.settings.batch.most_reports])
        yield _packed("refused", story, batch_of(TABLES["refused"], [plain(one) for one in refused]))
        yield _packed("places", story, pa.RecordBatch.from_pylist(list(_places(story, edition, rows)), PLACES))
        if edition is None:
            return
        told = tables.rows_of(edition, left_out=len(reports) - len(edition.articles))
        for name in OF_STORIES:
            # Under the story all its reports are gathered in, also where the edition could not take all of them.
            yield _packed(name, story, batch_of(TABLES[name], [row | {"story": story} for row in told[name]]))
        whole = compact(Editions((edition,), (), ()))
        row = {"date": told["stories"][0]["date"], "edition": whole}
        yield _packed("editions", story, pa.RecordBatch.from_pylist([row], EDITIONS))

    def _edited(self, story: str, reports: Sequence[Article]) -> tuple[Edition | None, list[Refusal]]:
        """The edition; where it cannot be made, without the reports that cannot be analysed."""
        try:
            return self._whole(reports), []
        except _OF_THE_MACHINE:
            raise
        except Exception as error:  # noqa: BLE001 - one report must not end a run over millions
            last = error
        sound, refused = [], []
        for article in reports:
            try:
                self._analysed(article)
                sound.append(article)
            except _OF_THE_MACHINE:
                raise
            except Exception as error:  # noqa: BLE001 - this is how it is found which report it was
                refused.append(Refusal(_shown(article), fault("This report could not be analysed", error)))
        if refused and len(sound) > 1:
            try:
                return self._whole(sound), refused
            except _OF_THE_MACHINE:
                raise
            except Exception as error:  # noqa: BLE001 - as above
                last = error
        if len(sound) > 1:
            reason = fault(f"No edition could be made of the {len(sound)} reports of this story", last)
            refused.append(Refusal(f"story {story}", reason))
        return None, refused

    def _analysed(self, article: Article) -> Annotation:
        return language.annotate(article, settings=self.settings.language)

    def _whole(self, reports: Sequence[Article]) -> Edition:
        """The edition, sealed as one that stands in a file by itself."""
        found = Story(digest(*sorted(article.id for article in reports)), tuple(reports))
        return seal(edition_of(found, self.settings))


def _places(story: str, edition: Edition | None, rows: dict[str, str]) -> Iterator[dict[str, object]]:
    sigla = {} if edition is None else {article.id: article.siglum for article in edition.articles}
    for id, row in sorted(rows.items()):
        is_in = id in sigla
        lineage = edition.stemma.lineage_of(id) if edition is not None and is_in else None
        yield {"row": row, "story": story, "lineage": lineage, "siglum": sigla.get(id), "in_edition": is_in}


def _packed(table: str, story: str, rows: pa.RecordBatch) -> pa.RecordBatch:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_batch(rows)
    return pa.RecordBatch.from_pylist(
        [{"table": table, "story": story, "held": sink.getvalue().to_pybytes()}], PRODUCED
    )


@dataclass(frozen=True, slots=True)
class Unpacking:
    """``PRODUCED`` of one table to its rows."""

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        for held in rows.column("held"):
            with pa.ipc.open_stream(held.as_buffer()) as reader:
                yield from reader


def _order(article: Article) -> tuple[datetime, str, str]:
    return (article.published.at if article.published else _UNDATED, article.outlet, article.id)


def _shown(article: Article) -> str:
    return article.path or f"article {article.id}"
