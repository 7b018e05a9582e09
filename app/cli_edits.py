"""`demarche edit`: what editors decide, from the command line. The API does the same, with a token (see `app.api.edits`)."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app import console
from app.console import AsJson, OwnActors
from app.errors import EditError, NotFound

if TYPE_CHECKING:
    from app.curating import By
    from app.store.edits import About, Edit
    from app.store.engine import Session

app = typer.Typer(
    no_args_is_help=True,
    help="Correct the timeline: each edit has an author and a reason, holds whatever is read later, and can be undone.",
)

Event = Annotated[str, typer.Argument(help="The event's id, as `demarche timeline --ids` shows it.", metavar="EVENT")]
Other = Annotated[str, typer.Argument(help="The other event's id.", metavar="OTHER")]
Article = Annotated[
    str, typer.Argument(help="The article's id, or the file or address that it came from.", metavar="ARTICLE")
]
Actor = Annotated[str, typer.Argument(help="The actor's id, or any of its names.", metavar="ACTOR")]
Date = Annotated[str, typer.Argument(help="A day, a month, an interval: EDTF.", metavar="DATE")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for whoever comes next.")]
Author = Annotated[
    str | None, typer.Option("--author", help="Who decides; the name of the user on this machine by default.")
]


# ---------------------------------------------------------------- events
@app.command()
def merge(event: Event, other: Other, reason: Reason, author: Author = None) -> None:
    """Hold two events to be one act; the younger's id leads to the older."""
    _make("event", event, "merge", {"event": other}, _by(author, reason))


@app.command()
def confirm(event: Event, other: Other, reason: Reason, author: Author = None) -> None:
    """Merge an event with one that may be the same, as `demarche edit show` lists them."""
    _make("event", event, "confirm", {"event": other}, _by(author, reason))


@app.command()
def separate(event: Event, other: Other, reason: Reason, author: Author = None) -> None:
    """Hold two events to be different acts: they are never merged, nor shown as possibly the same."""
    _make("event", event, "separate", {"event": other}, _by(author, reason))


@app.command()
def split(
    event: Event,
    mentions: Annotated[
        list[str],
        typer.Argument(
            help="Ids of mentions, as `demarche edit show` lists them, or of articles.", metavar="MENTION..."
        ),
    ],
    reason: Reason,
    author: Author = None,
) -> None:
    """Take mentions out of an event: they are an act of their own."""
    _make("event", event, "split", {"mentions": mentions}, _by(author, reason))


@app.command()
def redate(event: Event, date: Date, reason: Reason, author: Author = None) -> None:
    """Give an event its date."""
    _make("event", event, "redate", {"date": date}, _by(author, reason))


@app.command()
def retitle(
    event: Event,
    title: Annotated[str, typer.Argument(help="The title.", metavar="TITLE")],
    reason: Reason,
    author: Author = None,
) -> None:
    """Give an event its title."""
    _make("event", event, "retitle", {"title": title}, _by(author, reason))


@app.command()
def change_kind(
    event: Event,
    kind: Annotated[str, typer.Argument(help="The id of a kind of act.", metavar="KIND")],
    reason: Reason,
    author: Author = None,
) -> None:
    """Say what kind of act an event is."""
    _make("event", event, "change-kind", {"kind": kind}, _by(author, reason))


@app.command()
def change_status(
    event: Event,
    status: Annotated[str, typer.Argument(help="occurred, scheduled, hypothetical or denied.", metavar="STATUS")],
    reason: Reason,
    author: Author = None,
) -> None:
    """Say whether an event occurred."""
    _make("event", event, "change-status", {"status": status}, _by(author, reason))


@app.command()
def change_actors(
    event: Event,
    actors: Annotated[
        list[str], typer.Argument(help="All its actors: an id or name and a role, RUS:source.", metavar="ACTOR:ROLE...")
    ],
    reason: Reason,
    author: Author = None,
) -> None:
    """Say who acts in an event: source, target, participant, or other."""
    pairs = [one.rpartition(":")[::2] for one in actors]
    with _reading() as session:
        cast = [{"id": _actor(session, named), "role": role} for named, role in pairs]
    _make("event", event, "change-actors", {"actors": cast}, _by(author, reason))


@app.command()
def hide(event: Event, reason: Reason, author: Author = None) -> None:
    """Take an event out of the timeline."""
    _make("event", event, "hide", {}, _by(author, reason))


