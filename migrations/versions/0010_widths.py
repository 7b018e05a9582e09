"""Classes of width, by which what began before a range is found, however late in time the range stands."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COARSE = sa.text("first_day < last_day")
TABLES = {
    "event": ([], ["id"], ["hidden"]),
    "event_actor": (["actor_id"], ["event_id"], []),
    "event_outlet": (["outlet"], ["event_id"], []),
}
DAYS = {
    "sqlite": "CAST(julianday(last_day) - julianday(first_day) AS INTEGER) + 1",
    "postgresql": "last_day - first_day + 1",
}


def upgrade() -> None:
    days = DAYS[op.get_bind().dialect.name]
    class_ = f"CASE WHEN {days} <= 31 THEN 1 WHEN {days} <= 366 THEN 2 WHEN {days} <= 3653 THEN 3 ELSE 4 END"
    for table, (of, id_, beside) in TABLES.items():
        op.add_column(table, sa.Column("width", sa.SmallInteger(), server_default="0", nullable=False))
        op.execute(f"UPDATE {table} SET width = {class_} WHERE first_day < last_day")
        _coarse_anew(table, [*of, "width", "first_day", "last_day", *id_, *beside])
    # with what hides an event beside its days, a walk along them looks at no row that it does not give
    _index_anew("ix_event_first_day", "event", ["first_day", "last_day", "id", "hidden"])


def downgrade() -> None:
    _index_anew("ix_event_first_day", "event", ["first_day", "last_day", "id"])
    for table, (of, id_, _) in TABLES.items():
        _coarse_anew(table, [*of, "first_day", "last_day", *id_])
        op.drop_column(table, "width")


def _coarse_anew(table: str, columns: list[str]) -> None:
    _index_anew(f"ix_{table}_coarse", table, columns, sqlite_where=COARSE, postgresql_where=COARSE)


def _index_anew(name: str, table: str, columns: list[str], **options: sa.TextClause) -> None:
    op.drop_index(name, table)
    op.create_index(name, table, columns, **options)
