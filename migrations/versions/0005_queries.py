"""What events are found by: precision, whether they lasted, the role of each actor, outlets; and the count of commits."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
EVENTS = sa.table(
    "event",
    *(sa.column(name, TEXT) for name in ("id", "edtf", "document", "precision")),
    sa.column("lasts", sa.Boolean),
)
MEMBERS = sa.table("event_actor", *(sa.column(name, TEXT) for name in ("actor_id", "event_id", "role")))
STATES = sa.table("actor", *(sa.column(name, TEXT) for name in ("id", "state", "kind")))
WEIGHT = ("source", "participant", "target", "other")
AT_ONCE = 500
COARSE = sa.text("first_day < last_day")


def upgrade() -> None:
    op.add_column("event", sa.Column("precision", TEXT, server_default="day", nullable=False))
    op.add_column("event", sa.Column("lasts", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("event_actor", sa.Column("role", TEXT, server_default="other", nullable=False))
    op.create_index("ix_event_precision", "event", ["precision", "first_day", "last_day", "id"])
    disputed = sa.text("conflict")
    op.create_index(
        "ix_event_conflict",
        "event",
        ["first_day", "last_day", "id"],
        sqlite_where=disputed,
        postgresql_where=disputed,
    )
    op.create_table(
        "event_outlet",
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("event_id", TEXT, nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_event_outlet_days")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_outlet_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("outlet", "first_day", "last_day", "event_id", name="pk_event_outlet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_outlet_event_id", "event_outlet", ["event_id"])
    op.create_index(
        "ix_event_outlet_coarse",
        "event_outlet",
        ["outlet", "first_day", "last_day", "event_id"],
        sqlite_where=COARSE,
        postgresql_where=COARSE,
    )
    op.create_table(
        "commit_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_commit_count_one_row")),
        sa.PrimaryKeyConstraint("id", name="pk_commit_count"),
    )
    op.execute("INSERT INTO commit_count (id, number) VALUES (1, 0)")
    op.execute(
        "INSERT INTO event_outlet (outlet, first_day, last_day, event_id) "
        "SELECT DISTINCT article.outlet, event.first_day, event.last_day, event.id FROM event "
        "JOIN mention ON mention.event_id = event.id JOIN article ON article.id = mention.article_id "
        "WHERE article.outlet IS NOT NULL AND NOT event.hidden"
    )
    _fill()


def downgrade() -> None:
    op.drop_table("commit_count")
    op.drop_table("event_outlet")
    op.drop_index("ix_event_conflict", "event")
    op.drop_index("ix_event_precision", "event")
    op.drop_column("event_actor", "role")
    op.drop_column("event", "lasts")
    op.drop_column("event", "precision")


def _fill() -> None:
    """Takes precision, duration and roles out of the stored documents."""
    connection = op.get_bind()
    states = {
        code: id_
        for id_, code in connection.execute(sa.select(STATES.c.id, STATES.c.state).where(STATES.c.kind == "state"))
    }
    last = ""
    query = sa.select(EVENTS.c.id, EVENTS.c.edtf, EVENTS.c.document).order_by(EVENTS.c.id).limit(AT_ONCE)
    while rows := connection.execute(query.where(EVENTS.c.id > last)).all():
        for id_, edtf, document in rows:
            shown = json.loads(document)
            values = {"precision": shown.get("precision", "day"), "lasts": _lasts(edtf)}
            connection.execute(sa.update(EVENTS).where(EVENTS.c.id == id_).values(values))
            for actor_id, role in _roles(shown.get("actors", []), states).items():
                member = (MEMBERS.c.event_id == id_) & (MEMBERS.c.actor_id == actor_id)
                connection.execute(sa.update(MEMBERS).where(member).values(role=role))
        last = rows[-1][0]


def _lasts(edtf: str) -> bool:
    first, slash, end = edtf.partition("/")
    return bool(slash) and not {first, end} & {"", ".."}


def _roles(actors: list[dict[str, Any]], states: dict[str | None, str]) -> dict[str, str]:
    """The weightiest role of each actor, and of each state whose people or organisations act."""
    found = {actor["id"]: actor["role"] for actor in actors}
    for actor in sorted(actors, key=lambda actor: WEIGHT.index(actor["role"])):
        if actor["state"] in states:
            found.setdefault(states[actor["state"]], actor["role"])
    return found
