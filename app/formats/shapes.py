"""The shapes of the wire documents: the contract, from which the API's schema is made.

Days are ISO 8601, both ends of a span inside, null where an end is not known; `date` is EDTF. Offsets are code points
into the article's text as given, half open. Links are relative references with an absolute path.
"""

from typing import Any, NotRequired

from typing_extensions import TypedDict


# ---------------------------------------------------------------- parts
class LinkOut(TypedDict):
    rel: str
    href: str


class StepOut(TypedDict):
    rule: str
    says: str


class ExtentOut(TypedDict):
    begin: int
    end: int
    text: str


class TriggerOut(TypedDict):
    begin: int
    end: int
    lemma: str


class EvidenceOut(TypedDict):
    rule: str
    text: str
    begin: int
    end: int
    says: str


# ---------------------------------------------------------------- events
class EventActorOut(TypedDict):
    id: str
    name: str
    kind: str
    state: str | None
    role: str


class ReporterOut(TypedDict):
    """Whose claim something is; `id` is null for somebody whom the text does not name."""

    id: str | None
    name: str


class SourceOut(TypedDict):
    """An article that reports the event; `article` is its id, `quote` the first sentence of it that tells the act."""

    article: str
    outlet: str | None
    address: str | None
    title: str | None
    date: str | None
    quote: str


class HighlightsOut(TypedDict):
    """Where a search found its words: code points, half open, in the title and in each source's quotation."""

    title: list[tuple[int, int]]
    quotes: list[list[tuple[int, int]]]


class EventOut(TypedDict):
    """An event as lists show it. `source_count` counts articles, `outlet_count` independent outlets (copies of one text once).

    `reported_by` is whose claim it is, null once it is told by an article or by two speakers.

    `conflict` says whether reports give different dates; `confidence` is between 0 and 1, `rules` the version that made it.
    `edited` names the operations of the edits that made it what it is. `highlights` answer a search.
    """

    id: str
    title: str
    date: str
    first_day: str | None
    last_day: str | None
    precision: str
    basis: str
    kind: str
    status: str
    reported_by: ReporterOut | None
    conflict: bool
    confidence: float | None
    rules: str | None
    edited: list[str]
    actors: list[EventActorOut]
    source_count: int
    outlet_count: int | None
    sources: list[SourceOut]
    links: list[LinkOut]
    highlights: NotRequired[HighlightsOut]


class MentionActorOut(EventActorOut):
    via: str
    begin: int
    end: int


class MentionOut(TypedDict):
    """One report of the act in one article, with the derivation of its date. `id` is what an edit calls it."""

    id: str
    article: str
    date: str | None
    first_day: str | None
    last_day: str | None
    precision: str | None
    basis: str
    title: str
    kind: str
    status: str
    reported_by: ReporterOut | None
    zone: str
    sentence: ExtentOut
    clause: ExtentOut
    trigger: TriggerOut
    actors: list[MentionActorOut]
    derivation: list[StepOut]


class DateClaimOut(TypedDict):
    """A date in dispute and the ids of the articles that support it."""

    date: str
    first_day: str | None
    last_day: str | None
    articles: list[str]


class PossibleOut(TypedDict):
    """Another event that may tell the same act, which is for a person to decide: its id, the score, and what they share."""

    event: str
    score: int
    says: str


class StatusOut(TypedDict):
    """A status and the article that first told it; `date` is the article's, in EDTF."""

    status: str
    article: str
    date: str | None


class EventEditOut(TypedDict):
    """An edit that made an event what it is. `value` holds what its operation needs; `instead_of` what the reading has."""

    number: int
    op: str
    value: dict[str, Any]
    instead_of: str | None
    author: str
    reason: str
    made_at: str


class EventDetailOut(EventOut):
    """The whole event: every source, every mention, and why the mentions are one act.

    `dates` are those in dispute, the best supported first, empty where the reports agree; `history` has each status once.
    """

    dates: list[DateClaimOut]
    history: list[StatusOut]
    possible_same: list[PossibleOut]
    edits: list[EventEditOut]
    mentions: list[MentionOut]
    explanation: list[StepOut]