# ---------------------------------------------------------------- articles and actors
@app.command()
def redate_article(
    article: Article, date: Date, reason: Reason, author: Author = None, actors: OwnActors = None
) -> None:
    """Give an article its date; what it dates from there moves with it."""
    from app.core import calendar

    calendar.parse(date)  # a date that is none is told before the parser is loaded
    with _reading() as session:
        article_id = _article(session, article)
    _make("article", article_id, "redate", {"date": date}, _by(author, reason), read=console.reader(actors))


@app.command()
def retract(article: Article, reason: Reason, author: Author = None) -> None:
    """Take an article out of every event."""
    with _reading() as session:
        article_id = _article(session, article)
    _make("article", article_id, "retract", {}, _by(author, reason))


@app.command()
def join(actor: Actor, other: Actor, reason: Reason, author: Author = None) -> None:
    """Hold an actor whom the lexicon does not know to be another one."""
    with _reading() as session:
        subject, value = _actor(session, actor), _actor(session, other)
    _make("actor", subject, "join", {"actor": value}, _by(author, reason))


@app.command()
def rename(
    actor: Actor,
    name: Annotated[str, typer.Argument(help="The name.", metavar="NAME")],
    reason: Reason,
    author: Author = None,
) -> None:
    """Give an actor whom the lexicon does not know another name."""
    with _reading() as session:
        subject = _actor(session, actor)
    _make("actor", subject, "rename", {"name": name}, _by(author, reason))


# ---------------------------------------------------------------- looking and undoing
@app.command()
def show(event: Event, as_json: AsJson = False) -> None:
    """Show an event's mentions, what else may be the same, and its edits."""
    from app import terminal
    from app.curating import listed
    from app.store import edits, events

    with _reading() as session:
        found = events.get(session, event)
        made = [edits.document(one) for one in listed(session, "event", event)]
    if as_json:
        console.print_json(found)
        return
    out = terminal.stdout()
    out.print(terminal.mentions(found))
    if made:
        out.print(terminal.edits(made))


@app.command(name="list")
def list_(
    standing: Annotated[
        bool | None, typer.Option("--standing/--undone", help="Only edits that stand, or only those undone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List all edits in the order in which they were made."""
    from app import terminal
    from app.store import edits

    found: list[Edit] = []
    with _reading() as session:
        while page := edits.page(session, after=found[-1].number if found else 0, limit=200, standing=standing):
            found += page
    shown = [edits.document(one) for one in found]
    if as_json:
        console.print_json(shown)
    else:
        terminal.stdout().print(terminal.edits(shown) if shown else "no edits")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(min=1, max=2**53, help="The number of the edit.", metavar="NUMBER")],
    reason: Reason,
    author: Author = None,
    actors: OwnActors = None,
) -> None:
    """Undo one edit, whatever was edited after it."""
    from app.curating import Desk

    settings = console.settings()
    with console.database() as database:
        desk = Desk(database, console.reader(actors), (), settings.quote_chars)
        _tell(desk.undo(number, _by(author, reason)))


# ---------------------------------------------------------------- what they share
def _by(author: str | None, reason: str) -> "By":
    from app.curating import By

    if author is None:
        try:
            author = getpass.getuser()
        except (OSError, KeyError, ImportError) as error:  # a container's user may have no name
            raise typer.BadParameter("say who decides", param_hint="--author") from error
    return By(author, reason, datetime.now(UTC))


def _make(about: "About", subject: str, op: str, fields: dict[str, object], by: "By", *, read: Any = None) -> None:
    from app.curating import Desk
    from app.lexicon import DATA
    from app.lexicon.kinds import load_kinds

    settings = console.settings()
    with console.database() as database:
        desk = Desk(database, read or console.reader(None), load_kinds(DATA).kinds.keys(), settings.quote_chars)
        _tell(desk.edit(about, subject, op, fields, by))


def _tell(edit: "Edit") -> None:
    from app import terminal
    from app.store import edits

    terminal.stdout().print(terminal.edit(edits.document(edit)))


def _article(session: "Session", named: str) -> str:
    from app.store import articles

    found = articles.find(session, named)
    if found is None:
        raise NotFound("article", named)
    return found


def _actor(session: "Session", named: str) -> str:
    """The id of an actor, an id being taken as it is: one that was joined to another may be joined anew."""
    from app.store import actors

    found = (named,) if actors.standing(session, [named]) else actors.find(session, named)
    if len(found) > 1:
        raise EditError("actor", named, f"one actor; this may be any of {', '.join(found)}")
    if not found:
        raise NotFound("actor", named)
    return found[0]


@contextmanager
def _reading() -> "Iterator[Session]":
    from app.store import engine

    with console.database() as database, engine.reading(database) as session:
        yield session
