"""The values that the parts of Demarche hand to each other: frozen, slotted, without behaviour of their own.

Offsets are code points into the article's text as given, half open. Days are closed intervals (see `app.core.calendar`).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.core.calendar import DateSpan


# ---------------------------------------------------------------- actors
class ActorKind(StrEnum):
    STATE = "state"
    ORGANISATION = "organisation"
    OFFICE = "office"
    PERSON = "person"


class Role(StrEnum):
    """The part an actor has in an act: who did it, to whom, one of equals (a meeting), or merely named beside it."""

    SOURCE = "source"
    TARGET = "target"
    PARTICIPANT = "participant"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one office; both days inside, None where unknown (an open end is not "today", only unknown)."""

    office: str
    start: DateSpan | None
    end: DateSpan | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, office or person of the lexicon. `name` is the common English name.

    `state` is the ISO 3166 alpha-3 code of the state that it is, belongs to or speaks for; None for none.
    """

    id: str
    name: str
    kind: ActorKind
    state: str | None = None
    aliases: tuple[str, ...] = ()
    qid: str | None = None
    tenures: tuple[Tenure, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as one mention names it. `via` says how: name, title, demonym, capital, metonym, pronoun, group, speaker,
    office, place, text ("the treaty": those who made it), context (of whom the article tells most, where the clause names
    nobody), new (a name that the lexicon does not know).
    """

    id: str
    name: str
    kind: ActorKind
    state: str | None
    role: Role
    via: str
    begin: int
    end: int


# ---------------------------------------------------------------- texts and dates
@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the text as given: code points, half open."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: the rule's id and what it did, in words for the reader."""

    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence for an article's date, with the words it stands on (0, 0, "" for metadata)."""

    rule: str
    text: str
    begin: int
    end: int
    says: str


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """An article's own date (document creation time): the closed interval it lies in, a best day when one is likeliest."""

    best: date | None = None
    earliest: date | None = None
    latest: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Timex:
    """A date expression, typed and valued as TIMEX3 (ISO-TimeML).

    `type` is DATE, TIME, DURATION or SET. `span` is None for durations, sets and vague references. `anchor` is the EDTF of
    the date it was counted from, None where it needed none. `steps` tell how it was read; `runner_up` is the EDTF of the
    reading that came second, None where the words leave no other.
    """

    begin: int
    end: int
    text: str
    type: str
    value: str
    span: DateSpan | None
    rule: str
    anchor: str | None = None
    steps: tuple[Step, ...] = ()
    runner_up: str | None = None


# ---------------------------------------------------------------- acts
class Status(StrEnum):
    OCCURRED = "occurred"
    SCHEDULED = "scheduled"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class Basis(StrEnum):
    """What dates an act: an expression in the text, only the article's own date, or nothing."""

    EXPRESSION = "expression"
    ARTICLE = "article"
    NONE = "none"


class Zone(StrEnum):
    """Where in the page a sentence stands; captions are told apart because they are no narrative."""

    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Trigger:
    """The verb or event noun that tells the act."""

    begin: int
    end: int
    lemma: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whose claim something is: an actor's id and name, or for somebody unnamed no id and the words that tell of them.

    Both offsets are those of these words, or equal where the text has none.
    """

    id: str | None
    name: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One report of one act in one article. `kind` is an id of `lexicon/data/kinds.toml`; `title` a plain line for it.

    `objects` are the lower-case lemmas of the nouns the act is about and of what is to be done by it ("voted to endorse"): what
    matching compares beside actors and dates.
    `reported_by` is who claims the act, None where the article tells it in its own words.
    """

    span: DateSpan | None
    basis: Basis
    sentence: Extent
    clause: Extent
    trigger: Trigger
    kind: str
    status: Status
    actors: tuple[ActorRef, ...]
    derivation: tuple[Step, ...]
    title: str
    objects: tuple[str, ...] = ()
    zone: Zone = Zone.BODY
    reported_by: Reporter | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A dated clause that gave no mention, and why."""

    extent: Extent
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that extraction found in one text."""

    article_date: ArticleDate
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()
    rejected: tuple[Rejected, ...] = ()


# ---------------------------------------------------------------- articles and events
Key = tuple[str, int, int, str]
"""What orders mentions for good: article key, offset of the sentence, offset of the trigger, EDTF."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text from one source, as a source handed it over.

    `key` is its canonical address, or its path (with `#record` inside a file of many). `stated_date` is what metadata says
    of its date, possibly only a month or year; `stated_month_day` is a month and day that it gives without a year. `sketch`
    stands for the text when near copies are sought (`app.core.copies`), None where that is too short or none was made.
    `corrected_date` is what a person says of it, over everything else.
    """

    key: str
    text: str
    outlet: str | None = None
    title: str | None = None
    address: str | None = None
    stated_date: DateSpan | None = None
    stated_month_day: tuple[int, int] | None = None
    content_hash: str = ""
    corrected_date: DateSpan | None = None
    sketch: str | None = None


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention with where it stands: what matching and the store work on.

    `key` orders mentions for good: (article key, offset of the sentence, offset of the trigger, EDTF). `sketch` is the article's.
    """

    article_key: str
    outlet: str | None
    mention: Mention
    # Not compared: a stored article may get its sketch later, which makes no other mentions of those that it has.
    sketch: str | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        span = self.mention.span
        return (self.article_key, self.mention.sentence.begin, self.mention.trigger.begin, span.edtf if span else "")


@dataclass(frozen=True, slots=True)
class EventActor:
    """An actor as the event shows it: each once, with the weightiest of its roles."""

    id: str
    name: str
    kind: ActorKind
    state: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A date that reports give for an act, and the keys of the articles that support it."""

    span: DateSpan
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """Another event that may tell the same act: the key of its first mention, the score, and what the two share."""

    key: Key
    score: int
    says: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What a person did to an event: the number of the edit, its operation, and what the matching has instead, if anything."""

    number: int
    op: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What one set of mentions says together, before it has an id: made by `app.core.matching`.

    `mentions` are in canonical order; `explanation` tells why they are one act (empty for a single mention).
    `reported_by` is whose claim the event is, None once an article tells it in its own words or two speakers claim it.
    `dates` are the dates in dispute, the best supported, which is `span`, first; none where the reports agree. `possible` are the
    events that may tell the same act. `confidence` is between 0 and 1; `rules` is the version that made the event.
    `outlets` counts the independent ones: an outlet once, and copies of one text once.
    `edits` are what people did to it, in their order; a `hidden` one is not shown.
    """

    span: DateSpan
    title: str
    kind: str
    status: Status
    basis: Basis
    actors: tuple[EventActor, ...]
    mentions: tuple[StoredMention, ...]
    explanation: tuple[Step, ...] = field(default=())
    reported_by: Reporter | None = None
    dates: tuple[DateClaim, ...] = ()
    possible: tuple[Possible, ...] = ()
    confidence: float = 0.0
    rules: str = ""
    outlets: int = 0
    edits: tuple[Edited, ...] = ()
    hidden: bool = False
