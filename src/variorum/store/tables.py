"""The tables of an archive. What each column means stands beside it; ``docs/archive.md`` tells the whole.

Times are text, ISO 8601 in UTC with ``Z`` (:func:`variorum.store.clock.stamp`), so that they sort as they
pass and read the same in either database. Changed only together with a new migration.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    case,
    false,
    func,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# A whole number that SQLite can use as its row number, which the full-text index needs.
_ROW = BigInteger().with_variant(Integer, "sqlite")

RAWS = Table(
    "raws",  # bytes as received, once however often they came
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),  # bytes, before packing
    Column("packed", LargeBinary, nullable=False),  # zlib
)

STORIES = Table(
    "stories",  # every story ever opened; a merged one stays and says what it became
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("opened_at", String(32), nullable=False),
    Column("merged_into", String(16), ForeignKey("stories.id")),
    # What the lists show, counted anew whenever a report comes or goes. Superseded revisions do not count.
    Column("headline", Text),
    Column("articles", Integer, nullable=False, server_default="0"),
    Column("outlets", Integer, nullable=False, server_default="0"),
    Column("first_published", String(32)),
    Column("last_published", String(32)),
    Column("last_added", String(32)),
    Column("told", String(32)),  # when it was last published or, where no report is dated, added: newest first by it
    Column("shared", Boolean, nullable=False, server_default=false()),  # whether several reports tell it
    Column("arrivals", Text),  # how many reports came out in each part of its time, as a JSON list
    Column("outlet_names", Text),  # the first of its outlets, as a JSON list
    # What its edition found, or the words its reports share: empty until one was made of the story as it stands.
    Column("made_by", String(64)),  # digest of the release and settings that found it
    Column("lineages", Integer),
    Column("lineages_final", Boolean, nullable=False, server_default=false()),  # whether retellings were looked for too
    Column("conflicts", Integer),
    Column("altered", Integer),  # quotations with an altered reading
    # What lists are filtered by stands in it, so that counting them reads no row.
    Index("ix_stories_told", "shared", "told", "id", "made_by", "conflicts", "altered"),
    Index("ix_stories_all", "told", "id"),
    Index("ix_stories_articles", "articles"),
)

ARTICLES = Table(
    "articles",  # every report and every revision of it; none is ever removed
    METADATA,
    Column("seq", _ROW, Identity(), primary_key=True),  # order of arrival
    Column("id", String(16), nullable=False, unique=True),  # digest of outlet and text
    Column("key", Text),  # the input's own id
    Column("outlet", Text, nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("place", Text, nullable=False),  # where it lay, relative to what was asked for, or its address
    Column("published_at", String(32)),
    Column("published_precision", String(8)),
    Column("language", String(16)),
    Column("sha256", String(64), ForeignKey("raws.sha256"), nullable=False),
    Column("media_type", Text, nullable=False),  # of the report in those bytes
    Column("text", Text, nullable=False),
    Column("record", Text, nullable=False),  # the rest of the article, as JSON
    Column("told", String(16), nullable=False),  # digest of what it tells: menus and adverts aside
    Column("added_at", String(32), nullable=False),
    Column("current", Boolean, nullable=False),  # whether it is what stands at one of its addresses
    Column("sketch", LargeBinary),  # what gathering compares it by
    Column("day", Integer),  # the day it is filed under in gathering, a proleptic ordinal; below 0, that of its arrival
    Column("story", String(16), ForeignKey("stories.id")),  # null until gathered
    Column("placed", BigInteger),  # the gathering step that last moved it
    Index("ix_articles_told", "told", "outlet"),
    Index("ix_articles_story", "story"),
    Index("ix_articles_day", "day"),
    Index("ix_articles_placed", "placed"),
    Index("ix_articles_published_at", "published_at"),
    Index("ix_articles_key", "key"),
    Index("ix_articles_outlet", "outlet", "current", "story"),  # all that counting outlets needs
)

PUBLISHED = case(
    {"year": func.substr(ARTICLES.c.published_at, 1, 4), "month": func.substr(ARTICLES.c.published_at, 1, 7),
     "day": func.substr(ARTICLES.c.published_at, 1, 10)},
    value=ARTICLES.c.published_precision,
    else_=ARTICLES.c.published_at,
).label("published")  # fmt: skip
"""When a report was published, no finer than it said."""

ADDRESSES = Table(
    "addresses",  # where reports are found: the web's, an input's own id, a file's name
    METADATA,
    Column("address", Text, primary_key=True),
    Column("article", String(16), ForeignKey("articles.id"), nullable=False),  # what stands there now
    Column("seen_at", String(32), nullable=False),  # when that was last seen there
    Index("ix_addresses_article", "article"),
)

REVISIONS = Table(
    "revisions",  # what stood at an address, from the first to the last
    METADATA,
    Column("address", Text, ForeignKey("addresses.address"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("article", String(16), ForeignKey("articles.id"), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Index("ix_revisions_article", "article"),
)

CHANGES = Table(
    "changes",  # how stories came about: opened, joined, merged, split
    METADATA,
    Column("number", _ROW, Identity(), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("story", String(16), nullable=False),
    Column("other", String(16)),
    Column("articles", Text, nullable=False),  # their ids, as a JSON list
    Index("ix_changes_story", "story"),
    Index("ix_changes_other", "other"),
)

REFUSED = Table(
    "refused",  # what could not be read, and why
    METADATA,
    Column("id", String(16), primary_key=True),  # digest of place and reason
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("first_bytes", Text),
    Column("last_at", String(32), nullable=False),
)

RESULTS = Table(
    "results",  # what was computed, by a digest of all it was computed from
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(16)),  # id of the story or the article it tells of
    Column("made_at", String(32), nullable=False),
    Column("sha256", String(64), nullable=False),  # of the value before packing
    Column("packed", LargeBinary, nullable=False),
    Index("ix_results_subject", "subject", "kind"),
)

OUTLET_FINDINGS = Table(
    "outlet_findings",  # what editions found of each outlet's reports, of the stories as they stand
    METADATA,
    Column("number", _ROW, Identity(), primary_key=True),
    Column("story", String(16), ForeignKey("stories.id"), nullable=False),
    Column("outlet", Text, nullable=False),
    Column("article", String(16), nullable=False),
    Column("kind", String(8), nullable=False),  # variorum.records.OutletFindingKind
    Column("other", Text),  # another outlet, or an agency
    Column("other_article", String(16)),
    Column("finding", Text),  # id of what was found, in the story's edition
    Column("says", Text),  # the words it is about
    Index("ix_outlet_findings_story", "story"),
    Index("ix_outlet_findings_outlet", "outlet", "kind"),
)

JUDGEMENTS = Table(
    "judgements",  # what editors say of findings; nothing here is evidence, and no edition is made of it
    METADATA,
    Column("id", String(16), primary_key=True),  # digest of the finding and the editor
    Column("story", String(16), nullable=False),  # where the finding was judged; the story may have become another
    Column("kind", String(16), nullable=False),
    Column("spans", Text, nullable=False),  # [[article, start, end], ...], as JSON
    Column("holds", Text, nullable=False),  # what the finding holds of them
    Column("says", Text, nullable=False),  # the finding in one line
    Column("verdict", String(8)),
    Column("comment", Text, nullable=False),
    Column("starred", Boolean, nullable=False),
    Column("editor", Text, nullable=False),  # as they name themselves
    Column("at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("release", String(64), nullable=False),
    Index("ix_judgements_at", "at", "id"),
)

JUDGED = Table(
    "judged",  # the reports a judgement rests on: by them it is found, in whatever story they are by now
    METADATA,
    Column("judgement", String(16), ForeignKey("judgements.id"), primary_key=True),
    Column("article", String(16), ForeignKey("articles.id"), primary_key=True),
    Index("ix_judged_article", "article"),
)

VALIDATORS = Table(
    "validators",  # what an address said of its state when it was last fetched
    METADATA,
    Column("url", Text, primary_key=True),
    Column("value", Text, nullable=False),  # as JSON
    Column("at", String(32), nullable=False),
)
