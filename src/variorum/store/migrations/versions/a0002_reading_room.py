"""What the reading room's lists show of a story, found once and kept beside it.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables; what can be told of the stories at hand without reading them is filled in."""
    for column in (
        sa.Column("told", sa.String(length=32), nullable=True),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("arrivals", sa.Text(), nullable=True),
        sa.Column("outlet_names", sa.Text(), nullable=True),
        sa.Column("made_by", sa.String(length=64), nullable=True),
        sa.Column("lineages", sa.Integer(), nullable=True),
        sa.Column("lineages_final", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=True),
        sa.Column("altered", sa.Integer(), nullable=True),
    ):
        op.add_column("stories", column)
    stories = sa.table(
        "stories",
        *(sa.column(name) for name in ("told", "last_published", "last_added", "articles")),
        sa.column("shared", sa.Boolean()),
    )
    op.execute(
        sa.update(stories).values(
            told=sa.func.coalesce(stories.c.last_published, stories.c.last_added), shared=stories.c.articles >= 2
        )
    )
    op.drop_index("ix_stories_last_added", "stories")
    filters = ["shared", "told", "id", "made_by", "conflicts", "altered"]
    op.create_index("ix_stories_told", "stories", filters, unique=False)
    op.create_index("ix_stories_all", "stories", ["told", "id"], unique=False)
    op.create_index("ix_articles_outlet", "articles", ["outlet", "current", "story"], unique=False)
    op.create_table(
        "outlet_findings",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("story", sa.String(length=16), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("article", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("other_article", sa.String(length=16), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("says", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_outlet_findings_story"),
        sa.PrimaryKeyConstraint("number", name="pk_outlet_findings"),
    )
    op.create_index("ix_outlet_findings_outlet", "outlet_findings", ["outlet", "kind"], unique=False)
    op.create_index("ix_outlet_findings_story", "outlet_findings", ["story"], unique=False)
