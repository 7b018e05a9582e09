"""The tables. Every constraint has a name, every text sorts by code point on both databases.

An event's wire document and an actor's history are kept ready for reading: `EventRow.document` holds the JSON of its
list form, `EventActorRow` repeats the event's days so that a history is one walk along its primary key. "Coarse" is
whatever is wider than one day: the indexes of that name hold these alone, by classes of `width` (see `app.store.days`), so
that a range query never scans the days before it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    SmallInteger,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.calendar import Precision
from app.core.model import ActorKind, Basis, Role, Status, Zone

CText = Text().with_variant(Text(collation="C"), "postgresql")
_COARSE = "first_day < last_day"


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no offset: it is demanded on the way in and restored on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone: pass a moment with one, such as datetime.now(UTC)")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {str: CText, date: Date(), datetime: Moment()}


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    accepted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({accepted})", name=column)


def _coarse(name: str, columns: Iterable[str]) -> Index:
    return Index(name, *columns, sqlite_where=text(_COARSE), postgresql_where=text(_COARSE))


def _width() -> Mapped[int]:
    return mapped_column(SmallInteger(), server_default="0")


def _days() -> CheckConstraint:
    return CheckConstraint("first_day <= last_day", name="days")


# ---------------------------------------------------------------- articles
class ArticleRow(Base):
    """An article as it is now: its metadata and date. `sort_day` is its best, else latest day, else 9999-12-31.

    `corrected_date` is what a person says of its date; of a `retracted` one the mentions are kept, but make no events.
    """

    __tablename__ = "article"

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    content_hash: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]
    outlet: Mapped[str | None]
    title: Mapped[str | None]
    address: Mapped[str | None]
    stated_date: Mapped[str | None]
    stated_month: Mapped[int | None]
    stated_day: Mapped[int | None]
    best_day: Mapped[date | None]
    earliest_day: Mapped[date | None]
    latest_day: Mapped[date | None]
    sort_day: Mapped[date]
    evidence: Mapped[str]
    stored_at: Mapped[datetime]
    rules: Mapped[str | None]
    sketch: Mapped[str | None]
    corrected_date: Mapped[str | None]
    retracted: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("earliest_day <= latest_day", name="days"),
        CheckConstraint("stated_month BETWEEN 1 AND 12 AND stated_day BETWEEN 1 AND 31", name="stated_month_day"),
        Index("ix_article_sort_day", "sort_day", "id"),
    )


class RevisionRow(Base):
    """One version of an article's text, as given: `number` counts from 1."""

    __tablename__ = "revision"

    article_id: Mapped[str] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content_hash: Mapped[str]
    text: Mapped[str]
    stored_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("number >= 1", name="number"),)


# ---------------------------------------------------------------- actors
class ActorRow(Base):
    """An actor. `tenures` is JSON; `digest` tells whether the lexicon's row has changed (empty: not from there).

    `joined_id` is the actor that a person holds it to be: its mentions are then that one's.
    """

    __tablename__ = "actor"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str | None]
    qid: Mapped[str | None]
    source: Mapped[str]
    tenures: Mapped[str]
    digest: Mapped[str]
    event_count: Mapped[int]
    joined_id: Mapped[str | None] = mapped_column(index=True)

    __table_args__ = (
        _one_of("kind", ActorKind),
        CheckConstraint("event_count >= 0", name="event_count"),
        Index("ix_actor_name", "name", "id"),
        Index("ix_actor_state", "state", "kind"),
    )


class ActorAliasRow(Base):
    """A name of an actor; `folded` is how it is searched (see `actors.fold`). `number` 0 is the actor's own name."""

    __tablename__ = "actor_alias"

    actor_id: Mapped[str] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    alias: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)


