"""What people decide: edits and the mentions they are about; articles corrected or retracted, events hidden, actors joined."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
EVENTS = sa.table("event", sa.column("id", TEXT), sa.column("document", TEXT))
AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "edit",
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("about", "subject", "op", "value", "author", "reason")),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", TEXT, nullable=True),
        sa.Column("undone_reason", TEXT, nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("about IN ('event', 'article', 'actor')", name=op.f("ck_edit_about")),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_edit_undone")),
        sa.PrimaryKeyConstraint("number", name="pk_edit"),
    )
    op.create_index("ix_edit_subject", "edit", ["about", "subject", "number"])
    op.create_table(
        "edit_anchor",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("edit", "side", "number")),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("article_key", TEXT, nullable=False),
        sa.Column("sentence_begin", sa.Integer(), nullable=False),
        sa.Column("trigger_begin", sa.Integer(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("edtf", "lemma", "kind", "sentence")),
        sa.PrimaryKeyConstraint("edit", "side", "number", name="pk_edit_anchor"),
        sa.ForeignKeyConstraint(["edit"], ["edit.number"], name="fk_edit_anchor_edit", ondelete="CASCADE"),
    )
    op.create_index("ix_edit_anchor_article_key", "edit_anchor", ["article_key"])
    op.add_column("article", sa.Column("corrected_date", TEXT, nullable=True))
    op.add_column("article", sa.Column("retracted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("event", sa.Column("edits", TEXT, server_default="[]", nullable=False))
    op.add_column("event", sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("mention_actor", sa.Column("as_read", TEXT, nullable=True))
    op.create_index("ix_mention_actor_as_read", "mention_actor", ["as_read"])
    op.add_column("actor", sa.Column("joined_id", TEXT, nullable=True))
    op.create_index("ix_actor_joined_id", "actor", ["joined_id"])
    _rewrite_documents(_with_edited)


def downgrade() -> None:
    _rewrite_documents(_without_edited)
    op.drop_index("ix_actor_joined_id", "actor")
    op.drop_index("ix_mention_actor_as_read", "mention_actor")
    for table, column in (
        ("actor", "joined_id"),
        ("mention_actor", "as_read"),
        ("event", "hidden"),
        ("event", "edits"),
        ("article", "retracted"),
        ("article", "corrected_date"),
    ):
        op.drop_column(table, column)
    op.drop_table("edit_anchor")
    op.drop_table("edit")


def _rewrite_documents(change: Any) -> None:
    connection = op.get_bind()
    last = ""
    query = sa.select(EVENTS.c.id, EVENTS.c.document).order_by(EVENTS.c.id).limit(AT_ONCE)
    while rows := connection.execute(query.where(EVENTS.c.id > last)).all():
        for id_, document in rows:
            shown = json.dumps(change(json.loads(document)), ensure_ascii=False, separators=(",", ":"))
            connection.execute(sa.update(EVENTS).where(EVENTS.c.id == id_).values(document=shown))
        last = rows[-1][0]


def _with_edited(document: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in document.items():
        changed[key] = value
        if key == "rules":
            changed["edited"] = []
    return changed


def _without_edited(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "edited"}
