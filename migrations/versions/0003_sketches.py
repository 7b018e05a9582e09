"""Of articles the sketch by which near copies of one text are known; none for those stored before, until they are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("article", sa.Column("sketch", TEXT, nullable=True))


def downgrade() -> None:
    op.drop_column("article", "sketch")
