"""Editions and voices of an archive's stories: computed once, then read, and never shown when stale."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from variorum import descent, registry
from variorum.config import Settings
from variorum.edition.seal import seal_all
from variorum.errors import FormatError, UsageError
from variorum.pipeline import annotations
from variorum.pipeline.findings import of_edition
from variorum.pipeline.reading import Watch, drawn, edition_of
from variorum.pipeline.release import made_by
from variorum.records import Annotation, Article, Edition, Editions, Found, ListedArticle, Stemma, Story, Voices
from variorum.store import Archive, finding, results
from variorum.store import stories as kept
from variorum.text import digest


def edition(archive: Archive, wanted: str, *, settings: Settings | None = None, watch: Watch | None = None) -> Editions:
    """The edition of one story of an archive, as the story stands now.

    wanted: the story's id, the beginning of it, or the id of one of its reports. One that was made before, of the
    same reports by the same settings and release, is read and not made again.
    Raises UsageError where no one story is meant, ModelMissing when a pinned model is not installed.
    """
    settings = settings or Settings()
    registry.show_editions_with(drawn)
    with archive.reading() as connection:
        story = kept.story_of(connection, wanted)
        ids = [member.id for member in kept.members(connection, story)]
        key = _key("edition", story, ids, settings)
        held = results.get(connection, key)
    if not ids:
        raise UsageError(f"no report of the story {story} stands any more: each was changed and tells something else")
    if held is not None and (known := _edition(held)) is not None:
        _tell_lists(archive, story, known, settings)
        return Editions((known,), (), ())
    found = archive.articles(ids)
    learnt: list[Annotation] = []
    made = edition_of(
        # An edition is named by its reports, so that anyone can check it; the archive's own id outlives them.
        Story(digest(*sorted(ids)), tuple(found[id] for id in ids)),
        settings,
        watch,
        known=_annotations(archive, ids, settings),
        learnt=learnt.append,
    )
    (sealed,) = seal_all(Editions((made,), (), ())).editions
    if archive.access == "read":
        return Editions((sealed,), (), ())
    with archive.writing() as connection:
        for one in learnt:
            value, made_of = annotations.dumped(one), _annotation_key(one.article, settings)
            results.put(connection, made_of, value, kind="annotation", subject=one.article, settings=settings.store)
        value = msgspec.json.encode(sealed)
        results.put(connection, key, value, kind="edition", subject=story, settings=settings.store)
        _keep_voices(connection, story, ids, _voices(sealed.stemma, ids, is_final=True), settings)
        if [member.id for member in kept.members(connection, story)] == ids:  # else it is of a story that was
            kept.found(connection, story, *of_edition(sealed, story), made_by=finder(settings))
    return Editions((sealed,), (), ())


def _tell_lists(archive: Archive, story: str, known: Edition, settings: Settings) -> None:
    """What lists show of a story goes when it changes; one that came back to what it was has its edition already."""
    with archive.reading() as connection:
        listed = kept.listed(connection, (story,), made_by=finder(settings))[story].found
    if archive.access == "read" or (listed is not None and listed.conflicts is not None):
        return
    with archive.writing() as connection:
        if {member.id for member in kept.members(connection, story)} == {article.id for article in known.articles}:
            kept.found(connection, story, *of_edition(known, story), made_by=finder(settings))


@dataclass(frozen=True, slots=True)
class Standing:
    """A story as it stands. key: digest of its reports, the settings and the release: of what an edition of it is
    made; another report gives another key."""

    story: str
    reports: tuple[ListedArticle, ...]
    key: str


def standing(archive: Archive, wanted: str, *, settings: Settings | None = None) -> Standing:
    """The story meant, as for :func:`edition`, and its reports. Raises UsageError where no one story is meant."""
    with archive.reading() as connection:
        story = kept.story_of(connection, wanted)
        reports = kept.members(connection, story)
    return Standing(story, reports, _key("edition", story, [one.id for one in reports], settings or Settings()))


def held(archive: Archive, of: Standing) -> Edition | None:
    """The edition of a story as it stands, where it was made; nothing is computed."""
    with archive.reading() as connection:
        found = results.get(connection, of.key)
    return None if found is None else _edition(found)


def earlier(archive: Archive, story: str) -> Edition | None:
    """The last edition made of a story, whatever came in since and whichever release made it."""
    with archive.reading() as connection:
        found = results.latest(connection, "edition", story)
    return None if found is None else _edition(found)


def finder(settings: Settings | None = None) -> str:
    """The digest under which what was found of stories is kept beside them: of the settings and the release."""
    return made_by(settings or Settings(), "found")


def current(connection: Connection, wanted: str, *, settings: Settings | None = None) -> tuple[str, Edition | None]:
    """The id of the story meant and its edition, where one was made of the story as it stands now.

    wanted: as for :func:`edition`. Raises UsageError where no one story is meant.
    """
    settings = settings or Settings()
    story = kept.story_of(connection, wanted)
    ids = [member.id for member in kept.members(connection, story)]
    held = results.get(connection, _key("edition", story, ids, settings))
    return story, None if held is None else _edition(held)


def voices(
    archive: Archive, wanted: Mapping[str, Sequence[str]], *, settings: Settings | None = None
) -> dict[str, Voices]:
    """On how many lineages stories rest. wanted: by story, the ids of its reports as they stand.

    As its edition has it, where that was made of the story as it stands; else by shared words alone, which takes no
    model, and is kept where the archive may be written.
    """
    settings = settings or Settings()
    found: dict[str, Voices] = {}
    with archive.reading() as connection:
        for story, ids in wanted.items():
            held = results.get(connection, _key("voices", story, ids, settings))
            if held is not None and (known := _voices_of(held)) is not None:
                found[story] = known
        listed = kept.listed(connection, found, made_by=finder(settings))
        untold = [story for story, one in listed.items() if one.found is None]
        rest = {story: ids for story, ids in wanted.items() if story not in found}
        articles = finding.articles(connection, (id for ids in rest.values() for id in ids))
    for story, ids in rest.items():
        found[story] = _by_words([articles[id] for id in ids], story, settings)
    if (rest or untold) and archive.access != "read":
        with archive.writing() as connection:
            for story in (*rest, *untold):
                _tell_voices(connection, story, wanted[story], found[story], settings)
    return found


def _tell_voices(connection: Connection, story: str, ids: Sequence[str], found: Voices, settings: Settings) -> None:
    """Keeps a count of voices, unless the story was changed, or its edition made, by somebody else while we counted."""
    listed = kept.listed(connection, (story,), made_by=finder(settings)).get(story)
    is_made = listed is not None and listed.found is not None and listed.found.conflicts is not None
    if is_made or {member.id for member in kept.members(connection, story)} != set(ids):
        return
    _keep_voices(connection, story, ids, found, settings)
    kept.found(connection, story, Found(found.lineages, found.is_final), (), made_by=finder(settings))


def _edition(held: bytes) -> Edition | None:
    try:
        return msgspec.json.decode(held, type=Edition)
    except (msgspec.DecodeError, ValueError):
        return None  # it is made anew and written over


def _voices_of(held: bytes) -> Voices | None:
    try:
        return msgspec.json.decode(held, type=Voices)
    except (msgspec.DecodeError, ValueError):
        return None


def _by_words(articles: list[Article], story: str, settings: Settings) -> Voices:
    compared = [article for article in articles if article.language in (None, "en")]
    shared = list(descent.share(compared, settings=settings.descent))
    stemma = descent.trace(Story(story, tuple(articles)), {}, shared=shared, settings=settings.descent)
    return _voices(stemma, [article.id for article in articles], is_final=len(compared) < 2)


def _voices(stemma: Stemma, ids: Iterable[str], *, is_final: bool) -> Voices:
    return Voices(stemma.voices(frozenset(ids)), is_final)


def _keep_voices(connection: Connection, story: str, ids: Sequence[str], found: Voices, settings: Settings) -> None:
    key = _key("voices", story, ids, settings)
    results.put(connection, key, msgspec.json.encode(found), kind="voices", subject=story, settings=settings.store)


def _annotations(archive: Archive, ids: Sequence[str], settings: Settings) -> dict[str, Annotation]:
    """What the language pass said of these articles before: a report that joins costs its own analysis only."""
    found: dict[str, Annotation] = {}
    with archive.reading() as connection:
        for id in ids:
            held = results.get(connection, _annotation_key(id, settings))
            if held is not None:
                with suppress(FormatError):
                    found[id] = annotations.loaded(held)
    return found


def _annotation_key(article: str, settings: Settings) -> str:
    return made_by(settings, "annotation", article)


def _key(kind: str, story: str, ids: Sequence[str], settings: Settings) -> str:
    return made_by(settings, kind, story, *sorted(ids))
