"""The whole path over an archive of any size."""

import time
from collections.abc import Sequence
from math import ceil
from typing import Any

from variorum.config import Settings
from variorum.engines.contract import MANIFEST, Engine
from variorum.engines.inputs import RAW
from variorum.engines.lines import EDITIONS
from variorum.errors import UsageError
from variorum.pipeline.batch.editing import OF_STORIES, PLACES, PRODUCED, Editing, Unpacking
from variorum.pipeline.batch.gathering import PLACED, POSTED, SKETCHED, Meeting, Posting, Sketching, Sorting
from variorum.pipeline.batch.labelling import Labelling, keep_apart, labels
from variorum.pipeline.batch.ladder import components
from variorum.pipeline.batch.reusing import ENDS, HELD, RUN_OVER, Borrowing, Encountering, Holding, Once, Running
from variorum.pipeline.batch.steps import Step, Steps, Watch
from variorum.pipeline.batch.tabling import Refusing, Shelving
from variorum.pipeline.batch.taking import LIGHT, STANDING, TAKEN, WEIGHED, Copies, Taking, Weighing
from variorum.pipeline.batch.tallying import added_up
from variorum.pipeline.batch.telling import REASONS, Reasoning, manifest_of
from variorum.records.manifest import Manifest, to_json
from variorum.records.tables import TABLES


def batch(
    places: Sequence[str], engine: Engine[Any], *, settings: Settings | None = None, watch: Watch | None = None
) -> Manifest:
    """Read, gather, trace, collate, compare and compose all that lies at ``places``, into tables and editions.

    engine: where it is done, and where the answer goes. Every engine gives the same tables. watch: told of each step
    that begins. What was finished by an earlier run over the same inputs, with the same settings and release, is not
    done again. Raises UsageError where there is nothing at a place, or the answer would lie among the inputs.
    """
    keep_apart(places, engine.out)
    if not engine.is_free():
        raise UsageError(f"{engine.out} holds something that is no answer of this command; name an empty folder")
    settings = settings or Settings()
    run = _Run(engine, settings, watch)
    return run.all(sorted(set(places)))


