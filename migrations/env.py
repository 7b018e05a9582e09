"""Runs the migrations on the connection that `app.store.migrate` hands over, else on the database of DATABASE_URL."""

from alembic import context
from sqlalchemy import Connection, text

from app.settings import Settings
from app.store import fulltext
from app.store.engine import altering, connect
from app.store.sent import Base

LOCK_TIMEOUT = "30s"
PLUGINS = ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"]


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Leaves out the full text, whose tables differ from database to database (see `app.store.fulltext`)."""
    return kind != "table" or not (name or "").startswith(fulltext.NAME)


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        autogenerate_plugins=PLUGINS,
        include_name=_is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = connect(Settings.read().database_url)
    with altering(engine) as opened:
        run(opened)
    engine.dispose()
