"""How a mention names an actor whom a person has joined or renamed: its own name and state come back when that is undone."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("mention_actor", sa.Column("name_as_read", TEXT, nullable=True))
    op.add_column("mention_actor", sa.Column("state_as_read", TEXT, nullable=True))
    # of what was edited before the reading is lost: the actor's own name and state stand in for it
    op.execute(
        "UPDATE mention_actor SET name_as_read = (SELECT name FROM actor WHERE id = as_read),"
        " state_as_read = (SELECT state FROM actor WHERE id = as_read) WHERE as_read IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("mention_actor", "state_as_read")
    op.drop_column("mention_actor", "name_as_read")
