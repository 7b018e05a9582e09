"""What people see in a terminal: tables, marked texts and a progress bar. Programs get JSON instead."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Protocol, TypeVar

from rich.console import Console, Group
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from app.core.model import Reading
from app.formats import reading as shown
from app.formats.shapes import EditOut, EventDetailOut, TimelineOut, TokenOut

T = TypeVar("T")
_MARK = "bold yellow"
_PIPE_WIDTH = 160


class Reported(Protocol):
    """What a line about one ingested article is made from."""

    @property
    def article(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def timexes(self) -> int: ...
    @property
    def mentions(self) -> int: ...
    @property
    def reason(self) -> str | None: ...


def stdout() -> Console:
    """Standard output; wide where it is no terminal, so that a table in a file isn't folded."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_PIPE_WIDTH)


def stderr() -> Console:
    """Standard error, for errors and progress."""
    return Console(stderr=True, highlight=False)


@contextmanager
def progress(what: str) -> Iterator["Bar"]:
    """A bar on standard error that is drawn only on a terminal, and gone when done."""
    console = stderr()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as drawn:
        yield Bar(drawn, what)


class Bar:
    """Follows one sequence."""

    def __init__(self, drawn: Progress, what: str) -> None:
        self._drawn = drawn
        self._what = what

    def track(self, items: Sequence[T]) -> Iterable[T]:
        """The items one by one, the bar moving along."""
        return self._drawn.track(items, description=self._what)


# ---------------------------------------------------------------- ingestion
def reports(found: Iterable[Reported]) -> Table:
    """A row for each article: what became of it, what was found, or why nothing was."""
    table = _table("outcome", "article", "dates", "acts", "reason")
    for report in found:
        style = "red" if report.outcome == "failed" else None
        read = report.outcome in ("new", "revised")  # what was not read has no counts
        numbers = (str(report.timexes), str(report.mentions)) if read else ("", "")
        outcome = Text(report.outcome, style=style or "")
        table.add_row(outcome, Text(report.article), *map(Text, numbers), Text(report.reason or ""))
    return table


