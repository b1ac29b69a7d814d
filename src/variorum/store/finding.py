"""What an archive holds: articles, their bytes, the revisions of an address."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from variorum.records import Article, Refusal, Revision
from variorum.store import rows
from variorum.store.addresses import address_of
from variorum.store.tables import ADDRESSES, ARTICLES, RAWS, REFUSED, REVISIONS

_AT_ONCE = 500  # ids in one question; a database takes only so many


def articles(connection: Connection, ids: Iterable[str]) -> dict[str, Article]:
    """Articles by id; ids that the archive does not have are not among them."""
    wanted = sorted(set(ids))
    found: dict[str, Article] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        asked = select(ARTICLES.c.id, ARTICLES.c.record, ARTICLES.c.text)
        for id, record, text in connection.execute(asked.where(ARTICLES.c.id.in_(wanted[start : start + _AT_ONCE]))):
            found[id] = rows.article(record, text)
    return found


def texts(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The texts of articles by id; ids that the archive does not have are not among them."""
    wanted, found = sorted(set(ids)), dict[str, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        asked = select(ARTICLES.c.id, ARTICLES.c.text).where(ARTICLES.c.id.in_(wanted[start : start + _AT_ONCE]))
        found.update(tuple(row) for row in connection.execute(asked))
    return found


def raw(connection: Connection, sha256: str) -> bytes | None:
    """The bytes as received that have this digest; ``None`` where the archive has none."""
    held = connection.execute(select(RAWS.c.packed, RAWS.c.size).where(RAWS.c.sha256 == sha256)).first()
    return None if held is None else rows.unpacked(held[0], held[1])


def revisions(connection: Connection, wanted: str) -> tuple[str, tuple[Revision, ...]] | None:
    """The address and its texts, the oldest first; ``None`` where nothing of the kind is known.

    wanted: a URL in any of its spellings, an input's own id, a file's name, or an article's id.
    """
    address = _address(connection, wanted)
    if address is None:
        return None
    asked = select(REVISIONS.c.number, REVISIONS.c.seen_at, REVISIONS.c.article)
    held = connection.execute(asked.where(REVISIONS.c.address == address).order_by(REVISIONS.c.number)).all()
    known = articles(connection, (id for _, _, id in held))
    return address, tuple(Revision(number, seen_at, known[id]) for number, seen_at, id in held)


def _address(connection: Connection, wanted: str) -> str | None:
    """An address known to the archive; of several, the first in order."""
    exact: Sequence[str] = (address_of(wanted), wanted)
    found = connection.execute(select(ADDRESSES.c.address).where(ADDRESSES.c.address.in_(exact))).scalar()
    if found is not None:
        return str(found)
    by_article = select(REVISIONS.c.address).where(REVISIONS.c.article == wanted).order_by(REVISIONS.c.address)
    by_name = (
        select(ADDRESSES.c.address)
        .where(ADDRESSES.c.address.startswith("key:") | ADDRESSES.c.address.startswith("file:"))
        .where(ADDRESSES.c.address.endswith(f"/{wanted}", autoescape=True))
        .order_by(ADDRESSES.c.address)
    )
    for asked in (by_article, by_name):
        found = connection.execute(asked).scalar()
        if found is not None:
            return str(found)
    return None


def refused(connection: Connection, most: int) -> tuple[Refusal, ...]:
    """What could not be read, the last first."""
    asked = select(REFUSED).order_by(REFUSED.c.last_at.desc(), REFUSED.c.id).limit(most)
    return tuple(Refusal(row.place, row.reason, row.first_bytes) for row in connection.execute(asked))
