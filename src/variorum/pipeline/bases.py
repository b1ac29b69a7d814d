"""The base a judged reading was held against, for who reads judgements without their edition."""

from sqlalchemy import Connection

from variorum.config import Settings
from variorum.edition.findings import matched, reading_id
from variorum.errors import UsageError
from variorum.pipeline import kept
from variorum.pipeline.carrying import carried
from variorum.records import Judgement, Place
from variorum.render.notes_view import spoken_of
from variorum.store import judgements
from variorum.store import stories as in_archive


class Bases:
    """The bases of judged readings, in the editions of their stories as these stand; each edition is read once."""

    def __init__(self, connection: Connection, *, settings: Settings | None = None) -> None:
        self._connection = connection
        self._settings = settings or Settings()
        self._held: dict[str, dict[str, tuple[Place, ...]]] = {}

    def of(self, judgement: Judgement) -> tuple[Place, ...]:
        """Where the base stands; empty where it is no judgement of a reading, or no edition that was made has that
        reading now."""
        if judgement.kind != "reading":
            return ()
        try:
            story = in_archive.story_of(self._connection, judgement.spans[0].article)
        except UsageError:  # its report is in no story yet
            return ()
        if story not in self._held:
            self._held[story] = self._of_story(story)
        return self._held[story].get(judgement.id, ())

    def _of_story(self, story: str) -> dict[str, tuple[Place, ...]]:
        _, edition = kept.current(self._connection, story, settings=self._settings)
        if edition is None:
            return {}
        bases = {}
        for utterance in edition.utterances:
            base = utterance.readings[utterance.base]
            places = tuple(Place(base.article, span.start, span.end) for span in base.spans)
            bases.update({reading_id(utterance, reading): places for reading in utterance.readings})
        made = judgements.of_story(self._connection, story)
        standing, _ = matched(
            made,
            spoken_of(edition, settings=self._settings.edition),
            carried=carried(self._connection, made),
            settings=self._settings.edition,
        )
        return {one.id: bases[id] for (kind, id), on in standing.items() if kind == "reading" for one in on}
