"""The archive as it first was.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and the full-text index as the database at hand has one."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        # Without the words themselves: the articles' table holds them.
        op.execute(
            "CREATE VIRTUAL TABLE article_words USING fts5("
            "title, body, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
    else:
        # Stems as in the file, and no word left out: "on" and "U.S." are looked for as well.
        op.execute("CREATE TEXT SEARCH DICTIONARY variorum_stem (TEMPLATE = snowball, Language = english)")
        op.execute("CREATE TEXT SEARCH CONFIGURATION variorum (COPY = simple)")
        op.execute(
            "ALTER TEXT SEARCH CONFIGURATION variorum ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, "
            "numhword, hword_asciipart, hword_part, hword_numpart WITH variorum_stem"
        )
        op.execute("CREATE TABLE article_words (seq BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_article_words_words ON article_words USING gin (words)")


def _tables() -> None:
    op.create_table(
        "changes",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("story", sa.String(length=16), nullable=False),
        sa.Column("other", sa.String(length=16), nullable=True),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_changes"),
    )
    op.create_index("ix_changes_other", "changes", ["other"], unique=False)
    op.create_index("ix_changes_story", "changes", ["story"], unique=False)
    op.create_table(
        "raws",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_raws"),
    )
    op.create_table(
        "refused",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_bytes", sa.Text(), nullable=True),
        sa.Column("last_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refused"),
    )
    op.create_table(
        "results",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=True),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_results"),
    )
    op.create_index("ix_results_subject", "results", ["subject", "kind"], unique=False)
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.Column("merged_into", sa.String(length=16), nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("articles", sa.Integer(), server_default="0", nullable=False),
        sa.Column("outlets", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_published", sa.String(length=32), nullable=True),
        sa.Column("last_published", sa.String(length=32), nullable=True),
        sa.Column("last_added", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["stories.id"], name="fk_stories_merged_into"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_articles", "stories", ["articles"], unique=False)
    op.create_index("ix_stories_last_added", "stories", ["last_added"], unique=False)
    op.create_table(
        "validators",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_validators"),
    )
    op.create_table(
        "articles",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("published_at", sa.String(length=32), nullable=True),
        sa.Column("published_precision", sa.String(length=8), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("told", sa.String(length=16), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("story", sa.String(length=16), nullable=True),
        sa.Column("placed", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["sha256"], ["raws.sha256"], name="fk_articles_sha256"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_articles_story"),
        sa.PrimaryKeyConstraint("seq", name="pk_articles"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
    )
    op.create_index("ix_articles_day", "articles", ["day"], unique=False)
    op.create_index("ix_articles_key", "articles", ["key"], unique=False)
    op.create_index("ix_articles_placed", "articles", ["placed"], unique=False)
    op.create_index("ix_articles_published_at", "articles", ["published_at"], unique=False)
    op.create_index("ix_articles_story", "articles", ["story"], unique=False)
    op.create_index("ix_articles_told", "articles", ["told", "outlet"], unique=False)
    op.create_table(
        "addresses",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("seen_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_addresses_article"),
        sa.PrimaryKeyConstraint("address", name="pk_addresses"),
    )
    op.create_index("ix_addresses_article", "addresses", ["article"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("seen_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["address"], ["addresses.address"], name="fk_revisions_address"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_revisions_article"),
        sa.PrimaryKeyConstraint("address", "number", name="pk_revisions"),
    )
    op.create_index("ix_revisions_article", "revisions", ["article"], unique=False)
