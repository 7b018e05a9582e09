"""The command line. The clock, the working directory and the settings are read here and handed on.

Heavy modules (the parser, the database, the web server) are imported by the commands that need them, so that the others
start at once.
"""

import errno
import socket
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_edits, cli_tokens, cli_worker, console
from app.console import AsJson, OwnActors
from app.core import calendar
from app.core.calendar import DateSpan
from app.errors import DateError, DemarcheError, NotFound, SourceError

if TYPE_CHECKING:
    from app.formats.shapes import TimelineOut
    from app.lexicon import Lexicon
    from app.resolving import Resolved
    from app.settings import Settings

app = typer.Typer(
    name="demarche",
    help="Reads news articles and keeps the diplomatic acts in them as a dated, sourced timeline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
db = typer.Typer(no_args_is_help=True, help="The tables of the database that DATABASE_URL names.")
app.add_typer(db, name="db")
app.add_typer(cli_edits.app, name="edit")
app.add_typer(cli_tokens.app, name="token")
app.command()(cli_worker.worker)


GRACE_S = 5  # who follows the changes never leaves by itself
Workers = Annotated[
    int,
    typer.Option("--workers", min=1, max=64, help="How many processes read at once; each holds a parser.", metavar="N"),
]


def main() -> None:
    """Runs the command line; errors raised on purpose are shown without a traceback, with exit status 1."""
    try:
        app()
    except DemarcheError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"demarche {version('demarche')}")
        raise typer.Exit


@app.callback()
def _root(
    version_: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Options of every command."""


# ---------------------------------------------------------------- ingest
@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files (.txt .html .htm .jsonl), and folders of them.")],
    as_json: AsJson = False,
    actors: OwnActors = None,
    workers: Workers = 1,
) -> None:
    """Read articles into the store. Exit status 1 when some could not be read."""
    from app import terminal
    from app.ingest import Database, Job
    from app.ingest import ingest as run

    lexicon = console.lexicon(actors)
    settings = console.settings()
    database = Database(settings.database_url, quote_chars=settings.quote_chars)
    try:
        database.know(lexicon.actors.actors.values())
        job = Job(database, console.reader(actors, workers), lexicon.boilerplate, datetime.now(UTC))
        with terminal.progress("reading") as bar:
            summary = run(paths, job, base=Path.cwd(), track=bar.track)
    finally:
        database.close()
    if as_json:
        console.print_json(summary.document())
    else:
        out = terminal.stdout()
        out.print(terminal.reports(summary.reports))
        out.print(", ".join(f"{count} {outcome}" for outcome, count in summary.counts.items()))
    if not summary.complete:
        raise typer.Exit(1)


# ---------------------------------------------------------------- resolve
@app.command()
def resolve(
    files: Annotated[list[str] | None, typer.Argument(help="Texts or web pages; - is standard input.")] = None,
    date_: Annotated[
        str | None,
        typer.Option(
            "--date", help="The articles' date, over what they say themselves: a day, or EDTF.", metavar="DAY"
        ),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"id", "text", "date"?, "url"?}; one line of output for each.')
    ] = False,
    as_json: AsJson = False,
    undated: Annotated[bool, typer.Option("--undated", help="Also show acts that nothing dates.")] = False,
    actors: OwnActors = None,
    workers: Workers = 1,
) -> None:
    """Show what would be read in a text: its dates, how they came about, and who did what. Stores nothing."""
    from app.resolving import from_file, from_lines, resolved

    console.settings()
    stated = console.stated(date_) if date_ is not None else None
    reader = console.reader(actors, workers, undated=undated)
    complete = True
    for name in files or ["-"]:
        lines = jsonl or Path(name).suffix.lower() == ".jsonl"
        inputs = from_lines(name) if lines else from_file(name)
        for found in resolved(inputs, reader=reader, stated=stated):
            _print_resolved(found, as_json=as_json)
            complete = complete and not isinstance(found.outcome, SourceError)
    if not complete:
        raise typer.Exit(1)


def _print_resolved(found: "Resolved", *, as_json: bool) -> None:
    if as_json:
        console.print_json(found.document())
    elif isinstance(found.outcome, SourceError):
        typer.echo(f"error: {found.outcome}", err=True)
    else:
        from app import terminal

        out = terminal.stdout()
        for part in terminal.reading(found.text, found.outcome, name=str(found.id)):
            out.print(part)


# ---------------------------------------------------------------- timeline
@app.command()
def timeline(
    actor: Annotated[str | None, typer.Option("--actor", help="An actor's id, or any of its names.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first day: a day, or EDTF.", metavar="DAY")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day: a day, or EDTF.", metavar="DAY")] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="As it was known on that day, from articles dated up to it.", metavar="DAY"),
    ] = None,
    ids: Annotated[bool, typer.Option("--ids", help="Show the events' ids, which `demarche edit` takes.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the stored events in the order of their dates."""
    from app import terminal
    from app.store import actors, engine, events

    query = events.EventQuery(
        span=_between(first, last), as_of=console.day(as_of, "--as-of") if as_of is not None else None
    )
    found: dict[tuple[str, str, str], TimelineOut] = {}
    database = engine.connect(console.settings().database_url)
    try:
        with engine.reading(database) as session:
            named = actors.find(session, actor) if actor is not None else (None,)
            for id_ in named:
                told = events.timeline(session, replace(query, actors=(id_,) if id_ else ()))
                found |= {(event["id"], event["date"], event["title"]): event for event in told}
    finally:
        database.dispose()
    if not named:
        raise NotFound("actor", actor or "")
    rows = sorted(found.values(), key=_place)
    if as_json:
        console.print_json(rows)
    else:
        terminal.stdout().print(terminal.timeline(rows, ids=ids) if rows else "no events")


def _place(event: "TimelineOut") -> tuple[date, date, str]:
    return (*calendar.order_key(calendar.parse(event["date"])), event["id"])


def _between(first: str | None, last: str | None) -> DateSpan | None:
    start = console.span(first, "--from") if first is not None else None
    end = console.span(last, "--to") if last is not None else None
    if start is None and end is None:
        return None
    try:
        return calendar.between(start, end)
    except DateError as error:
        raise typer.BadParameter(str(error), param_hint="--from, --to") from error


# ---------------------------------------------------------------- reextract
@app.command()
def reextract(
    apply: Annotated[bool, typer.Option("--apply", help="Keep what is read; without it nothing is changed.")] = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also articles that the present rules have read, as after a change of --actors."),
    ] = False,
    as_json: AsJson = False,
    actors: OwnActors = None,
    workers: Workers = 1,
) -> None:
    """Read stored articles again with the present rules and lexicon, and show what changes. Goes on where it was cut off."""
    from app import reextract as job
    from app import terminal

    settings, lexicon = console.settings(), console.lexicon(actors)
    if apply:
        _know(settings, lexicon)
    reader = console.reader(actors, workers)
    asked = job.Job(settings.database_url, reader, lexicon.boilerplate, datetime.now(UTC), settings.quote_chars)
    with terminal.progress("reading") as bar:
        report = job.reextract(asked, apply=apply, everything=everything, track=bar.track)
    if as_json:
        console.print_json(report.document())
    else:
        terminal.stdout().print(terminal.reextracted(report))
    if report.failed:
        raise typer.Exit(1)