class _Run:
    """One run, step after step."""

    def __init__(self, engine: Engine[Any], settings: Settings, watch: Watch | None) -> None:
        self._engine = engine
        self._settings = settings
        self._steps = Steps(engine, watch)

    def all(self, places: Sequence[str]) -> Manifest:
        engine = self._engine
        began = time.monotonic()
        raw = self._raw(places)
        self._steps.say("inputs")
        inputs = engine.totals(engine.map_articles(raw, Weighing(), WEIGHED))
        taken = self._taken(raw, added_up(inputs).digest)
        standing = self._standing(taken)
        placed = self._placed(taken, standing)
        reused = self._reused(taken, standing, placed)
        produced = self._produced(taken, placed)
        refused = self._written(taken, standing, produced, reused)
        why = engine.totals(engine.map_articles(refused, Reasoning(), REASONS))
        manifest = manifest_of(self._steps, self._settings, inputs, why, began)
        engine.tell(MANIFEST, to_json(manifest))
        engine.forget()
        return manifest

    def _raw(self, places: Sequence[str]) -> Any:
        """What lies at the places; of several, each under its own name."""
        engine = self._engine
        if len(places) == 1:
            return engine.take(places)
        named = labels(places)
        kernels = {place: Labelling(named[place], place.rstrip("/").rpartition("/")[2]) for place in places}
        return engine.together(*(engine.map_articles(engine.take([at]), kernels[at], RAW) for at in places))

    def _taken(self, raw: Any, inputs: str) -> Step:
        settings = self._settings
        kernel = Taking(settings.ingest, settings.batch)
        return self._steps.step(
            "read", lambda: self._engine.map_articles(raw, kernel, TAKEN), settings.ingest, after=(inputs,)
        )

    def _standing(self, taken: Step) -> Step:
        """Which reports stand, and which are copies: first by their bytes, then by their words."""
        engine = self._engine

        def found() -> Any:
            light = engine.columns(taken.rows, {name: name for name in LIGHT.names})
            of_bytes = engine.per_story(light, Copies("sha256"), STANDING, by="sha256", order=("path", "row"))
            rest = engine.columns(engine.where(of_bytes, "gone", 0, 0), {name: name for name in LIGHT.names})
            of_words = engine.per_story(rest, Copies("words"), STANDING, by="words", order=("path", "row"))
            return engine.together(engine.where(of_bytes, "gone", 1, 1), of_words)

        return self._steps.step("copies", found, after=(taken,))

    def _standing_rows(self, standing: Step) -> Any:
        return self._engine.columns(self._engine.where(standing.rows, "gone", 0, 0), {"row": "row"})

    def _placed(self, taken: Step, standing: Step) -> Step:
        """The story of every report that shares one."""
        engine, settings = self._engine, self._settings.stories

        def sketches() -> Any:
            made = engine.map_articles(taken.rows, Sketching(settings, self._settings.batch), SKETCHED)
            return engine.joined(made, self._standing_rows(standing), "row")

        sketched = self._steps.step("sketches", sketches, settings, after=(taken, standing))

        def proposed() -> Any:
            postings = engine.map_articles(sketched.rows, Posting(settings), POSTED)
            return engine.propose_pairs(postings, Meeting(settings), most=settings.most_posted)

        pairs = self._steps.step("pairs", proposed, settings, after=(sketched,))
        sized = components(self._steps, pairs, settings=settings)

        def stories() -> Any:
            within = engine.columns(sized, {"article": "article", "component": "component"})
            together = engine.joined(sketched.rows, within, "article")
            return engine.per_story(together, Sorting(settings), PLACED, by="component", order=("article",))

        return self._steps.step("stories", stories, settings, after=(sketched, pairs))

    def _reused(self, taken: Step, standing: Step, placed: Step) -> Step:
        """Borrowings between reports of different stories, or of none."""
        engine, settings, batch = self._engine, self._settings.descent, self._settings.batch
        stands = self._standing_rows(standing)

        def met() -> Any:
            runs = engine.map_articles(taken.rows, Running(settings, batch), RUN_OVER)
            holders = engine.columns(placed.rows, {"row": "row", "holder": "story"})
            held = engine.joined(stands, holders, "row", is_needed=False)
            told = engine.filled(engine.joined(runs, held, "row"), "holder", "article")
            blocks = engine.per_story(told, Holding(), HELD, by="holder", order=("article",))
            return engine.propose_pairs(blocks, Encountering(settings), most=settings.common_subjects)

        pairs = self._steps.step("encounters", met, settings, after=(taken, standing, placed))

        def compared() -> Any:
            # Only what is in a pair: few articles are, and the engine may hold this side.
            ends = engine.together(*(engine.columns(pairs.rows, {"article": side}) for side in "ab"))
            wanted = engine.per_story(ends, Once(), ENDS, by="article", order=())
            articles = engine.columns(taken.rows, {"row": "row", "article": "id", "held": "article"})
            standing_articles = engine.joined(engine.joined(articles, wanted, "article"), stands, "row")
            held = engine.columns(standing_articles, {"article": "article", "held": "held"})
            kernel = Borrowing(settings, batch)
            return engine.score_pairs(pairs.rows, held, kernel, TABLES["borrowings"].schema)

        return self._steps.step("reuse", compared, settings, after=(taken, standing, pairs))

    def _produced(self, taken: Step, placed: Step) -> Step:
        """Every story's edition, as rows of all tables. Only here do models pass over articles."""
        engine, settings = self._engine, self._settings
        tasks = min(settings.batch.most_tasks, ceil(placed.count / settings.batch.task_reports))

        def editions() -> Any:
            articles = engine.columns(taken.rows, {"row": "row", "article": "article"})
            reports = engine.joined(articles, placed.rows, "row")
            return engine.per_story(
                reports, Editing(settings), PRODUCED, by="story", order=("row",), tasks=max(1, tasks)
            )

        of = (
            settings.language,
            settings.descent,
            settings.quotations,
            settings.claims,
            settings.coverage,
            settings.edition,
            settings.batch.most_reports,
        )
        return self._steps.step("editions", editions, *of, after=(placed,), by="table")

    def _written(self, taken: Step, standing: Step, produced: Step, reused: Step) -> Any:
        """All tables; gives the rows of ``refused``."""
        engine, steps = self._engine, self._steps
        engine.tell(MANIFEST, None)  # what stands there now may be another run's, and no longer holds

        def unpacked(name: str, schema: Any) -> Any:
            return engine.map_articles(engine.where(produced.rows, "table", name, name), Unpacking(), schema)

        light = engine.joined(self._standing_rows(standing), unpacked("places", PLACES), "row", is_needed=False)
        articles = engine.joined(engine.columns(taken.rows, {"row": "row", "article": "article"}), light, "row")
        shelving = Shelving(self._settings.batch)
        steps.write("articles", engine.map_articles(articles, shelving, TABLES["articles"].schema))
        for name in OF_STORIES:
            rows = unpacked(name, TABLES[name].schema)
            steps.write(name, engine.together(rows, reused.rows) if name == "borrowings" else rows)
        refused = TABLES["refused"].schema
        at_the_door = engine.columns(taken.rows, {name: name for name in ("path", "reason", "first_bytes")})
        copies = engine.columns(engine.where(standing.rows, "gone", 1, 1), {"path": "path", "reason": "reason"})
        steps.write("editions", unpacked("editions", EDITIONS))
        return steps.write(
            "refused",
            engine.together(
                engine.map_articles(at_the_door, Refusing(), refused),
                engine.map_articles(copies, Refusing(), refused),
                unpacked("refused", refused),
            ),
        )
