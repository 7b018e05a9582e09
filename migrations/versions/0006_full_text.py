"""What events are searched by: their titles, the sentences that tell them, the names of their actors."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from app.store import fulltext

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
EVENTS = sa.table(
    "event",
    *(sa.column(name, TEXT) for name in ("id", "title", "document")),
    sa.column("minted", sa.Integer),
    sa.column("hidden", sa.Boolean),
)
MENTIONS = sa.table(
    "mention", sa.column("id", sa.Integer), *(sa.column(name, TEXT) for name in ("event_id", "sentence"))
)
AT_ONCE = 500
TABLES = {
    "sqlite": [
        'CREATE VIRTUAL TABLE event_text USING fts5(title, body, plain, tokenize="unicode61 remove_diacritics 0")'
    ],
    "postgresql": [
        "CREATE TABLE event_text (minted INTEGER PRIMARY KEY, search TSVECTOR NOT NULL)",
        "CREATE INDEX ix_event_text_search ON event_text USING gin (search)",
    ],
}


def upgrade() -> None:
    connection = op.get_bind()
    for statement in TABLES[connection.dialect.name]:
        op.execute(statement)
    session = Session(bind=connection)
    for minted, title, body in _events(connection):
        fulltext.put(session, minted, title, body)
    session.flush()


def downgrade() -> None:
    op.execute("DROP TABLE event_text")


def _events(connection: sa.Connection) -> Iterator[tuple[int, str, list[str]]]:
    last = -1
    query = sa.select(EVENTS).where(EVENTS.c.hidden.is_(sa.false())).order_by(EVENTS.c.minted).limit(AT_ONCE)
    while rows := connection.execute(query.where(EVENTS.c.minted > last)).mappings().all():
        for row in rows:
            told = sa.select(MENTIONS.c.sentence).where(MENTIONS.c.event_id == row["id"]).order_by(MENTIONS.c.id)
            names = [actor["name"] for actor in json.loads(row["document"]).get("actors", [])]
            yield row["minted"], row["title"], list(dict.fromkeys([*connection.scalars(told), *names]))
        last = rows[-1]["minted"]
