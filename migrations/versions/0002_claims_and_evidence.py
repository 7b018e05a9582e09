"""Whose claim an act is; of events how sure they are, dates in dispute, which others may be the same; the log of changes."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
COLUMNS = (
    ("reporter_name", TEXT),
    ("reporter_id", TEXT),
    ("reporter_begin", sa.Integer()),
    ("reporter_end", sa.Integer()),
)
ADDED: dict[str, Any] = {"reported_by": None, "conflict": False, "confidence": None, "rules": None}
ALSO_ADDED: dict[str, Any] = {"outlet_count": None}
EVENTS = sa.table("event", sa.column("id", TEXT), sa.column("document", TEXT))
AT_ONCE = 500
COARSE = sa.text("first_day < last_day")


def upgrade() -> None:
    for name, sort in COLUMNS:
        op.add_column("mention", sa.Column(name, sort, nullable=True))
    for column in _of_events():
        op.add_column("event", column)
    # Of two indexes that fit alike SQLite takes the younger: this one, or each merge would walk a state's whole history.
    op.drop_index("ix_mention_actor_coarse_state", "mention_actor")
    op.create_index(
        "ix_mention_actor_coarse_state",
        "mention_actor",
        ["state", "first_day", "last_day"],
        sqlite_where=COARSE,
        postgresql_where=COARSE,
    )
    op.add_column("article", sa.Column("rules", TEXT, nullable=True))
    op.create_table(
        "event_change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("other_id", TEXT, nullable=True),
        sa.CheckConstraint(
            "what IN ('created', 'updated', 'merged', 'split', 'deleted')", name=op.f("ck_event_change_what")
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_event_change"),
    )
    op.create_index("ix_event_change_event_id", "event_change", ["event_id", "seq"])
    op.create_index("ix_event_change_version", "event_change", ["version"])
    op.execute("INSERT INTO event_change (version, event_id, what) SELECT 1, id, 'created' FROM event ORDER BY minted")
    _rewrite_documents(_with_added)


def downgrade() -> None:
    _rewrite_documents(_without_added)
    op.drop_table("event_change")
    op.drop_column("article", "rules")
    for column in reversed(_of_events()):
        op.drop_column("event", column.name)
    for name, _ in reversed(COLUMNS):
        op.drop_column("mention", name)


def _of_events() -> list[sa.Column[Any]]:
    return [
        sa.Column("conflict", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("rules", TEXT, nullable=True),
        sa.Column("dates", TEXT, server_default="[]", nullable=False),
        sa.Column("possible", TEXT, server_default="[]", nullable=False),
    ]


def _rewrite_documents(change: Any) -> None:
    """The stored documents in their new form. What was read before this migration is nobody's claim until it is read again."""
    connection = op.get_bind()
    last = ""
    query = sa.select(EVENTS.c.id, EVENTS.c.document).order_by(EVENTS.c.id).limit(AT_ONCE)
    while rows := connection.execute(query.where(EVENTS.c.id > last)).all():
        for id_, document in rows:
            shown = json.dumps(change(json.loads(document)), ensure_ascii=False, separators=(",", ":"))
            connection.execute(sa.update(EVENTS).where(EVENTS.c.id == id_).values(document=shown))
        last = rows[-1][0]


def _with_added(document: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in document.items():
        changed[key] = value
        if key == "status":
            changed |= ADDED
        if key == "source_count":
            changed |= ALSO_ADDED
    return changed


def _without_added(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in ADDED | ALSO_ADDED}
