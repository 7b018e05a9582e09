"""What was read from one text, for people and for programs: the wire document, and the pieces of the readable view."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.calendar import DateSpan
from app.core.model import ActorRef, ArticleDate, Evidence, Extent, Mention, Reading, Reporter, Step, Timex
from app.formats.shapes import (
    ArticleDateOut,
    EvidenceOut,
    ExtentOut,
    MentionActorOut,
    ReadingOut,
    ReadMentionOut,
    ReadReporterOut,
    StepOut,
    TimexOut,
)


# ---------------------------------------------------------------- the wire document
def document(reading: Reading, *, id: str | int | None) -> ReadingOut:
    """The reading as one JSON object. Offsets are code points into the text as given, half open."""
    return {
        "id": id,
        "article_date": _article_date(reading.article_date),
        "timexes": [_timex(timex) for timex in reading.timexes],
        "mentions": [_mention(mention) for mention in reading.mentions],
    }


def failure(error: str, *, id: str | int | None) -> ReadingOut:
    """The object for a text that could not be read: of the same shape, empty, with the reason."""
    return {"id": id, "error": error, "article_date": _article_date(ArticleDate()), "timexes": [], "mentions": []}


def _article_date(when: ArticleDate) -> ArticleDateOut:
    return {
        "best": _iso(when.best),
        "earliest": _iso(when.earliest),
        "latest": _iso(when.latest),
        "evidence": [_evidence(evidence) for evidence in when.evidence],
    }


def _evidence(evidence: Evidence) -> EvidenceOut:
    return {
        "rule": evidence.rule,
        "text": evidence.text,
        "begin": evidence.begin,
        "end": evidence.end,
        "says": evidence.says,
    }


def _timex(timex: Timex) -> TimexOut:
    edtf, first_day, last_day = _span(timex.span)
    return {
        "begin": timex.begin,
        "end": timex.end,
        "text": timex.text,
        "type": timex.type,
        "value": timex.value,
        "edtf": edtf,
        "first_day": first_day,
        "last_day": last_day,
        "rule": timex.rule,
        "anchor": timex.anchor if timex.span else None,
        "runner_up": timex.runner_up,
        "derivation": [_step(step) for step in timex.steps],
    }


def _mention(mention: Mention) -> ReadMentionOut:
    trigger = mention.trigger
    edtf, first_day, last_day = _span(mention.span)
    return {
        "title": mention.title,
        "edtf": edtf,
        "first_day": first_day,
        "last_day": last_day,
        "precision": mention.span.precision.value if mention.span else None,
        "basis": mention.basis.value,
        "zone": mention.zone.value,
        "sentence": _extent(mention.sentence),
        "clause": _extent(mention.clause),
        "trigger": {"begin": trigger.begin, "end": trigger.end, "lemma": trigger.lemma},
        "kind": mention.kind,
        "status": mention.status.value,
        "reported_by": _reporter(mention.reported_by),
        "actors": [_actor(actor) for actor in mention.actors],
        "derivation": [_step(step) for step in mention.derivation],
    }


def _actor(actor: ActorRef) -> MentionActorOut:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind.value,
        "state": actor.state,
        "role": actor.role.value,
        "via": actor.via,
        "begin": actor.begin,
        "end": actor.end,
    }


def _reporter(reporter: Reporter | None) -> ReadReporterOut | None:
    if reporter is None:
        return None
    return {"id": reporter.id, "name": reporter.name, "begin": reporter.begin, "end": reporter.end}


def _span(span: DateSpan | None) -> tuple[str | None, str | None, str | None]:
    return (span.edtf, span.first_day.isoformat(), span.last_day.isoformat()) if span else (None, None, None)


def _extent(extent: Extent) -> ExtentOut:
    return {"begin": extent.begin, "end": extent.end, "text": extent.text}


def _step(step: Step) -> StepOut:
    return {"rule": step.rule, "says": step.says}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# ---------------------------------------------------------------- the readable view
@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `number` is that of the expression in it, counted from 1, or None for plain text."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ExpressionLine:
    """One date expression as the table shows it; `derivation` is a line for each step."""

    number: int
    text: str
    date: str
    rule: str
    anchor: str
    derivation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as the table shows it: when, what, who in which role, and why that date."""

    date: str
    what: str
    status: str
    actors: tuple[str, ...]
    why: tuple[str, ...]


def pieces(text: str, reading: Reading) -> Iterator[Piece]:
    """The whole text in order, cut at its date expressions; joined, the pieces give the text back."""
    place = 0
    for number, timex in enumerate(reading.timexes, start=1):
        if timex.begin > place:
            yield Piece(text[place : timex.begin])
        yield Piece(text[timex.begin : timex.end], number)
        place = timex.end
    if place < len(text):
        yield Piece(text[place:])


def expression_lines(reading: Reading) -> Iterator[ExpressionLine]:
    """A line for each date expression, in the order of the text; an undated one shows its TIMEX3 type and value."""
    for number, timex in enumerate(reading.timexes, start=1):
        shown = timex.span.edtf if timex.span else f"{timex.type} {timex.value}"
        yield ExpressionLine(
            number, timex.text, shown, timex.rule, (timex.anchor or "") if timex.span else "", _said(timex.steps)
        )


def act_lines(reading: Reading) -> Iterator[ActLine]:
    """A line for each act, in the order they were found."""
    for mention in reading.mentions:
        actors = tuple(f"{actor.name} ({actor.role.value})" for actor in mention.actors)
        when = mention.span.edtf if mention.span else "undated"
        claimed = f", according to {mention.reported_by.name}" if mention.reported_by else ""
        yield ActLine(when, mention.title, mention.status.value + claimed, actors, _said(mention.derivation))


def dated(when: ArticleDate) -> str:
    """The article's own date in words, with the evidence for it.

    >>> dated(ArticleDate())
    'not known'
    """
    if when.best:
        shown = when.best.isoformat()
    elif when.earliest or when.latest:
        shown = f"between {_iso(when.earliest) or '..'} and {_iso(when.latest) or '..'}"
    else:
        shown = "not known"
    return shown + "".join(f"\n  {evidence.rule}: {evidence.says}" for evidence in when.evidence)


def _said(steps: tuple[Step, ...]) -> tuple[str, ...]:
    return tuple(f"{step.rule}: {step.says}" for step in steps)
