"""Counts of events that are kept, by what they are and when they were."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = ("facet", "unit", "value", "bucket")
LETTERS = {"day": 10, "month": 7, "year": 4}
FACETS = {  # where the values of each stand
    "": ("''", "event"),
    "kind": ("kind", "event"),
    "status": ("status", "event"),
    "precision": ("precision", "event"),
    "actor": ("actor_id", "event_actor"),
    "outlet": ("outlet", "event_outlet"),
}


def upgrade() -> None:
    op.create_table(
        "event_tally",
        *(sa.Column(name, TEXT, nullable=False) for name in KEY),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name="pk_event_tally"),
        sqlite_with_rowid=False,
    )
    for facet, (value, table) in FACETS.items():
        shown = "WHERE NOT hidden" if table == "event" else ""
        _count(facet, "ever", value, "''", f"{table} {shown}")
        for unit, letters in LETTERS.items():
            if unit != "day" or not facet:
                first, last = (f"substr(CAST({day} AS TEXT), 1, {letters})" for day in ("first_day", "last_day"))
                _count(facet, unit, value, f"CASE WHEN {first} = {last} THEN {first} ELSE '' END", f"{table} {shown}")


def downgrade() -> None:
    op.drop_table("event_tally")


def _count(facet: str, unit: str, value: str, bucket: str, rows: str) -> None:
    op.execute(
        "INSERT INTO event_tally (facet, unit, value, bucket, number) "
        f"SELECT '{facet}', '{unit}', {value}, {bucket}, count(*) FROM {rows} GROUP BY 3, 4"
    )
