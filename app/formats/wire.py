"""Core values rendered as wire documents (see `app.formats.shapes`) and these as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from urllib.parse import quote as percent_encoded

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import (
    Actor,
    ActorRef,
    ArticleDate,
    DateClaim,
    EventActor,
    EventDraft,
    Evidence,
    Extent,
    Reporter,
    Step,
    StoredMention,
)
from app.formats.shapes import (
    ActorDetailOut,
    ActorOut,
    ArticleDetailOut,
    ArticleEventOut,
    ArticleOut,
    DateClaimOut,
    EventActorOut,
    EventDetailOut,
    EventEditOut,
    EventOut,
    ExtentOut,
    MentionActorOut,
    MentionOut,
    ReporterOut,
    SourceOut,
    StatusOut,
    StepOut,
    TimelineOut,
)

MAX_SOURCES = 3
ELLIPSIS = "…"


# ---------------------------------------------------------------- rendering events
@dataclass(frozen=True, slots=True)
class Source:
    """What an event's document says of one article; `date` is EDTF."""

    article_id: str
    key: str
    outlet: str | None
    address: str | None
    title: str | None
    date: str | None


def event(event_id: str, draft: EventDraft, sources: Mapping[str, Source], *, quote_chars: int) -> EventOut:
    """The list form of an event, with its first `MAX_SOURCES` articles in canonical order; `sources` by article key."""
    reports = _reports(draft.mentions, sources, quote_chars)
    first_day, last_day = _days(draft.span)
    return {
        "id": event_id,
        "title": draft.title,
        "date": draft.span.edtf,
        "first_day": first_day,
        "last_day": last_day,
        "precision": draft.span.precision.value,
        "basis": draft.basis.value,
        "kind": draft.kind,
        "status": draft.status.value,
        "reported_by": _reporter(draft.reported_by),
        "conflict": bool(draft.dates),
        "confidence": draft.confidence,
        "rules": draft.rules,
        "edited": list(dict.fromkeys(one.op for one in draft.edits)),
        "actors": [_event_actor(actor) for actor in draft.actors],
        "source_count": len(reports),
        "outlet_count": draft.outlets,
        "sources": reports[:MAX_SOURCES],
        "links": [{"rel": "self", "href": f"/v1/events/{event_id}"}],
    }


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why an event is what it is: how it was merged, the dates in dispute, possible twins (id, score, words), the edits."""

    explanation: Sequence[Step] = ()
    dates: Sequence[DateClaim] = ()
    possible: Sequence[tuple[str, int, str]] = ()
    edits: Sequence[EventEditOut] = ()


def event_detail(
    shown: EventOut,
    mentions: Sequence[StoredMention],
    reasons: Reasons,
    sources: Mapping[str, Source],
    *,
    quote_chars: int,
) -> EventDetailOut:
    """The whole event: its list form with all sources, and its mentions in canonical order."""
    return {
        **shown,
        "sources": _reports(mentions, sources, quote_chars),
        "dates": [_date_claim(claim, sources) for claim in reasons.dates],
        "history": _history(mentions, sources),
        "possible_same": [{"event": id_, "score": score, "says": says} for id_, score, says in reasons.possible],
        "edits": list(reasons.edits),
        "mentions": [_mention(stored, sources[stored.article_key], quote_chars) for stored in mentions],
        "explanation": _steps(reasons.explanation),
    }


def _date_claim(claim: DateClaim, sources: Mapping[str, Source]) -> DateClaimOut:
    first_day, last_day = _days(claim.span)
    articles = [sources[key].article_id for key in claim.articles if key in sources]
    return {"date": claim.span.edtf, "first_day": first_day, "last_day": last_day, "articles": articles}


def _history(mentions: Sequence[StoredMention], sources: Mapping[str, Source]) -> list[StatusOut]:
    """Each status with the article that told it first; articles whose date is not known come last."""
    told: dict[str, Source] = {}
    for stored in sorted(mentions, key=lambda one: (sources[one.article_key].date or "~", one.key)):
        told.setdefault(stored.mention.status.value, sources[stored.article_key])
    return [{"status": status, "article": one.article_id, "date": one.date} for status, one in told.items()]


def timeline(shown: EventOut, sources: Sequence[Source]) -> TimelineOut:
    """The line that `demarche timeline --json` prints for an event."""
    return {
        "id": shown["id"],
        "date": shown["date"],
        "title": shown["title"],
        "kind": shown["kind"],
        "status": shown["status"],
        "reported_by": shown["reported_by"],
        "edited": shown["edited"],
        "actors": [{"id": actor["id"], "name": actor["name"], "state": actor["state"]} for actor in shown["actors"]],
        "sources": [{"article": source.key, "outlet": source.outlet} for source in sources],
    }


def _reports(mentions: Sequence[StoredMention], sources: Mapping[str, Source], quote_chars: int) -> list[SourceOut]:
    """One report for each article, quoting the first mention's sentence."""
    first: dict[str, StoredMention] = {}
    for stored in mentions:
        first.setdefault(stored.article_key, stored)
    return [_report(sources[key], stored.mention.sentence.text, quote_chars) for key, stored in first.items()]


def _report(source: Source, sentence: str, quote_chars: int) -> SourceOut:
    return {
        "article": source.article_id,
        "outlet": source.outlet,
        "address": source.address,
        "title": source.title,
        "date": source.date,
        "quote": shorten(sentence, quote_chars),
    }


