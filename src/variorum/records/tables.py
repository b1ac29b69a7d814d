"""The tables of a batch: what an archive's editions hold, as rows for a database or a notebook.

One table a noun. A column that is a field of a record has its name, its type and its meaning; the columns beside
those are counts, keys to join by, and what a reader would otherwise have to look up. All offsets are counts of Unicode
code points into the ``text`` of the article named in the same row, the end left out.
"""

import pyarrow as pa

from variorum.records.annotation import Place
from variorum.records.article import Article, Credit, Cut, Part, Published, Refusal
from variorum.records.claim import Claim, Conflict, Position, Voice
from variorum.records.edition import Headline
from variorum.records.span import Span
from variorum.records.stemma import Borrowing, Evidence, Exemplar, Lineage, Passage
from variorum.records.table import Column, Table
from variorum.records.utterance import Reading, Utterance, Variant

UNKNOWN_DATE = "unknown"
"""Stands in ``date`` where nothing gives a day, so that a partition never has a name of its engine's own making."""


def _struct(**fields: pa.DataType) -> pa.DataType:
    # May be null throughout: under a struct that is null Spark has nulls in every field, and Arrow would not read a
    # field said never to be.
    return pa.struct(list(fields.items()))


def _list(item: pa.DataType) -> pa.DataType:
    # "element" is what Parquet calls it, so that a table comes back under the type it was written with.
    return pa.list_(pa.field("element", item, False))


_TEXT, _WHOLE, _NUMBER, _FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()
_TIME = pa.timestamp("us", "UTC")
_SPAN = _struct(start=_WHOLE, end=_WHOLE)
_PLACE = _struct(article=_TEXT, start=_WHOLE, end=_WHOLE)
_PASSAGE = _struct(a=_SPAN, b=_SPAN, likeness=_NUMBER)
_EVIDENCE = _struct(kind=_TEXT, strength=_TEXT, says=_TEXT, giver=_TEXT, article=_TEXT, span=_SPAN)
_VARIANT = _struct(kind=_TEXT, base_text=_TEXT, reading_text=_TEXT, base=_SPAN, reading=_SPAN)
_VOICE = _struct(article=_TEXT, start=_WHOLE, end=_WHOLE, stance=_TEXT, speaker=_TEXT, speaker_name=_TEXT)
_POSITION = _struct(value=_TEXT, voices=_list(_PLACE))

STRUCTS: dict[type, pa.DataType] = {
    Part: _struct(start=_WHOLE, end=_WHOLE, kind=_TEXT),
    Credit: _struct(agency=_TEXT, start=_WHOLE, end=_WHOLE, of=_TEXT),
    Span: _SPAN,
    Place: _PLACE,
    Passage: _PASSAGE,
    Evidence: _EVIDENCE,
    Variant: _VARIANT,
    Voice: _VOICE,
    Position: _POSITION,
}
"""How a record that stands inside a row is written: its fields under their names, and what is looked up for it last."""

_STORY_DATE = Column(
    "date",
    _TEXT,
    "Day of the story's `first_published`, UTC, `YYYY-MM-DD`; `unknown` where none of its reports is dated.",
)
_STORY = Column("story", _TEXT, "Id of the story: a digest of the ids of all reports gathered in it.")