# ---------------------------------------------------------------- reading again
class Event(Protocol):
    """What a line about one event of a re-extraction is made from."""

    @property
    def title(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def before(self) -> str | None: ...


class Reread(Protocol):
    """What a re-extraction did, or would do."""

    @property
    def read(self) -> int: ...
    @property
    def applied(self) -> bool: ...
    @property
    def failed(self) -> Sequence[str]: ...
    @property
    def added(self) -> Sequence[Event]: ...
    @property
    def gone(self) -> Sequence[Event]: ...
    @property
    def redated(self) -> Sequence[Event]: ...
    @property
    def unchanged(self) -> int: ...


def reextracted(report: Reread) -> Group:
    """A row for each event that differs, and the counts."""
    table = _table("change", "date", "event")
    for change, events in (("added", report.added), ("gone", report.gone), ("redated", report.redated)):
        for event in events:
            when = f"{event.before} → {event.date}" if event.before else event.date
            table.add_row(*map(Text, (change, when, event.title)))
    counts = (
        f"{report.read} articles read again: {len(report.added)} events added, {len(report.gone)} gone, "
        f"{len(report.redated)} redated, {report.unchanged} as they were"
    )
    failed = [Text(f"failed: {reason}", style="red") for reason in report.failed]
    advice = [] if report.applied or not report.read else [Text("nothing was changed: --apply keeps it")]
    return Group(*([table] if table.row_count else []), *failed, Text(counts), *advice)


# ---------------------------------------------------------------- the timeline
def timeline(events: Iterable[TimelineOut], *, ids: bool = False) -> Table:
    """A row for each event: date as EDTF, title, actors, number of sources; with `ids` the event's id before them."""
    table = _table(*(["id"] if ids else []), "date", "event", "actors", "sources")
    table.columns[0].no_wrap = table.columns[int(ids)].no_wrap = True
    table.columns[-1].justify = "right"
    for event in events:
        actors = ", ".join(actor["name"] for actor in event["actors"])
        notes = [] if event["status"] == "occurred" else [event["status"]]
        notes += ["edited"] if event["edited"] else []
        notes += [f"according to {event['reported_by']['name']}"] if event["reported_by"] else []
        title = f"{event['title']} ({', '.join(notes)})" if notes else event["title"]
        cells = (event["date"], title, actors, str(len(event["sources"])))
        table.add_row(*map(Text, (event["id"], *cells) if ids else cells))
    return table


# ---------------------------------------------------------------- edits
def edit(made: EditOut) -> Text:
    """One edit that was just made, or undone."""
    if undone := made["undone"]:
        return Text(f"edit {made['number']} is undone by {undone['by']}: {undone['reason']}")
    subject = f"{made['about']} {made['subject']}"
    return Text(f"edit {made['number']}: {_what(made)}, of {subject}, by {made['author']}: {made['reason']}")


def edits(found: Iterable[EditOut]) -> Table:
    """A row for each edit: its number, what was done to what, by whom and why, and who undid it."""
    table = _table("edit", "what", "of", "by", "made", "why", "undone")
    table.columns[0].justify = "right"
    for one in found:
        subject = f"{one['about']} {one['subject']}"
        undone = f"by {one['undone']['by']}: {one['undone']['reason']}" if one["undone"] else ""
        cells = (str(one["number"]), _what(one), subject, one["author"], one["made_at"][:10], one["reason"], undone)
        table.add_row(*map(Text, cells), style="dim" if one["undone"] else None)
    return table


def tokens(found: Iterable[TokenOut]) -> Table:
    """A row for each token: its id, who holds it, what it lets, and when it was made and revoked."""
    table = _table("token", "name", "scopes", "made", "revoked")
    table.columns[0].justify = "right"
    for one in found:
        cells = (
            str(one["id"]),
            one["name"],
            ", ".join(one["scopes"]),
            one["made_at"][:10],
            (one["revoked_at"] or "")[:10],
        )
        table.add_row(*map(Text, cells), style="dim" if one["revoked_at"] else None)
    return table


def _what(made: EditOut) -> str:
    value = ", ".join(_in_words(value) for name, value in made["value"].items() if name != "was")
    return f"{made['op']} {value}".strip()


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    return f"{value['id']}:{value['role']}" if isinstance(value, dict) else str(value)


def mentions(event: EventDetailOut) -> Group:
    """One event with its mentions, by the ids that a split takes."""
    table = _table("mention", "article", "date", "act", "sentence")
    for one in event["mentions"]:
        table.add_row(*map(Text, (one["id"], one["article"], one["date"] or "", one["title"], one["sentence"]["text"])))
    possible = [f"possibly the same: {one['event']} ({one['says']})" for one in event["possible_same"]]
    return Group(Text(f"{event['id']}  {event['date']}  {event['title']}", style="bold"), *map(Text, possible), table)


# ---------------------------------------------------------------- one text
def reading(text: str, found: Reading, *, name: str) -> Iterator[Text | Table | str]:
    """The text with its expressions marked and numbered, the table of these, and the acts with their derivations."""
    yield Text(name, style="bold")
    yield Text(f"article date: {shown.dated(found.article_date)}\n")
    yield Text.assemble(*chain.from_iterable(_piece(piece) for piece in shown.pieces(text, found)))
    yield ""
    yield _expressions(found)
    yield _acts(found)


def _piece(piece: shown.Piece) -> Iterator[tuple[str, str]]:
    yield piece.text, _MARK if piece.number else ""
    if piece.number:
        yield f"[{piece.number}]", "dim"


def _expressions(found: Reading) -> Table:
    table = _table("#", "expression", "date", "rule", "anchor", "derivation")
    for line in shown.expression_lines(found):
        cells = (str(line.number), line.text, line.date, line.rule, line.anchor, "\n".join(line.derivation))
        table.add_row(*map(Text, cells))
    return table


def _acts(found: Reading) -> Table:
    table = _table("date", "act", "status", "actors", "why")
    for line in shown.act_lines(found):
        table.add_row(*map(Text, (line.date, line.what, line.status, ", ".join(line.actors), "\n".join(line.why))))
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