class UndoneOut(TypedDict):
    by: str
    reason: str
    at: str


class EditOut(TypedDict):
    """An edit of an event, an article or an actor: `subject` is its id at that time. `undone` is null while it stands."""

    number: int
    about: str
    subject: str
    op: str
    value: dict[str, Any]
    author: str
    reason: str
    made_at: str
    undone: UndoneOut | None


class TokenOut(TypedDict):
    """A token, without its secret; `revoked_at` is null while it holds."""

    id: int
    name: str
    scopes: list[str]
    made_at: str
    revoked_at: str | None


# ---------------------------------------------------------------- the timeline of the command line
class TimelineActorOut(TypedDict):
    id: str
    name: str
    state: str | None


class TimelineSourceOut(TypedDict):
    article: str
    outlet: str | None


class TimelineOut(TypedDict):
    """An event as `demarche timeline --json` prints it; `article` is the file or address it came from."""

    id: str
    date: str
    title: str
    kind: str
    status: str
    reported_by: ReporterOut | None
    edited: list[str]
    actors: list[TimelineActorOut]
    sources: list[TimelineSourceOut]


# ---------------------------------------------------------------- texts read without being stored
class ArticleDateOut(TypedDict):
    """An article's own date: the likeliest day, the days between which it lies, and the evidence."""

    best: str | None
    earliest: str | None
    latest: str | None
    evidence: list[EvidenceOut]


class TimexOut(TypedDict):
    """A date expression, typed and valued as TIMEX3; `edtf` is what it means on the calendar, null for durations and sets.

    `anchor` is the date that it was counted from, `runner_up` the reading that came second, null where there is none.
    """

    begin: int
    end: int
    text: str
    type: str
    value: str
    edtf: str | None
    first_day: str | None
    last_day: str | None
    rule: str
    anchor: str | None
    runner_up: str | None
    derivation: list[StepOut]


class ReadReporterOut(ReporterOut):
    begin: int
    end: int


class ReadMentionOut(TypedDict):
    """An act that the text tells, as an event of that title would show it."""

    title: str
    edtf: str | None
    first_day: str | None
    last_day: str | None
    precision: str | None
    basis: str
    zone: str
    sentence: ExtentOut
    clause: ExtentOut
    trigger: TriggerOut
    kind: str
    status: str
    reported_by: ReadReporterOut | None
    actors: list[MentionActorOut]
    derivation: list[StepOut]


class ReadingOut(TypedDict):
    """All that was read in one text. `id` is what the text calls itself, `error` why it could not be read.

    `text` is what the offsets count in, where that is not the text as given but what was found on a web page.
    """

    id: str | int | None
    error: NotRequired[str]
    article_date: ArticleDateOut
    timexes: list[TimexOut]
    mentions: list[ReadMentionOut]
    text: NotRequired[str]


# ---------------------------------------------------------------- articles and actors
class ArticleOut(TypedDict):
    """What was read: never its text. `key` is the file or address it came from.

    `corrected_date` is what an editor says of its date; of a `retracted` one no event is made.
    """

    id: str
    key: str
    outlet: str | None
    title: str | None
    address: str | None
    date: str | None
    best_day: str | None
    earliest_day: str | None
    latest_day: str | None
    revision: int
    corrected_date: str | None
    retracted: bool
    links: list[LinkOut]


class ArticleEventOut(TypedDict):
    id: str
    date: str
    title: str


class ArticleDetailOut(ArticleOut):
    evidence: list[EvidenceOut]
    events: list[ArticleEventOut]


class ActorOut(TypedDict):
    id: str
    name: str
    kind: str
    state: str | None
    event_count: int
    links: list[LinkOut]


class TenureOut(TypedDict):
    office: str
    start: str | None
    end: str | None


class ActorDetailOut(ActorOut):
    qid: str | None
    aliases: list[str]
    tenures: list[TenureOut]
