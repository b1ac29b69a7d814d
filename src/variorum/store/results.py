"""What was computed, kept by a digest of all it was computed from, so that nothing stale can be found."""

from hashlib import sha256

from sqlalchemy import Connection, delete, select

from variorum.config import Store
from variorum.errors import ArchiveError
from variorum.store import rows
from variorum.store.clock import stamp
from variorum.store.tables import RESULTS
from variorum.store.upsert import upsert


def get(connection: Connection, id: str) -> bytes | None:
    """The result with that digest; ``None`` where there is none, or its bytes are not those that were kept."""
    held = connection.execute(select(RESULTS.c.packed, RESULTS.c.sha256).where(RESULTS.c.id == id)).first()
    if held is None:
        return None
    try:
        value = rows.unpacked(held[0])
    except ArchiveError:
        return None  # damaged: it is computed anew and written over
    return value if sha256(value).hexdigest() == held[1] else None


def latest(connection: Connection, kind: str, subject: str) -> bytes | None:
    """The last result of a kind for a subject, of whatever it was made; ``None`` where there is none that is whole."""
    asked = select(RESULTS.c.id).where(RESULTS.c.subject == subject, RESULTS.c.kind == kind)
    id = connection.execute(asked.order_by(RESULTS.c.made_at.desc(), RESULTS.c.id).limit(1)).scalar()
    return None if id is None else get(connection, id)


def put(connection: Connection, id: str, value: bytes, *, kind: str, subject: str, settings: Store) -> None:
    """Keep a result. subject: id of the story or article it tells of.

    Older results of the kind for the same subject, which can never be asked for again, go.
    """
    older = (RESULTS.c.subject == subject) & (RESULTS.c.kind == kind) & (RESULTS.c.id != id)
    connection.execute(delete(RESULTS).where(older))
    values = {
        "id": id, "kind": kind, "subject": subject, "made_at": stamp(), "sha256": sha256(value).hexdigest(),
        "packed": rows.packed(value, settings.packing),
    }  # fmt: skip
    connection.execute(upsert(connection, RESULTS, values, ("id",), ("made_at", "sha256", "packed", "subject")))
