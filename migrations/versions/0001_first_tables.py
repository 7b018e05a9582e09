"""Articles, mentions, actors and events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point, as SQLite does
COARSE = sa.text("first_day < last_day")


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=True),
        sa.Column("qid", TEXT, nullable=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("tenures", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('state', 'organisation', 'office', 'person')", name=op.f("ck_actor_kind")),
        sa.CheckConstraint("event_count >= 0", name=op.f("ck_actor_event_count")),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
    )
    op.create_index("ix_actor_name", "actor", ["name", "id"])
    op.create_index("ix_actor_state", "actor", ["state", "kind"])
    op.create_table(
        "article",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outlet", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("stated_date", TEXT, nullable=True),
        sa.Column("stated_month", sa.Integer(), nullable=True),
        sa.Column("stated_day", sa.Integer(), nullable=True),
        sa.Column("best_day", sa.Date(), nullable=True),
        sa.Column("earliest_day", sa.Date(), nullable=True),
        sa.Column("latest_day", sa.Date(), nullable=True),
        sa.Column("sort_day", sa.Date(), nullable=False),
        sa.Column("evidence", TEXT, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("earliest_day <= latest_day", name=op.f("ck_article_days")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_article_revision")),
        sa.CheckConstraint(
            "stated_month BETWEEN 1 AND 12 AND stated_day BETWEEN 1 AND 31", name=op.f("ck_article_stated_month_day")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("key", name="uq_article_key"),
    )
    op.create_index("ix_article_content_hash", "article", ["content_hash"])
    op.create_index("ix_article_sort_day", "article", ["sort_day", "id"])
    op.create_table(
        "event",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("minted", sa.Integer(), nullable=False),
        sa.Column("edtf", TEXT, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("source_count", sa.Integer(), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("explanation", TEXT, nullable=False),
        sa.CheckConstraint("basis IN ('expression', 'article', 'none')", name=op.f("ck_event_basis")),
        sa.CheckConstraint(
            "status IN ('occurred', 'scheduled', 'hypothetical', 'denied')", name=op.f("ck_event_status")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_event_days")),
        sa.CheckConstraint("source_count >= 1", name=op.f("ck_event_source_count")),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("minted", name="uq_event_minted"),
    )
    op.create_index(
        "ix_event_coarse",
        "event",
        ["first_day", "last_day", "id"],
        sqlite_where=COARSE,
        postgresql_where=COARSE,
    )
    op.create_index("ix_event_first_day", "event", ["first_day", "last_day", "id"])
    op.create_index("ix_event_kind", "event", ["kind", "first_day", "last_day", "id"])
    op.create_index("ix_event_status", "event", ["status", "first_day", "last_day", "id"])
    op.create_table(
        "actor_alias",
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("alias", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_actor_alias_actor_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor_id", "number", name="pk_actor_alias"),
    )
    op.create_index("ix_actor_alias_folded", "actor_alias", ["folded"])
    op.create_table(
        "event_actor",
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("event_id", TEXT, nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_event_actor_days")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_event_actor_actor_id"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_actor_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor_id", "first_day", "last_day", "event_id", name="pk_event_actor"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_event_actor_coarse",
        "event_actor",
        ["actor_id", "first_day", "last_day", "event_id"],
        sqlite_where=COARSE,
        postgresql_where=COARSE,
    )
    op.create_index("ix_event_actor_event_id", "event_actor", ["event_id"])
    op.create_table(
        "event_redirect",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("event_id", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_redirect_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_event_redirect"),
    )
    op.create_index("ix_event_redirect_event_id", "event_redirect", ["event_id"])
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", TEXT, nullable=True),
        sa.Column("edtf", TEXT, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("precision", TEXT, nullable=False),
        sa.Column("open_start", sa.Boolean(), nullable=False),
        sa.Column("open_end", sa.Boolean(), nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("zone", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("sentence_begin", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("sentence", TEXT, nullable=False),
        sa.Column("clause_begin", sa.Integer(), nullable=False),
        sa.Column("clause_end", sa.Integer(), nullable=False),
        sa.Column("clause", TEXT, nullable=False),
        sa.Column("trigger_begin", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("trigger_lemma", TEXT, nullable=False),
        sa.Column("objects", TEXT, nullable=False),
        sa.Column("derivation", TEXT, nullable=False),
        sa.CheckConstraint("basis IN ('expression', 'article', 'none')", name=op.f("ck_mention_basis")),
        sa.CheckConstraint(
            "precision IN ('day', 'month', 'season', 'year', 'decade', 'century', 'range')",
            name=op.f("ck_mention_precision"),
        ),
        sa.CheckConstraint(
            "status IN ('occurred', 'scheduled', 'hypothetical', 'denied')", name=op.f("ck_mention_status")
        ),
        sa.CheckConstraint("zone IN ('body', 'caption')", name=op.f("ck_mention_zone")),
        sa.CheckConstraint("clause_begin <= clause_end", name=op.f("ck_mention_clause")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_mention_days")),
        sa.CheckConstraint("sentence_begin <= sentence_end", name=op.f("ck_mention_sentence")),
        sa.CheckConstraint("trigger_begin <= trigger_end", name=op.f("ck_mention_trigger")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_mention_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_mention_event_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
        sa.UniqueConstraint("article_id", "number", name="uq_mention_article_id"),
    )
    op.create_index("ix_mention_event_id", "mention", ["event_id"])
    op.create_table(
        "revision",
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_revision_number")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_revision_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revision"),
    )
    op.create_table(
        "mention_actor",
        sa.Column("mention_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=True),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("begin_cp", sa.Integer(), nullable=False),
        sa.Column("end_cp", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('state', 'organisation', 'office', 'person')", name=op.f("ck_mention_actor_kind")),
        sa.CheckConstraint("role IN ('source', 'target', 'participant', 'other')", name=op.f("ck_mention_actor_role")),
        sa.CheckConstraint("begin_cp <= end_cp", name=op.f("ck_mention_actor_extent")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_mention_actor_days")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_mention_actor_actor_id"),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name="fk_mention_actor_mention_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mention_id", "number", name="pk_mention_actor"),
    )
    op.create_index("ix_mention_actor_actor", "mention_actor", ["actor_id", "first_day"])
    op.create_index(
        "ix_mention_actor_coarse_actor",
        "mention_actor",
        ["actor_id", "first_day", "last_day"],
        sqlite_where=COARSE,
        postgresql_where=COARSE,
    )
    op.create_index(
        "ix_mention_actor_coarse_state",
        "mention_actor",
        ["state", "first_day", "last_day"],
        sqlite_where=COARSE,
        postgresql_where=COARSE,
    )
    op.create_index("ix_mention_actor_state", "mention_actor", ["state", "first_day"])


def downgrade() -> None:
    op.drop_table("mention_actor")
    op.drop_table("revision")
    op.drop_table("mention")
    op.drop_table("event_redirect")
    op.drop_table("event_actor")
    op.drop_table("actor_alias")
    op.drop_table("event")
    op.drop_table("article")
    op.drop_table("actor")
