"""Names are searched in Latin letters: "Walesa" finds Wałęsa, and a name in Cyrillic letters the one in Latin ones."""

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ALIAS = sa.table("actor_alias", sa.column("folded", sa.Text()))


def upgrade() -> None:
    connection = op.get_bind()
    for folded in connection.scalars(sa.select(ALIAS.c.folded).distinct()).all():
        if not folded.isascii():
            connection.execute(sa.update(ALIAS).where(ALIAS.c.folded == folded).values(folded=anyascii(folded).lower()))


def downgrade() -> None:
    """What was folded away is in the aliases still; the revision before reads both."""
