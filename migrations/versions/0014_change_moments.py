"""Each line of the change log tells when it was written, so that feeds and calendars know what changed since they last asked.

Lines that are there already get the moment that was told of every event so far: when an article was stored last.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHANGE = sa.table("event_change", sa.column("at"))
ARTICLE = sa.table("article", sa.column("stored_at"))


def upgrade() -> None:
    op.add_column("event_change", sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.update(CHANGE).values(at=sa.select(sa.func.max(ARTICLE.c.stored_at)).scalar_subquery()))


def downgrade() -> None:
    op.drop_column("event_change", "at")