# ---------------------------------------------------------------- events
class EventRow(Base):
    """An event. `minted` orders events by age; `document` is the JSON of its list form, `explanation` of its merge.

    `lasts` is true where it lasted from its first day to its last, both known.

    `dates` holds the dates in dispute as JSON ([EDTF, [article keys]]), `possible` the first mentions of events that may tell the
    same act ([key, score, words]). `confidence` and `rules` are null for what was merged before events had them.
    `edits` is what people did to it ([number, operation, what was there]); a `hidden` one is in no list and no history.
    """

    __tablename__ = "event"

    id: Mapped[str] = mapped_column(primary_key=True)
    minted: Mapped[int] = mapped_column(unique=True)
    edtf: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    kind: Mapped[str]
    status: Mapped[str]
    basis: Mapped[str]
    title: Mapped[str]
    source_count: Mapped[int]
    document: Mapped[str]
    explanation: Mapped[str]
    conflict: Mapped[bool] = mapped_column(server_default=false())
    confidence: Mapped[float | None]
    rules: Mapped[str | None]
    dates: Mapped[str] = mapped_column(server_default="[]")
    possible: Mapped[str] = mapped_column(server_default="[]")
    edits: Mapped[str] = mapped_column(server_default="[]")
    hidden: Mapped[bool] = mapped_column(server_default=false())
    precision: Mapped[str] = mapped_column(server_default="day")
    lasts: Mapped[bool] = mapped_column(server_default=false())
    width: Mapped[int] = _width()

    __table_args__ = (
        _one_of("status", Status),
        _one_of("basis", Basis),
        _days(),
        CheckConstraint("source_count >= 1", name="source_count"),
        Index("ix_event_first_day", "first_day", "last_day", "id", "hidden"),
        Index("ix_event_kind", "kind", "first_day", "last_day", "id"),
        Index("ix_event_status", "status", "first_day", "last_day", "id"),
        Index("ix_event_precision", "precision", "first_day", "last_day", "id"),
        Index(
            "ix_event_conflict",
            "first_day",
            "last_day",
            "id",
            sqlite_where=text("conflict"),
            postgresql_where=text("conflict"),
        ),
        _coarse("ix_event_coarse", ("width", "first_day", "last_day", "id", "hidden")),
    )


class EventActorRow(Base):
    """An event in an actor's history. `own` is false where only the actor's people or organisations took part.

    `role` is the weightiest that the actor, or one of these, has in it.
    """

    __tablename__ = "event_actor"

    actor_id: Mapped[str] = mapped_column(ForeignKey("actor.id"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True)
    own: Mapped[bool]
    role: Mapped[str] = mapped_column(server_default="other")
    width: Mapped[int] = _width()

    __table_args__ = (
        _days(),
        _coarse("ix_event_actor_coarse", ("actor_id", "width", "first_day", "last_day", "event_id")),
        {"sqlite_with_rowid": False},
    )


class EventOutletRow(Base):
    """An event among those that an outlet tells; none for articles without an outlet."""

    __tablename__ = "event_outlet"

    outlet: Mapped[str] = mapped_column(primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True)
    width: Mapped[int] = _width()

    __table_args__ = (
        _days(),
        _coarse("ix_event_outlet_coarse", ("outlet", "width", "first_day", "last_day", "event_id")),
        {"sqlite_with_rowid": False},
    )


class TallyRow(Base):
    """How many events that are shown have a value of a facet and lie wholly in a bucket of a unit (see `app.store.tallies`)."""

    __tablename__ = "event_tally"

    facet: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class EventRedirectRow(Base):
    """The id of an event that has become part of another."""

    __tablename__ = "event_redirect"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)


class EventChangeRow(Base):
    """One line of the change log (see `app.store.changes`); it outlives its event. `at` is when it was written, if known."""

    __tablename__ = "event_change"

    seq: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(index=True)
    event_id: Mapped[str]
    what: Mapped[str]
    other_id: Mapped[str | None]
    at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("what IN ('created', 'updated', 'merged', 'split', 'deleted')", name="what"),
        Index("ix_event_change_event_id", "event_id", "seq"),
    )


