"""Putting reports into an archive: new, the same again, or a revision of what stood at their address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq
from sqlalchemy import Connection, exists, func, insert, select, text, update

from variorum.config import Store
from variorum.records import Article, Kept, Received, Refusal
from variorum.store import rows, stories
from variorum.store.addresses import addresses, is_weak
from variorum.store.clock import stamp
from variorum.store.search import SEARCHED
from variorum.store.tables import ADDRESSES, ARTICLES, RAWS, REFUSED, REVISIONS
from variorum.store.upsert import upsert
from variorum.text import digest, words


@dataclass(frozen=True, slots=True)
class Sketched:
    """What gathering will need of an article.

    held: its sketch. day: the day it is filed under, a proleptic ordinal; below 0, that of its arrival.
    """

    held: bytes
    day: int


def add(
    connection: Connection,
    received: Sequence[Received],
    sketches: Mapping[str, Sketched],
    settings: Store,
    *,
    taken: set[str] | None = None,
) -> tuple[Kept, ...]:
    """Keep reports, in their order. sketches: by article id; needed only of those that turn out new.

    taken: file names that this run has met: the same name once more is another folder's file, and no revision.
    To be called in a transaction that writes: then all of them are kept, or none.
    """
    return tuple(_add(connection, one, sketches.get(one.article.id), settings, taken) for one in received)


def refuse(connection: Connection, refused: Sequence[Refusal]) -> None:
    """Keep what could not be read, with its reason; the same again only renews its time."""
    for one in refused:
        id = digest(one.path, one.reason)
        values = {
            "id": id, "place": one.path, "reason": one.reason, "first_bytes": one.first_bytes, "last_at": stamp()
        }  # fmt: skip
        connection.execute(upsert(connection, REFUSED, values, ("id",), ("last_at",)))


def _add(
    connection: Connection, received: Received, sketch: Sketched | None, settings: Store, taken: set[str] | None
) -> Kept:
    article, now = received.article, stamp()
    found = tuple(address for address in addresses(received) if not (is_weak(address) and address in (taken or ())))
    if taken is not None:
        taken.update(filter(is_weak, found))
    standing = _standing(connection, found)
    told = rows.told(article)
    id = _known(connection, article, told, [one.article for one in standing.values()])
    is_new = id is None
    if id is None:
        _insert(connection, received, sketch, now, settings)
        id = article.id
    else:
        _complete(connection, id, received, sketch)
    old = _point(connection, found, standing, id, article, now, settings)
    if old is not None:
        _recount(connection, (old, id))
        return Kept(id, "revision", old)
    return Kept(id, "new" if is_new else "same")


def _recount(connection: Connection, ids: Sequence[str]) -> None:
    """Count the stories anew in which a report came to stand, or no longer stands."""
    held = connection.execute(select(ARTICLES.c.story).where(ARTICLES.c.id.in_(ids), ARTICLES.c.story.is_not(None)))
    for story in sorted(set(held.scalars())):
        stories.count(connection, story)


def _complete(connection: Connection, id: str, received: Received, sketch: Sketched | None) -> None:
    """Fill in what was not known of a report and is said of it now: its date, its address, its own id."""
    row = connection.execute(select(ARTICLES.c.key, ARTICLES.c.record).where(ARTICLES.c.id == id)).one()
    held, said = rows.article(row.record, ""), received.article
    filled = replace(
        held,
        published=held.published or said.published,
        url=held.url or said.url,
        byline=held.byline or said.byline,
        title=held.title or said.title,
    )
    key = row.key or rows.short_key(received.key)
    if filled == held and key == row.key:
        return
    changed = {"key": key, **rows.described(filled)}
    if filled.published != held.published and sketch is not None and id == said.id:
        changed |= {"sketch": sketch.held, "day": sketch.day}
    connection.execute(update(ARTICLES).where(ARTICLES.c.id == id).values(**changed))
    _recount(connection, (id,))


@dataclass(frozen=True, slots=True)
class _Standing:
    article: str
    text: str


def _standing(connection: Connection, found: Sequence[str]) -> dict[str, _Standing]:
    """What stands at each address now."""
    if not found:
        return {}
    joined = ADDRESSES.join(ARTICLES, ADDRESSES.c.article == ARTICLES.c.id)
    asked = select(ADDRESSES.c.address, ARTICLES.c.id, ARTICLES.c.text).select_from(joined)
    held = connection.execute(asked.where(ADDRESSES.c.address.in_(found)))
    return {address: _Standing(id, words_of) for address, id, words_of in held}


def _known(connection: Connection, article: Article, told: str, standing: Sequence[str]) -> str | None:
    """The id under which the archive has this report already: by its text, by what it tells, by its address."""
    same = connection.execute(
        select(ARTICLES.c.id, ARTICLES.c.outlet).where((ARTICLES.c.id == article.id) | (ARTICLES.c.told == told))
    ).all()
    for id, outlet in sorted(same, key=lambda one: (one[0] != article.id, one[0])):
        if id == article.id or outlet == article.outlet or id in standing:
            return str(id)
    return None


def _insert(connection: Connection, received: Received, sketch: Sketched | None, now: str, settings: Store) -> None:
    article = received.article
    raw = {
        "sha256": article.sha256, "size": len(received.raw), "packed": rows.packed(received.raw, settings.packing)
    }  # fmt: skip
    connection.execute(upsert(connection, RAWS, raw, ("sha256",)))
    columns = rows.row(received, now, sketch.held if sketch else None, sketch.day if sketch else None)
    seq = connection.execute(insert(ARTICLES).values(**columns).returning(ARTICLES.c.seq)).scalar_one()
    index(connection, seq, article)


def index(connection: Connection, seq: int, article: Article) -> None:
    """Make an article findable by its words."""
    # Split here, as what is searched for is: a database's own notion of hosts, signs and hyphens is not the other's.
    title, body = (" ".join(SEARCHED.findall(told)) for told in (article.title or "", rows.searched(article)))
    held = {"seq": seq, "title": title, "body": body}
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO article_words (rowid, title, body) VALUES (:seq, :title, :body)"), held)
    else:
        connection.execute(
            text(
                "INSERT INTO article_words (seq, words) VALUES (:seq, setweight(to_tsvector('variorum', :title), 'A') "
                "|| to_tsvector('variorum', left(:body, 200000)))"  # a tsvector takes at most a megabyte
            ),
            held,
        )


def _point(
    connection: Connection,
    found: Sequence[str],
    standing: Mapping[str, _Standing],
    id: str,
    article: Article,
    now: str,
    settings: Store,
) -> str | None:
    """Let the addresses lead to the article. Returns what one of them led to until now, where it was another."""
    replaced: str | None = None
    for address in found:
        old = standing.get(address)
        if old is None:
            connection.execute(insert(ADDRESSES).values(address=address, article=id, seen_at=now))
            _revise(connection, address, id, now)
        elif old.article == id:
            connection.execute(update(ADDRESSES).where(ADDRESSES.c.address == address).values(seen_at=now))
        elif is_weak(address) and _share(old.text, article.text) < settings.revised_share:
            _set_aside(connection, address, old.article)
            connection.execute(update(ADDRESSES).where(ADDRESSES.c.address == address).values(article=id, seen_at=now))
            _revise(connection, address, id, now)
        else:
            stands = {"article": id, "seen_at": now}
            connection.execute(update(ADDRESSES).where(ADDRESSES.c.address == address).values(**stands))
            _revise(connection, address, id, now)
            _retire(connection, old.article)
            replaced = old.article
    if replaced is not None:
        connection.execute(update(ARTICLES).where(ARTICLES.c.id == id).values(current=True))
    return replaced


def _revise(connection: Connection, address: str, id: str, now: str) -> None:
    last = select(func.coalesce(func.max(REVISIONS.c.number), 0)).where(REVISIONS.c.address == address)
    number = connection.execute(last).scalar_one() + 1
    connection.execute(insert(REVISIONS).values(address=address, number=number, article=id, seen_at=now))


def _retire(connection: Connection, id: str) -> None:
    """An article that stands at none of its addresses any more is kept, but is no longer the report."""
    stands = exists().where(ADDRESSES.c.article == id)
    connection.execute(update(ARTICLES).where(ARTICLES.c.id == id, ~stands).values(current=False))


def _set_aside(connection: Connection, address: str, article: str) -> None:
    """Give what stood under a file's name a name of its own: another report has come under the old one."""
    aside = f"{address}~{article}"
    seen = connection.execute(select(ADDRESSES.c.seen_at).where(ADDRESSES.c.address == address)).scalar_one()
    values = {"address": aside, "article": article, "seen_at": seen}
    connection.execute(upsert(connection, ADDRESSES, values, ("address",), ("article", "seen_at")))
    last = select(func.coalesce(func.max(REVISIONS.c.number), 0)).where(REVISIONS.c.address == aside)
    after = connection.execute(last).scalar_one()
    moved = update(REVISIONS).where(REVISIONS.c.address == address)
    connection.execute(moved.values(address=aside, number=REVISIONS.c.number + after))


def _share(old: str, new: str) -> float:
    """Share of the words of the longer text that stand in the other, in their order; in [0, 1]."""
    one, other = ([word.key for word in words(told)] for told in (old, new))
    return LCSseq.similarity(one, other) / max(1, len(one), len(other))