def _know(settings: "Settings", lexicon: "Lexicon") -> None:
    from app.ingest import Database

    database = Database(settings.database_url)
    try:
        database.know(lexicon.actors.actors.values())
    finally:
        database.close()


# ---------------------------------------------------------------- serve
@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on; HOST by default.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to listen on; PORT by default.")] = None,
    actors: OwnActors = None,
) -> None:
    """Serve the API, its docs and the timeline."""
    import uvicorn

    from app.api import logs
    from app.main import create_app

    settings = console.settings()
    host, port = host or settings.host, port or settings.port
    _refuse_taken(host, port)
    logs.configure(settings.log_level, settings.log_format)
    own = actors and partial(console.actors, actors)
    application = create_app(settings, read=console.reader(actors) if actors else None, known=own or None)
    typer.echo(f"Demarche listens on {_local(host, port)} (docs at {_local(host, port)}/docs); Ctrl+C ends it.")
    uvicorn.run(
        application,
        host=host,
        port=port,
        log_config=None,
        access_log=False,  # see `app.api.operations`
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=GRACE_S,
    )


def _local(host: str, port: int) -> str:
    """The address to open on this machine: a server on every interface is shown by its loopback."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _refuse_taken(host: str, port: int) -> None:
    """Binds the address once, as the server will: a port that is taken is told before anything is built."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"port {port} is taken by another program: choose another with --port or PORT="
        else:
            reason = f"cannot listen on {host}, port {port}: {error.strerror}"
        typer.echo(f"error: {reason}", err=True)
        raise typer.Exit(1) from error


# ---------------------------------------------------------------- db
@db.command()
def upgrade() -> None:
    """Create the tables, or bring them up to what this version needs."""
    from app.store import migrate

    typer.echo(f"the database has revision {migrate.upgrade(console.settings().database_url)}")


@db.command()
def current() -> None:
    """Print the database's revision, and the one that is needed. Exit status 1 when they differ."""
    from app.store import migrate

    present, needed = migrate.current(console.settings().database_url), migrate.newest()
    typer.echo(f"the database has {f'revision {present}' if present else 'never been migrated'}")
    if present != needed:
        typer.echo(f"revision {needed} is needed: run `demarche db upgrade`", err=True)
        raise typer.Exit(1)
