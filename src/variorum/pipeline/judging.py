"""What editors say of an edition's findings: taken down, and given back beside the edition as it is now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from variorum import __version__
from variorum.config import Settings
from variorum.edition.findings import Key, matched
from variorum.errors import UsageError
from variorum.pipeline import kept
from variorum.pipeline.carrying import carried
from variorum.pipeline.release import release
from variorum.records import Edition, FindingKind, Judgement, Verdict
from variorum.render.notes_view import spoken_of
from variorum.store import Archive, judgements
from variorum.store import stories as in_archive
from variorum.store.clock import stamp


def judge(
    archive: Archive,
    story: str,
    kind: FindingKind,
    finding: str,
    *,
    verdict: Verdict | None = None,
    comment: str = "",
    starred: bool = False,
    by: str = "",
    settings: Settings | None = None,
) -> Judgement:
    """Keep what an editor says of a finding of a story's edition as it stands; nothing at all takes it back.

    story: its id, the beginning of it, or the id of one of its reports. finding: its id, as
    :func:`variorum.edition.findings.findings` has it; for the story itself any id of the edition's story will do.
    by: the name the editor gave. The same editor's earlier judgement of the finding is replaced, also where it was made
    on an earlier state of it.
    Raises UsageError where there is no such finding, no edition of the story as it stands, or too much was written.
    """
    settings = settings or Settings()
    if kind not in get_args(FindingKind):
        raise UsageError(f"{kind!r} is no kind of finding; there are {', '.join(get_args(FindingKind))}")
    if verdict not in (None, *get_args(Verdict)):
        raise UsageError(f"a finding can be marked right or wrong, not {verdict!r}")
    with archive.writing() as connection:
        now, edition = kept.current(connection, story, settings=settings)
        if edition is None:
            raise UsageError(
                f"the story {now} has no edition of its reports as they stand; `variorum edition` makes it"
            )
        found = spoken_of(edition, settings=settings.edition)
        meant = found.get((kind, edition.story.id if kind == "story" else finding))
        if meant is None:
            raise UsageError(f"the edition of the story {now} has no {kind} {finding[:80]!r}")
        at = stamp()
        made = Judgement(
            id="", story=now, kind=kind, spans=meant.spans, holds=meant.holds, says=meant.says, verdict=verdict,
            comment=comment, starred=starred, by=by, at=at, changed_at=at, release=f"{__version__}+{release()}",
        )  # fmt: skip
        put = judgements.put(connection, made, settings=settings.store)
        # Among all findings, so that what was said of a neighbour is not taken for what was said of this one.
        held = judgements.of_story(connection, now)
        standing, _ = matched(held, found, carried=carried(connection, held), settings=settings.edition)
        for earlier in standing.get((meant.kind, meant.id), ()):
            if earlier.by == put.by and earlier.id != put.id:
                judgements.remove(connection, earlier.id)
                put = replace(put, at=min(put.at, earlier.at))
        return put if put.is_empty else judgements.put(connection, put, settings=settings.store)


def judged(
    archive: Archive, story: str, edition: Edition, *, settings: Settings | None = None
) -> tuple[Mapping[Key, tuple[Judgement, ...]], tuple[Judgement, ...]]:
    """What editors said of the findings of an edition, by kind and id, and what they said of findings it does not make.

    One that was made on a text that is superseded by now stands where the same words stand in the text that took its
    place. All are given back as they were made. story: as for :func:`judge`. Raises UsageError where no one story is
    meant.
    """
    settings = settings or Settings()
    with archive.reading() as connection:
        held = judgements.of_story(connection, in_archive.story_of(connection, story))
        now = carried(connection, held)
    if not held:
        return {}, ()
    return matched(held, spoken_of(edition, settings=settings.edition), carried=now, settings=settings.edition)
