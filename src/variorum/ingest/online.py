"""Web addresses to articles: pages, feeds and lists of feeds, each known by what came back."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from variorum.config.ingest import Ingest
from variorum.errors import FetchRefused, InputRefused
from variorum.ingest.abreast import abreast
from variorum.ingest.decode import decode
from variorum.ingest.feeds import Entry, Feed, changed, item_of, kind_of, left_out, read_feed, read_opml
from variorum.ingest.fetch import Fetcher
from variorum.ingest.fetch.address import shown as printable
from variorum.ingest.guarded import composed
from variorum.ingest.item import Item
from variorum.ingest.listed import entry_key, once, otherwise
from variorum.ingest.page_feeds import feed_of
from variorum.records import Fetched, Received, Refusal

Known = Callable[[str, datetime | None], bool]
"""Whether a report with that key or address is at hand already, no older than it was last changed."""

_OPENS_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# Types under which a server sends no report; a page under one of them is still a page.
_NO_REPORT = re.compile(
    r"(?:image|audio|video|font)/|text/(?:css|javascript|csv|calendar)|application/(?:[\w.-]*\+)?(?:json|javascript)|"
    r"application/(?:x-)?(?:javascript|protobuf|wasm)"
)


def nothing_known(key: str, at: datetime | None) -> bool:  # noqa: ARG001
    """For a run that has no archive: every report is new."""
    return False


def receive_online(
    urls: Iterable[str], *, fetcher: Fetcher, settings: Ingest | None = None, known: Known = nothing_known
) -> Iterator[Received | Refusal]:
    """The reports that stand at ``urls``, and what could not be had or is none, in their order.

    urls: of pages, of feeds (their reports: as the feed carries them where it does so whole, otherwise from their
    pages) and of OPML lists (their feeds). known: asked before a page of a feed is fetched. An address that has
    not changed since it was taken gives nothing. Several hosts are asked at a time, each one thing at a time.
    """
    online = Online(fetcher, settings or Ingest(), known)
    yield from online.receive(tuple(urls))


class Online:
    """One reading of what is online.

    known: see :data:`Known`. done_with: told of each entry of a feed that gave no report and will give none before
    it changes.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        settings: Ingest,
        known: Known,
        *,
        done_with: Callable[[str, datetime | None], None] = lambda *_: None,
    ) -> None:
        self.fetcher = fetcher
        self.settings = settings
        self.known = known
        self._done_with = done_with

    def receive(self, urls: tuple[str, ...], *, is_listed: bool = False) -> Iterator[Received | Refusal]:
        """As :func:`receive_online`. is_listed: whether ``urls`` stand in a list, which then is no place for one."""
        with closing(self._fetch(urls)) as fetched:
            for url, answer in zip(urls, fetched, strict=True):
                if isinstance(answer, Fetched):
                    yield from self.take(answer, is_listed=is_listed)
                else:
                    yield _refused(url, answer)

    def take(self, fetched: Fetched, *, is_listed: bool = False) -> Iterator[Received | Refusal]:
        """The reports in one answer.

        It is remembered as taken when the last of them was, and only where there was any: what failed today can
        be asked for again tomorrow, and so can every feed of a list.
        """
        if fetched.not_modified:
            return
        try:
            text = self.text_of(fetched)
            kind = kind_of(text)
            if kind == "opml":
                yield from self._list(fetched, text, is_listed=is_listed)
                return
            if kind is None:
                yield self._page(fetched, text, None, None)
            else:
                feed = read_feed(text, fetched.url, settings=self.settings)
                if not feed.entries:
                    raise InputRefused("This feed lists no report.")
                if not (yield from self.entries(feed, fetched.url)):
                    return
        except InputRefused as refusal:
            yield _refused(fetched.asked, refusal)
            return
        self.fetcher.settle(fetched)

    def listed(self, raw: bytes, shown: str) -> Iterator[Received | Refusal]:
        """The reports of a feed, or of a list of feeds, that lies in a file.

        As :data:`variorum.ingest.formats.asked.Listed` wants it. Its entries' own ids go under the file's name; there
        is no address to ask by whether it has changed.
        """
        try:
            text = decode(raw, settings=self.settings)
            if kind_of(text) == "opml":
                yield from self._feeds_of(text, None, shown)
                return
            feed = read_feed(text, None, settings=self.settings)
            if not feed.entries:
                raise InputRefused("This feed lists no report.")
            yield from self.entries(feed, shown)
        except InputRefused as refusal:
            yield Refusal(shown, refusal.reason, raw[: self.settings.first_bytes].hex() or None)

    def text_of(self, fetched: Fetched) -> str:
        """What came, decoded. Raises InputRefused for what is no text."""
        return decode(fetched.raw, settings=self.settings, charset=fetched.charset)

    def entries(self, feed: Feed, url: str) -> Generator[Received | Refusal, None, bool]:
        """The reports of the feed at ``url`` that are not known yet, in its order.

        Returns, at its end, whether all was had that may be had: ``False`` where the feed has to be read
        again because a page failed for now, or more are listed than are fetched at one time.
        """
        if feed.is_mended and not feed.entries:
            raise InputRefused("This feed broke off, or is damaged, before its first report.")
        new = [entry for entry in once(feed.entries) if not self._is_known(entry, url)]
        wanted = [str(entry.url) for entry in new if _needs_page(entry)]
        most = self.fetcher.settings.feed_pages
        # A feed that had to be mended may be the first half of one.
        is_whole = not feed.is_mended and len(wanted) <= most
        with closing(self._fetch(tuple(wanted[:most]))) as fetched:
            for entry in new:
                answer = next(fetched, None) if _needs_page(entry) else None
                if answer is None and _needs_page(entry):
                    continue
                if isinstance(answer, FetchRefused) and answer.is_passing:
                    is_whole = False
                    yield _refused(str(entry.url), answer)
                    continue
                one = self._of_entry(entry, feed, url, answer)
                if not isinstance(one, Received):
                    self._give_up(entry, url)
                if one is not None:
                    yield one
                if isinstance(one, Received) and isinstance(answer, Fetched):
                    self.fetcher.settle(answer)
        if feed.left:
            yield Refusal(printable(url), left_out(feed))
        if len(wanted) > most:
            reason = f"This feed lists {len(wanted) - most:,} more new reports than are fetched at one time ({most:,})."
            yield Refusal(printable(url), reason)
        return is_whole

    def _fetch(self, urls: tuple[str, ...]) -> Generator[Fetched | InputRefused]:
        settings = self.fetcher.settings
        return abreast(urls, self.fetcher.fetch, threads=settings.threads, batch=settings.batch)

    def _is_known(self, entry: Entry, url: str) -> bool:
        return any(self.known(key, changed(entry)) for key in self._keys(entry, url))

    def _keys(self, entry: Entry, url: str) -> list[str]:
        return list(dict.fromkeys(key for key in (entry_key(entry, url), entry.url) if key is not None))

    def _list(self, fetched: Fetched, text: str, *, is_listed: bool) -> Iterator[Received | Refusal]:
        if is_listed:
            raise InputRefused("This is a list of feeds inside a list of feeds, which is not followed.")
        yield from self._feeds_of(text, fetched.url, printable(fetched.asked))

    def _feeds_of(self, text: str, base: str | None, shown: str) -> Iterator[Received | Refusal]:
        most = self.fetcher.settings.opml_feeds
        listed = read_opml(text, base, settings=self.settings, most=most)
        if not listed.urls:
            raise InputRefused("This list names no feed.")
        yield from self.receive(listed.urls, is_listed=True)
        if listed.left:
            reason = f"This list names {listed.left:,} more feeds than are read of one list ({most:,})."
            yield Refusal(shown, reason)

    def _of_entry(
        self, entry: Entry, feed: Feed, url: str, answer: Fetched | InputRefused | None
    ) -> Received | Refusal | None:
        """What came of one entry. answer: of its page, where it carries no report itself; ``None`` for unchanged."""
        place = entry.url or f"{url}#{entry.place}"
        try:
            if isinstance(answer, InputRefused):
                raise answer
            if answer is None:
                item = item_of(entry, feed, printable(place))
                if item is None:
                    raise InputRefused("Only a summary stands in the feed, and no address of its page.")
                return composed(replace(item, key=entry_key(entry, url)), settings=self.settings)
            if answer.not_modified:
                return None
            text = self.text_of(answer)
            if kind_of(text) is not None:
                raise InputRefused("The feed leads to another feed here, and not to a page.")
            return self._page(answer, text, (entry, feed), url)
        except InputRefused as refusal:
            return _refused(place, refusal)

    def _give_up(self, entry: Entry, url: str) -> None:
        for key in self._keys(entry, url):
            self._done_with(key, changed(entry))

    def _page(
        self, fetched: Fetched, text: str, listed: tuple[Entry, Feed] | None, feed_url: str | None
    ) -> Received | Refusal:
        """The report on a page or in a plain text. listed: the entry it was found by."""
        if _NO_REPORT.match(fetched.media_type or "") and not _OPENS_PAGE.match(text):
            raise InputRefused(f"This is no page: its server calls it {fetched.media_type}.")
        item = Item(
            shown=printable(fetched.url),
            raw=fetched.raw,
            content=text,
            media_type=fetched.media_type,
            key=entry_key(listed[0], feed_url) if listed else None,
            named=False,
            otherwise=otherwise(fetched, listed, feed_url),
        )
        feed = None if listed else feed_of(text, fetched.url, settings=self.settings)
        try:
            if feed is not None and _is_front(fetched.url):
                # Its teasers would be taken for one report of everything that happened today.
                raise InputRefused("This is the front page of a site, and no report.")
            return composed(item, settings=self.settings)
        except InputRefused as refusal:
            if feed is None:
                raise
            also = f"{refusal.reason} It links a feed, which can be asked for instead: {printable(feed)}"
            raise InputRefused(also, first_bytes=refusal.first_bytes) from refusal


def _needs_page(entry: Entry) -> bool:
    return entry.html is None and entry.text is None and entry.url is not None


def _is_front(url: str) -> bool:
    split = urlsplit(url)
    return split.path in ("", "/") and not split.query


def _refused(url: str, refusal: InputRefused) -> Refusal:
    return Refusal(printable(url), refusal.reason, refusal.first_bytes.hex() or None)
