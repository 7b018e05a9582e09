"""Articles that were sent and wait to be read, and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WAITS = sa.text("state IN ('queued', 'running')")
UNREAD = sa.text("outcome IS NULL")


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_job")),
        sa.UniqueConstraint("id", name=op.f("uq_job_id")),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_job_state")),
        sa.CheckConstraint("waiting BETWEEN 0 AND total", name=op.f("ck_job_waiting")),
    )
    op.create_index("ix_job_owner", "job", ["owner", "number"])
    op.create_index("ix_job_turn", "job", ["turn", "number"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_table(
        "job_article",
        sa.Column("job", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payload", TEXT, nullable=True),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("result", TEXT, nullable=True),
        sa.Column("holder", TEXT, nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("job", "number", name=op.f("pk_job_article")),
        sa.ForeignKeyConstraint(["job"], ["job.number"], name=op.f("fk_job_article_job"), ondelete="CASCADE"),
        sa.CheckConstraint("(outcome IS NULL) = (payload IS NOT NULL)", name=op.f("ck_job_article_payload")),
        sa.CheckConstraint("(outcome IS NULL) = (result IS NULL)", name=op.f("ck_job_article_result")),
    )
    op.create_index(
        "ix_job_article_waiting", "job_article", ["job", "number"], sqlite_where=UNREAD, postgresql_where=UNREAD
    )


def downgrade() -> None:
    op.drop_table("job_article")
    op.drop_table("job")