# ---------------------------------------------------------------- mentions
class MentionRow(Base):
    """One dated report of one act, of the article's present revision. `derivation` and `objects` are JSON.

    The reporter is whose claim it is: a name, the id of an actor, if it is one, and where the text tells it; all null for none.
    """

    __tablename__ = "mention"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    number: Mapped[int]
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    edtf: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    precision: Mapped[str]
    open_start: Mapped[bool]
    open_end: Mapped[bool]
    basis: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str]
    zone: Mapped[str]
    title: Mapped[str]
    sentence_begin: Mapped[int]
    sentence_end: Mapped[int]
    sentence: Mapped[str]
    clause_begin: Mapped[int]
    clause_end: Mapped[int]
    clause: Mapped[str]
    trigger_begin: Mapped[int]
    trigger_end: Mapped[int]
    trigger_lemma: Mapped[str]
    objects: Mapped[str]
    derivation: Mapped[str]
    reporter_name: Mapped[str | None]
    reporter_id: Mapped[str | None]
    reporter_begin: Mapped[int | None]
    reporter_end: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        _one_of("precision", Precision),
        _one_of("basis", Basis),
        _one_of("status", Status),
        _one_of("zone", Zone),
        _days(),
        CheckConstraint("sentence_begin <= sentence_end", name="sentence"),
        CheckConstraint("clause_begin <= clause_end", name="clause"),
        CheckConstraint("trigger_begin <= trigger_end", name="trigger"),
    )


class MentionActorRow(Base):
    """An actor as one mention names it, with the mention's days: how mentions of one act find each other.

    `as_read` is the actor that was read, where a person holds it to be another or renamed it, with the name and the state read.
    """

    __tablename__ = "mention_actor"

    mention_id: Mapped[int] = mapped_column(ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("actor.id"))
    name: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str | None]
    role: Mapped[str]
    via: Mapped[str]
    begin_cp: Mapped[int]
    end_cp: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    as_read: Mapped[str | None] = mapped_column(index=True)
    name_as_read: Mapped[str | None]
    state_as_read: Mapped[str | None]

    __table_args__ = (
        _one_of("kind", ActorKind),
        _one_of("role", Role),
        _days(),
        CheckConstraint("begin_cp <= end_cp", name="extent"),
        Index("ix_mention_actor_actor", "actor_id", "first_day"),
        Index("ix_mention_actor_state", "state", "first_day"),
        _coarse("ix_mention_actor_coarse_actor", ("actor_id", "first_day", "last_day")),
        _coarse("ix_mention_actor_coarse_state", ("state", "first_day", "last_day")),
    )


# ---------------------------------------------------------------- edits
class EditRow(Base):
    """What a person decided (see `app.store.edits`), of an event, an article or an actor: `subject` is its id at that time.

    `value` is JSON. One that was undone stays, with who did so.
    """

    __tablename__ = "edit"

    number: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str]
    subject: Mapped[str]
    op: Mapped[str]
    value: Mapped[str]
    author: Mapped[str]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    undone_by: Mapped[str | None]
    undone_reason: Mapped[str | None]
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("about IN ('event', 'article', 'actor')", name="about"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone"),
        Index("ix_edit_subject", "about", "subject", "number"),
    )


class EditAnchorRow(Base):
    """A mention that an edit is about (see `curation.Anchor`). `side` 0 is the event it was made of, 1 the other one.

    `own` is false for what other edits had brought into the event.
    """

    __tablename__ = "edit_anchor"

    edit: Mapped[int] = mapped_column(ForeignKey("edit.number", ondelete="CASCADE"), primary_key=True)
    side: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    own: Mapped[bool]
    article_key: Mapped[str] = mapped_column(index=True)
    sentence_begin: Mapped[int]
    trigger_begin: Mapped[int]
    edtf: Mapped[str]
    lemma: Mapped[str]
    kind: Mapped[str]
    sentence: Mapped[str]


# ---------------------------------------------------------------- who may use the API, and commits
class TokenRow(Base):
    """A token (see `app.store.tokens`): the digest of its secret, and what its holder may do, scopes parted by spaces."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    scopes: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("scopes <> ''", name="scopes"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )


class CommitRow(Base):
    """How many transactions have written: one row, raised by each (see `engine.writing`)."""

    __tablename__ = "commit_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
