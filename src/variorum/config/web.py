"""Settings of ``web``: what each means, its unit, and why it has its value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Web:
    """Settings of the reading room."""

    # Stories on one page: what a reader scrolls through before paging, and what is drawn in well under 200 ms.
    listed: int = 50
    # Reports looked at for a search, the newest that fit first. A word that stands in every report would otherwise
    # have all of them ranked while somebody types.
    searched: int = 2_000
    # Bytes of one request that adds reports: as much as a folder of saved pages, and not more than a laptop's memory
    # bears spooled.
    request_bytes: int = 256 * 1024 * 1024
    # Bytes of a program's JSON, which is held in memory, several times over: hundreds of long reports.
    json_bytes: int = 32 * 1024 * 1024
    # Bytes of a request that adds no reports, such as a note or the token: the longest comment as a form writes it,
    # twelve bytes a letter, with room to spare. Whoever does not know the token can send this much.
    form_bytes: int = 128 * 1024
    # Files of one request.
    request_files: int = 2_000
    # Characters of a pasted text and of one field of a form.
    pasted_characters: int = 2_000_000
    # Fewest characters of a token: sixteen of a password manager's cannot be guessed over a network.
    token_characters: int = 16
    # Pages kept as they were sent, packed, and editions kept as they were read, in memory: an edition of 60 reports
    # takes some 10 MB as records, a page of it 0.2 MB.
    pages_kept: int = 64
    editions_kept: int = 12
    # Stories that wait for an edition because somebody opened them, and because reports were added to them; what
    # comes beyond is not noted, and is asked for again by whoever opens it. Guards against one who opens everything.
    stories_asked: int = 500
    stories_touched: int = 500
    # Stories whose voices are counted in one piece of work: well under a second of it.
    counted_at_once: int = 10
    # Seconds between two looks for what can be analysed ahead, which also finds what other programs add. A look reads
    # one page of the list, some 2 ms.
    look_seconds: float = 3.0
    # Seconds a process gets to end when the room does, before it is made to.
    ending_seconds: float = 2.0
    # Most claims drawn in the coverage picture of an edition's page times its reports; beyond, the picture stands on
    # a page of its own. Each cell takes some 200 bytes of markup.
    drawn_cells: int = 1_500
    # Lines of an intake kept for its page; the counts go on. Of all but the last intakes only so few lines are kept
    # that a hundred of them are some 10 MB.
    intake_lines: int = 2_000
    intake_lines_later: int = 100
    # Intakes kept in memory, those of them that may wait, and stories of one that its page lists.
    intakes: int = 100
    intakes_waiting: int = 20
    intake_stories: int = 50
    # Addresses and pasted texts of one intake.
    intake_places: int = 500
    # Bytes of a file's name as it is put by: what every file system takes, with room to spare.
    name_bytes: int = 180


@dataclass(frozen=True, slots=True)
class Serving:
    """How a reading room is opened. place: of the archive. host, port: where it listens; port 0 for any that is free.

    token: what a visitor must know; needed where ``host`` is not this machine alone. names: further names by which it
    is asked for. contact, allow_private: as for commands that fetch. ahead: how many of the newest stories are analysed
    before anybody opens them. is_opened: whether the browser is pointed at it.
    """

    place: str
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    names: tuple[str, ...] = ()
    contact: str | None = None
    allow_private: bool = False
    ahead: int = 50
    is_opened: bool = False
