"""Runs the migrations on the connection that `app.store.migrate` hands over, else on the database of DATABASE_URL."""

from alembic import context
from sqlalchemy import Connection, text

from app.settings import Settings
from app.store.engine import altering, connect
from app.store.rows import Base

LOCK_TIMEOUT = "30s"
PLUGINS = ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"]


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        autogenerate_plugins=PLUGINS,
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