ARTICLES = Table(
    "articles",
    "One row a report.",
    ("article", "path"),
    (
        Column(
            "date", _TEXT, "Day on which the report says it was published, UTC, `YYYY-MM-DD`; `unknown` where it does "
            "not. Where it gave no more than a month or a year, their first day: see `precision`.",
        ),
        Column("article", _TEXT, "Id of the report: a digest of its outlet and text.", field=(Article, "id")),
        Column(
            "outlet", _TEXT, "Who printed it, as the page names itself; the file's stem where it does not.",
            field=(Article, "outlet"),
        ),
        Column("title", _TEXT, "Its headline, null when it has none.", True, (Article, "title")),
        Column("byline", _list(_TEXT), "Its authors, as printed.", field=(Article, "byline")),
        Column("url", _TEXT, "Its address, where the page gives one; unchecked.", True, (Article, "url")),
        Column("path", _TEXT, "Where it was read, relative to what was asked for.", True, (Article, "path")),
        Column(
            "published", _TIME, "When it says it was published, UTC; what is finer than `precision` is zero. Null "
            "when it does not say.", True, (Published, "at"),
        ),
        Column(
            "precision", _TEXT, "The finest unit of the time it gave; null without one.", True,
            (Published, "precision"),
        ),
        Column(
            "language", _TEXT, "ISO 639-1 code, null when the text is too short to tell.", True, (Article, "language")
        ),
        Column("sha256", _TEXT, "SHA-256 of the bytes read, in hexadecimal.", field=(Article, "sha256")),
        Column("characters", _WHOLE, "How many Unicode code points the text has."),
        Column("words", _WHOLE, "How many words the whole text has, captions and adverts too."),
        Column(
            "text", _TEXT, "The whole text, as received. Half of a surrogate pair, which some feeds carry, is written "
            "as U+FFFD.", field=(Article, "text"),
        ),
        Column("parts", _list(STRUCTS[Part]), "Labelled stretches of the text.", field=(Article, "parts")),
        Column("credits", _list(STRUCTS[Credit]), "Agencies named as origin.", field=(Article, "credits")),
        Column("cut_start", _WHOLE, "Where the readable text breaks off; null when it is whole.", True, (Cut, "start")),
        Column("cut_reason", _TEXT, "Why, in one sentence; null when it is whole.", True, (Cut, "reason")),
        Column("story", _TEXT, "Id of its story; null when it shares its event with no other report.", True),
        Column(
            "lineage", _WHOLE, "Number of its lineage in the edition of its story, as in `lineages`; null where no "
            "edition has the report.", True,
        ),
        Column(
            "siglum", _TEXT, "Its letter in the edition of its story; null where no edition has it.", True,
            (Article, "siglum"),
        ),
        Column(
            "in_edition", _FLAG, "Whether the edition of its story compares it; an edition takes only so many."
        ),
    ),
)  # fmt: skip
STORIES = Table(
    "stories",
    "One row a story that has an edition.",
    ("story",),
    (
        _STORY_DATE,
        _STORY,
        Column(
            "edition", _TEXT, "Id of its edition: a digest of the ids of the reports it compares, which is `story` "
            "where none is left out, a hyphen, and the seal.", field=(Headline, "id"),
        ),
        Column("headline", _TEXT, "The title of one of its reports.", field=(Headline, "headline")),
        Column(
            "first_published", _TIME, "The earliest time a report of the edition gives, UTC; null when none is dated.",
            True, (Headline, "first_published"),
        ),
        Column(
            "last_published", _TIME, "The latest time a report of the edition gives, UTC; null when none is dated.",
            True, (Headline, "last_published"),
        ),
        Column("articles", _WHOLE, "How many reports the edition compares."),
        Column("outlets", _WHOLE, "How many outlets printed them."),
        Column("lineages", _WHOLE, "How many independent voices they are."),
        Column("claims", _WHOLE, "How many claims the edition has."),
        Column("corroborated", _WHOLE, "How many of them two lineages or more carry, with nothing against them."),
        Column("disputed", _WHOLE, "How many of them are denied by a report or have a side in a conflict."),
        Column("conflicts", _WHOLE, "How many conflicts it has."),
        Column("utterances", _WHOLE, "How many utterances it has."),
        Column("altered", _WHOLE, "How many readings of them are `altered`."),
        Column(
            "left_out", _WHOLE, "How many reports of the story its edition does not compare: it takes only so many, "
            "and none that cannot be analysed. All of them are in `articles`.",
        ),
    ),
)  # fmt: skip
BORROWINGS = Table(
    "borrowings",
    "One row a pair of reports that share text or tell alike.",
    ("story", "a", "b", "kind"),
    (
        Column(
            "date", _TEXT, "Day of the story, as in `stories`; between two stories, day of the earlier report. "
            "`unknown` where nothing is dated.",
        ),
        Column("story", _TEXT, "Id of the story that holds both; null where none does.", True),
        Column("a", _TEXT, "Id of one report.", field=(Borrowing, "a")),
        Column("b", _TEXT, "Id of the other.", field=(Borrowing, "b")),
        Column(
            "directed", _FLAG, "Whether evidence says that `a` gave to `b`; without it, nothing is said of which came "
            "first.", field=(Borrowing, "directed"),
        ),
        Column(
            "kind", _TEXT, "`verbatim` for shared words, `retold` for a chain of paraphrase.",
            field=(Borrowing, "kind"),
        ),
        Column(
            "share", _NUMBER, "Of the shorter report, the part that corresponds, in [0, 1].",
            field=(Borrowing, "share"),
        ),
        Column(
            "spans", _list(_PASSAGE), "The passages that correspond, with where they stand in `a` and in `b`, and how "
            "alike they are, 1 when the words are the same.", field=(Borrowing, "spans"),
        ),
        Column(
            "reasons", _list(_EVIDENCE), "Why they are held to go together, then which gave to which; the strongest "
            "first.", field=(Borrowing, "reasons"),
        ),
    ),
)  # fmt: skip
LINEAGES = Table(
    "lineages",
    "One row an independent voice of a story: reports that go back to one exemplar.",
    ("story", "lineage"),
    (
        _STORY_DATE,
        _STORY,
        Column("lineage", _WHOLE, "Its number in its story, from 0."),
        Column("articles", _list(_TEXT), "Ids of its reports.", field=(Lineage, "articles")),
        Column(
            "exemplar_kind", _TEXT, "What they go back to: `article`, `agency`, `lost`, or `none` for a report that "
            "stands on its own.", field=(Exemplar, "kind"),
        ),
        Column(
            "exemplar_name", _TEXT, "Id of the report or name of the agency they go back to, else null.", True,
            (Exemplar, "name"),
        ),
        Column(
            "evidence", _list(_TEXT), "Why they are held to, in plain sentences.", field=(Lineage, "evidence")
        ),
    ),
)  # fmt: skip
_UTTERANCE = Column("utterance", _TEXT, "Id of the utterance, unique in its story.", field=(Utterance, "id"))
_SPEAKER = Column("speaker", _TEXT, "Name id of the speaker in the edition, null when it is no known name.", True,
                  (Utterance, "speaker"))  # fmt: skip
