"""A feed that is watched: asked for as seldom as it wants, and more seldom the longer it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from variorum.config.ingest import Ingest
from variorum.errors import FetchRefused, InputRefused
from variorum.ingest.feeds import Feed, FeedList, kind_of, read_feed, read_opml
from variorum.ingest.fetch import Fetcher
from variorum.ingest.fetch.address import shown
from variorum.ingest.online import Online
from variorum.ingest.page_feeds import feed_of
from variorum.records import Fetched, Received, Refusal

# Doublings after which a feed that fails is asked for as seldom as any: 15 minutes are then eleven days.
_DOUBLINGS = 10


class FeedWatch:
    """A feed, or an OPML list of feeds, and when it is looked at next.

    listed: the feeds of a list, once it was read; then this is done with. clock: seconds from any start. spread:
    where in the round of all feeds this one has its turn, 0 to 1, so that they are not all asked at one moment.
    """

    def __init__(
        self, url: str, online: Online, settings: Ingest, clock: Callable[[], float], *, spread: float = 0.0
    ) -> None:
        self.place = shown(url)
        self.url = url
        self.listed: tuple[str, ...] = ()
        self.due_at = clock()
        self._online = online
        self._fetcher: Fetcher = online.fetcher
        self._settings = settings
        self._clock = clock
        self._spread = spread
        self._failures = 0
        self._stated = 0.0
        self._told: str | None = None

    def look(self) -> Iterator[Received | Refusal]:
        """The reports that are new in the feed, and why it could not be had where that is news."""
        self.due_at = self._clock() + self._fetcher.settings.poll_seconds  # its reader may stop in the middle
        try:
            fetched = self._fetcher.fetch(self.url)
            feed = None if fetched.not_modified else self._feed(fetched)
            self._failures, self._told = 0, None
            if isinstance(feed, FeedList):
                self.listed = feed.urls
                return
            if feed is not None:
                self._stated = feed.pause_seconds or 0.0
                if (yield from self._online.entries(feed, fetched.url)):
                    self._fetcher.settle(fetched)
        except InputRefused as refusal:
            yield from self._failed(refusal)
            return
        self._plan(fetched.fresh_seconds or 0.0)

    def _feed(self, fetched: Fetched) -> Feed | FeedList:
        text = self._online.text_of(fetched)
        kind = kind_of(text)
        if kind == "opml":
            most = self._fetcher.settings.opml_feeds
            listed = read_opml(text, fetched.url, settings=self._settings, most=most)
            if not listed.urls:
                raise InputRefused("This list names no feed.")
            return listed
        if kind is None:
            feed = feed_of(text, fetched.url, settings=self._settings)
            also = f" It links one, which can be watched instead: {shown(feed)}" if feed else ""
            raise InputRefused(f"This is no feed.{also}")
        return read_feed(text, fetched.url, settings=self._settings)

    def _failed(self, refusal: InputRefused) -> Iterator[Refusal]:
        """Wait twice as long as the last time, and tell what is wrong once and not at every look."""
        self._failures = min(self._failures + 1, _DOUBLINGS)
        self._plan((refusal.retry_seconds or 0.0) if isinstance(refusal, FetchRefused) else 0.0, is_order=True)
        if refusal.reason != self._told:
            self._told = refusal.reason
            yield Refusal(self.place, refusal.reason, refusal.first_bytes.hex() or None)

    def _plan(self, wanted: float, *, is_order: bool = False) -> None:
        """Set the next look. wanted: seconds the server asks for; is_order: whether beyond the settings' most too."""
        fetch = self._fetcher.settings
        usual = max(fetch.poll_least_seconds, fetch.poll_seconds)
        most = max(usual, fetch.poll_most_seconds)
        wait = min(max(usual, self._stated, 0.0 if is_order else wanted) * 2**self._failures, most)
        if self._spread:
            # Later once, never sooner than the feed wants.
            wait, self._spread = wait * (1 + self._spread), 0.0
        self.due_at = self._clock() + max(wait, wanted if is_order else 0.0)
