"""Thresholds of fetching and of watching feeds: what each means, its unit, how it was chosen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetch:
    """Settings of ``ingest.fetch``, ``ingest.online`` and ``ingest.watch``.

    Where a comment says "by reason", nothing was measured: the value is a bound that honest servers stay under.
    """

    # How whoever runs the program can be reached (an address or a page); told to every server. A publisher
    # who is bothered by the requests can then say so instead of blocking them.
    contact: str | None = None
    # Whether addresses that are not on the public internet may be asked (a newsroom's own server). Otherwise a
    # page could make this machine ask its own network for things that were meant for nobody outside it.
    allow_private: bool = False

    # Seconds to wait for a connection, for the next byte, and for a whole answer from the connection to its last
    # byte. By reason: a server that takes longer for a page is not going to send one. Looking up a name is bounded
    # by the system's own settings only.
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    # Bytes of an answer as it comes over the wire and after it is unpacked. The largest of 181 pages has 1.5 MB;
    # by reason, a feed that carries a year of whole reports may have several times that.
    wire_bytes: int = 10_000_000
    unpacked_bytes: int = 20_000_000
    # Redirects followed. RFC 9309 asks for five for robots.txt; honest pages take one or two.
    redirects: int = 5

    # Seconds between the end of one request to a host and the next to it. By reason: slower than a reader
    # who clicks, so that no small newspaper notices it.
    pause_seconds: float = 1.0
    # Longest pause that a robots.txt may ask for between requests and is given, in seconds.
    crawl_delay_seconds: float = 30.0
    # Longest Retry-After that is waited out in place, in seconds; a longer one ends the request, and the host is
    # not asked again before it is over.
    retry_wait_seconds: float = 30.0
    # Longest Retry-After that is believed at all: one poisoned header cannot close a host for a year.
    retry_most_seconds: float = 86_400.0

    # Bytes of a robots.txt that are read; RFC 9309 asks for at least these.
    robots_bytes: int = 512_000
    # Seconds a robots.txt is kept; RFC 9309 asks for no more than a day.
    robots_seconds: float = 86_400.0
    # Seconds for which a host whose robots.txt cannot be had (it fails, or cannot be reached) is not asked for
    # anything, as RFC 9309 wants, before it is tried again.
    robots_retry_seconds: float = 600.0
    # Hosts remembered with their rules and pauses; the least lately asked are forgotten first.
    hosts: int = 256

    # Hosts asked at a time, and addresses whose answers are held in memory until their turn comes.
    threads: int = 4
    batch: int = 16
    # Entries of one feed whose pages are fetched at one time, and feeds taken from one OPML list.
    feed_pages: int = 200
    opml_feeds: int = 500

    # Seconds between two looks at a feed; a feed may ask for longer, up to the most, and is never asked more
    # often than the least even where the caller wants it.
    poll_seconds: float = 900.0
    poll_least_seconds: float = 60.0
    poll_most_seconds: float = 21_600.0
    # Seconds between two looks at a folder. A file is read when two looks in a row found it the same, so that
    # one that is still being written is not read by half.
    folder_seconds: float = 10.0
    # Entries that were tried and hold no report, and are not tried again while a watch runs.
    tried: int = 10_000