_SPEAKER_NAME = Column("speaker_name", _TEXT, "That name in full, null when it is no known name.", True)
QUOTATIONS = Table(
    "quotations",
    "One row a reading: one report's printing of an utterance.",
    ("story", "utterance", "reading"),
    (
        _STORY_DATE,
        _STORY,
        _UTTERANCE,
        Column("reading", _WHOLE, "Number of the reading in its utterance, from 0."),
        Column("article", _TEXT, "Id of the report that prints it so.", field=(Reading, "article")),
        Column("outlet", _TEXT, "Its outlet."),
        _SPEAKER,
        _SPEAKER_NAME,
        Column("speaker_text", _TEXT, "What stands at `speaker_span`: how this report names the speaker there.", True),
        Column(
            "spans", _list(_SPAN), "Where the words stand in the report, without the marks and without an interrupting "
            "cue.", field=(Reading, "spans"),
        ),
        Column(
            "text", _TEXT, "The words, the stretches joined by a space.", field=(Reading, "text")
        ),
        Column("mode", _TEXT, "Direct speech, indirect, or a mixture.", field=(Reading, "mode")),
        Column("marks", _TEXT, "Whether quotation marks open and close it.", field=(Reading, "marks")),
        Column("cue", _SPAN, "Where the word stands that gives the words to the speaker.", True, (Reading, "cue")),
        Column("cue_text", _TEXT, "That word or phrase, as printed.", True),
        Column("speaker_span", _SPAN, "Where the speaker is named.", True, (Reading, "speaker_span")),
        Column("agreement", _TEXT, "How it stands to the base reading.", field=(Reading, "agreement")),
        Column("is_base", _FLAG, "Whether it is the reading the others are held against. No claim is made that it is "
               "what was said."),
        Column(
            "variants", _list(_VARIANT), "The places where it departs from the base: `base` in the base reading's "
            "report, `reading` in its own.", field=(Reading, "variants"),
        ),
    ),
)  # fmt: skip
UTTERANCES = Table(
    "utterances",
    "One row an utterance: one thing said, once.",
    ("story", "utterance"),
    (
        _STORY_DATE,
        _STORY,
        _UTTERANCE,
        _SPEAKER,
        _SPEAKER_NAME,
        Column(
            "speaker_text", _TEXT, "What the base reading's report calls the speaker.", True,
            (Utterance, "speaker_text"),
        ),
        Column("base", _WHOLE, "Number of the reading the others are held against.", field=(Utterance, "base")),
        Column("article", _TEXT, "Id of the report that has the base reading.", field=(Reading, "article")),
        Column("text", _TEXT, "The words of the base reading.", field=(Reading, "text")),
        Column("readings", _WHOLE, "How many readings it has."),
        Column("outlets", _WHOLE, "How many outlets print it."),
        Column("lineages", _WHOLE, "How many independent voices print it."),
        Column("altered", _WHOLE, "How many of its readings are `altered`."),
    ),
)  # fmt: skip
CLAIMS = Table(
    "claims",
    "One row a claim: statements that say the same.",
    ("story", "claim"),
    (
        _STORY_DATE,
        _STORY,
        Column("claim", _TEXT, "Id of the claim, unique in its story.", field=(Claim, "id")),
        Column("text", _TEXT, "One of the statements, as printed.", field=(Claim, "text")),
        Column("article", _TEXT, "Id of the report it is cited from.", field=(Claim, "article")),
        Column("start", _WHOLE, "Where `text` begins there.", field=(Claim, "start")),
        Column("end", _WHOLE, "Where it ends.", field=(Claim, "end")),
        Column(
            "outlets", _WHOLE, "On how many outlets it rests, those who deny it left out unless all do.",
            field=(Claim, "outlets"),
        ),
        Column("lineages", _WHOLE, "On how many independent voices; this is what counts.", field=(Claim, "lineages")),
        Column("status", _TEXT, "`corroborated`, `single` or `disputed`.", field=(Claim, "status")),
        Column(
            "voices", _list(_VOICE), "Every report's statement of it, with its stance. `speaker`: name id or words of "
            "whom it is given to, null where it is the report's own; `speaker_name`: that name in full, or the words.",
            field=(Claim, "voices"),
        ),
    ),
)  # fmt: skip
CONFLICTS = Table(
    "conflicts",
    "One row a conflict: statements that cannot all be right. There is no verdict.",
    ("story", "conflict"),
    (
        _STORY_DATE,
        _STORY,
        Column("conflict", _TEXT, "Id of the conflict, unique in its story.", field=(Conflict, "id")),
        Column("kind", _TEXT, "What sort of thing they differ on.", field=(Conflict, "kind")),
        Column("about", _TEXT, "What they differ on, in plain words.", field=(Conflict, "about")),
        Column(
            "positions", _list(_POSITION), "The sides, two or more, each with its value and every place where it "
            "stands.", field=(Conflict, "positions"),
        ),
    ),
)  # fmt: skip
REFUSED = Table(
    "refused",
    "One row an input that became no report, or a report that no edition could be made of: it cannot be read, it is a "
    "copy of another, it could not be analysed. Not partitioned.",
    ("path", "reason"),
    (
        Column("path", _TEXT, "Where it lies, relative to what was asked for.", field=(Refusal, "path")),
        Column("reason", _TEXT, "One clear sentence.", field=(Refusal, "reason")),
        Column(
            "first_bytes", _TEXT, "Its first 32 bytes in hexadecimal, null when nothing could be opened.", True,
            (Refusal, "first_bytes"),
        ),
    ),
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (ARTICLES, STORIES, BORROWINGS, LINEAGES, QUOTATIONS, UTTERANCES, CLAIMS, CONFLICTS, REFUSED)
}
"""Every table a batch writes, by name."""