def _event_actor(actor: EventActor | ActorRef) -> EventActorOut:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind.value,
        "state": actor.state,
        "role": actor.role.value,
    }


def _mention(stored: StoredMention, source: Source, quote_chars: int) -> MentionOut:
    mention = stored.mention
    first_day, last_day = _days(mention.span) if mention.span else (None, None)
    trigger = mention.trigger
    return {
        "id": mention_id(stored),
        "article": source.article_id,
        "date": mention.span.edtf if mention.span else None,
        "first_day": first_day,
        "last_day": last_day,
        "precision": mention.span.precision.value if mention.span else None,
        "basis": mention.basis.value,
        "title": mention.title,
        "kind": mention.kind,
        "status": mention.status.value,
        "reported_by": _reporter(mention.reported_by),
        "zone": mention.zone.value,
        "sentence": _extent(mention.sentence, quote_chars),
        "clause": _extent(mention.clause, quote_chars),
        "trigger": {"begin": trigger.begin, "end": trigger.end, "lemma": trigger.lemma},
        "actors": [_mention_actor(actor) for actor in mention.actors],
        "derivation": _steps(mention.derivation),
    }


def mention_id(stored: StoredMention) -> str:
    """What an edit calls a mention: "m" and 12 hex digits of its key, so that it stays while the article reads the same."""
    return "m" + blake2s(dumps(stored.key).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _mention_actor(actor: ActorRef) -> MentionActorOut:
    return {**_event_actor(actor), "via": actor.via, "begin": actor.begin, "end": actor.end}


def _reporter(reporter: Reporter | None) -> ReporterOut | None:
    return {"id": reporter.id, "name": reporter.name} if reporter else None


def _extent(extent: Extent, quote_chars: int) -> ExtentOut:
    return {"begin": extent.begin, "end": extent.end, "text": shorten(extent.text, quote_chars)}


def _steps(steps: Sequence[Step]) -> list[StepOut]:
    return [{"rule": step.rule, "says": step.says} for step in steps]


# ---------------------------------------------------------------- rendering articles and actors
def article(
    source: Source, date: ArticleDate, *, revision: int, corrected_date: str | None = None, retracted: bool = False
) -> ArticleOut:
    """An article as lists show it; `corrected_date` is EDTF."""
    return {
        "id": source.article_id,
        "key": source.key,
        "outlet": source.outlet,
        "title": source.title,
        "address": source.address,
        "date": source.date,
        "best_day": date.best.isoformat() if date.best else None,
        "earliest_day": date.earliest.isoformat() if date.earliest else None,
        "latest_day": date.latest.isoformat() if date.latest else None,
        "revision": revision,
        "corrected_date": corrected_date,
        "retracted": retracted,
        "links": [{"rel": "self", "href": f"/v1/articles/{source.article_id}"}],
    }


def article_detail(
    shown: ArticleOut, evidence: Sequence[Evidence], events: Sequence[ArticleEventOut]
) -> ArticleDetailOut:
    """An article with the evidence for its date and the events it reports."""
    return {
        **shown,
        "evidence": [
            {"rule": one.rule, "text": one.text, "begin": one.begin, "end": one.end, "says": one.says}
            for one in evidence
        ],
        "events": list(events),
    }


def article_edtf(date: ArticleDate) -> str | None:
    """An article's date as EDTF: its best day, else the days it lies between; None where nothing is known.

    >>> from datetime import date
    >>> article_edtf(ArticleDate(earliest=date(2022, 1, 30), latest=date(2022, 2, 2)))
    '[2022-01-30..2022-02-02]'
    """
    if date.best:
        return date.best.isoformat()
    if date.earliest and date.latest:
        return calendar.one_of(date.earliest, date.latest).edtf
    if date.earliest or date.latest:
        ends = (calendar.day(end) if end else None for end in (date.earliest, date.latest))
        return calendar.between(*ends).edtf
    return None


def actor(value: Actor, *, event_count: int) -> ActorOut:
    """An actor as lists show it."""
    path = f"/v1/actors/{percent_encoded(value.id, safe=':')}"
    return {
        "id": value.id,
        "name": value.name,
        "kind": value.kind.value,
        "state": value.state,
        "event_count": event_count,
        "links": [{"rel": "self", "href": path}, {"rel": "events", "href": f"{path}/events"}],
    }


def actor_detail(value: Actor, *, event_count: int) -> ActorDetailOut:
    """An actor with all its names and the offices it held."""
    return {
        **actor(value, event_count=event_count),
        "qid": value.qid,
        "aliases": list(value.aliases),
        "tenures": [
            {
                "office": tenure.office,
                "start": tenure.start.edtf if tenure.start else None,
                "end": tenure.end.edtf if tenure.end else None,
            }
            for tenure in value.tenures
        ],
    }


# ---------------------------------------------------------------- text
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(value: object) -> str:
    """The value as compact JSON, text unescaped."""
    return _ENCODER.encode(value)


def shorten(text: str, limit: int) -> str:
    """The text, or as many whole words of it as fit into `limit` characters with an ellipsis after them.

    >>> shorten("The talks went on for days", 16)
    'The talks went…'
    """
    if len(text) <= limit:
        return text
    head = text[:limit]
    cut = max((at for at, char in enumerate(head) if char.isspace()), default=0)
    return head[:cut].rstrip() + ELLIPSIS


def _days(span: DateSpan) -> tuple[str | None, str | None]:
    first = None if span.open_start else span.first_day.isoformat()
    last = None if span.open_end else span.last_day.isoformat()
    return first, last
