"""What an archive remembers of the addresses it reads from, so that nothing is asked for twice in vain."""

import json
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, func, select

from variorum.records import Validators
from variorum.store.addresses import address_of
from variorum.store.archive import Archive
from variorum.store.clock import stamp
from variorum.store.tables import ADDRESSES, ARTICLES, VALIDATORS
from variorum.store.upsert import upsert

_LONGEST = 600  # characters; an index takes no more, and an address so long is fetched anew each time


class Remembered:
    """A memory for ``ingest.fetch`` that an archive keeps.

    What is remembered is written together with the reports that came before it, never earlier: a run that is killed
    between the two must not be told "nothing new" of a page it never kept. May be used from several threads.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = Lock()
        self._validators: dict[str, Validators] = {}

    def validators(self, url: str) -> Validators | None:
        """What ``url`` gave to ask by; ``None`` where it was never fetched, or gave nothing."""
        with self._lock:
            waiting = self._validators.get(url)
        if waiting is not None:
            return waiting
        with self._archive.reading() as connection:
            held = connection.execute(select(VALIDATORS.c.value).where(VALIDATORS.c.url == url)).scalar()
        if held is None:
            return None
        etag, last_modified = json.loads(held)
        return Validators(etag, last_modified)

    def remember(self, url: str, validators: Validators) -> None:
        """Keep what ``url`` gave, with the next reports that are written."""
        if len(url) <= _LONGEST:
            with self._lock:
                self._validators[url] = validators

    def known(self, key: str, at: datetime | None) -> bool:
        """Whether what a feed lists is here, as it was at that time or later.

        key: its address, or its own id. at: when it says it was last changed; ``None`` where it does not say.
        """
        by_key = select(ARTICLES.c.id).where(ARTICLES.c.key == key)
        asked = select(func.max(ADDRESSES.c.seen_at)).where(
            (ADDRESSES.c.address == address_of(key)) | ADDRESSES.c.article.in_(by_key)
        )
        with self._archive.reading() as connection:
            seen: str | None = connection.execute(asked).scalar()
        return seen is not None and (at is None or seen >= stamp(at))

    def writer(self) -> Callable[[Connection], None]:
        """What writes all that waits; what is remembered while it writes waits for the next."""
        with self._lock:
            validators, self._validators = self._validators, {}

        def write(connection: Connection) -> None:
            for url, one in sorted(validators.items()):
                value = json.dumps([one.etag, one.last_modified])
                row = {"url": url, "value": value, "at": stamp()}
                connection.execute(upsert(connection, VALIDATORS, row, ("url",), ("value", "at")))

        return write
