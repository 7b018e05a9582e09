"""Whose claim an act is."""

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
EVENTS = sa.table("event", sa.column("id", TEXT), sa.column("document", TEXT))
AT_ONCE = 500


def upgrade() -> None:
    for name, sort in COLUMNS:
        op.add_column("mention", sa.Column(name, sort, nullable=True))
    _rewrite_documents(_with_reporter)


def downgrade() -> None:
    _rewrite_documents(_without_reporter)
    for name, _ in reversed(COLUMNS):
        op.drop_column("mention", name)


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


def _with_reporter(document: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in document.items():
        changed[key] = value
        if key == "status":
            changed["reported_by"] = None
    return changed


def _without_reporter(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "reported_by"}
