"""Steps that are not done twice: kept under a digest of what they are made of."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from variorum.engines.contract import Engine
from variorum.pipeline.batch.tallying import TALLIED, Tallying, added_up
from variorum.pipeline.release import release, spelled
from variorum.records.tally import Tally
from variorum.text import digest

Watch = Callable[[str], None]
"""Told the name of each step that begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is done. rows: the engine's handle. digest: of all that made it. count: of its rows."""

    name: str
    rows: Any
    digest: str
    count: int


@dataclass(slots=True)
class Steps:
    """The steps of one run, over one engine; whatever was kept under the same digest is taken as it is.

    Of the digest of settings and of the steps before, and not of a path: passim resumes where a folder is there, and so
    goes on with what other settings made.
    tables: the tally of each table as it was written. seconds: what each step and table took, 0 for one that was
    finished before.
    """

    engine: Engine[Any]
    watch: Watch | None = None
    done: list[Step] = field(default_factory=list)
    tables: dict[str, Tally] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def step(
        self,
        name: str,
        make: Callable[[], Any],
        *of: object,
        after: tuple[Step | str, ...] = (),
        by: str | None = None,
    ) -> Step:
        """A step's rows, worked out now or before.

        make: gives the rows. of: the settings that have a part in them. after: the steps they are made of, or digests.
        by: see ``Engine.keep``.
        """
        before = [one.digest if isinstance(one, Step) else one for one in after]
        made_of = digest(release(), name, *(spelled(one) for one in of), *before)
        kept = f"{name}-{made_of}"
        found = self.engine.finished(kept)
        began = time.monotonic()
        if found is None:
            self.say(name)
            found = self.engine.keep(kept, make(), by=by)
            self.seconds[name] = round(time.monotonic() - began, 3)
        else:
            self.seconds[name] = 0.0
        self.done.append(Step(name, found[0], made_of, found[1]))
        return self.done[-1]

    def say(self, what: str) -> None:
        """Tell that something begins."""
        if self.watch is not None:
            self.watch(what)

    def write(self, table: str, rows: Any) -> Any:
        """A table of the answer, written, and tallied as it was written; gives its rows."""
        self.say(f"writing {table}")
        began = time.monotonic()
        written = self.engine.write(table, rows)
        self.tables[table] = added_up(self.engine.totals(self.engine.map_articles(written, Tallying(), TALLIED)))
        self.seconds[f"write {table}"] = round(time.monotonic() - began, 3)
        return written
