"""Requests that may come again under an idempotency key, with what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "repeatable",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("fingerprint", TEXT, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", TEXT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", TEXT, nullable=True),
        sa.Column("body", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("owner", "key", name=op.f("pk_repeatable")),
        sa.CheckConstraint("(status IS NULL) = (body IS NULL)", name=op.f("ck_repeatable_answer")),
    )
    op.create_index("ix_repeatable_made_at", "repeatable", ["made_at"])


def downgrade() -> None:
    op.drop_table("repeatable")
