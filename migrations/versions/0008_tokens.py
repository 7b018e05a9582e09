"""Who may use the API: tokens, of each of which only the digest is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("scopes", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_token_digest")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_token_name")),
        sa.CheckConstraint("scopes <> ''", name=op.f("ck_token_scopes")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_token_digest")),
    )


def downgrade() -> None:
    op.drop_table("token")
