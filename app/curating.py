"""What editors do: each edit is a row with its author, time and reason, holds against whatever is read later, and can be undone.

An edit and what it does to the timeline are one transaction. Correcting an article's date reads it again before that.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.core import calendar, curation, matching
from app.core.calendar import DateSpan
from app.core.curation import Op
from app.core.model import Article, Key, Reading, Role, Status
from app.errors import DateError, EditError, NotFound, Overtaken, SourceError
from app.formats import wire
from app.store import actors, articles, components, edits, engine, events, mentions
from app.store.edits import About, Edit, New
from app.store.engine import Engine, Session
from app.store.events import QUOTE_CHARS
from app.store.mentions import Held
from app.store.texts import storable

Read = Callable[[Iterable[Article]], Iterable[tuple[Article, Reading | SourceError | None]]]
Fields = Mapping[str, object]
FIELDS: Mapping[About, Mapping[str, tuple[str, ...]]] = {
    "event": {
        Op.MERGE: ("event",),
        Op.CONFIRM: ("event",),
        Op.SEPARATE: ("event",),
        Op.SPLIT: ("mentions",),
        Op.REDATE: ("date",),
        Op.RETITLE: ("title",),
        Op.CHANGE_KIND: ("kind",),
        Op.CHANGE_STATUS: ("status",),
        Op.CHANGE_ACTORS: ("actors",),
        Op.HIDE: (),
    },
    "article": {"redate": ("date",), "retract": ()},
    "actor": {"join": ("actor",), "rename": ("name",)},
}
"""The operations on each sort of subject, and the fields that each needs."""
MAX_TEXT = 1000


@dataclass(frozen=True, slots=True)
class By:
    """Who edits, why, and when."""

    author: str
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """The store that is edited, what reads an article again, the ids of the lexicon's kinds; how long quotations are."""

    engine: Engine
    read: Read
    kinds: Collection[str]
    quote_chars: int = QUOTE_CHARS

    def edit(self, about: About, subject: str, op: str, fields: Fields, by: By) -> Edit:
        """Makes the edit; `fields` are those that `FIELDS` names for the operation.

        Raises NotFound for an unknown subject, EditError for what cannot be used, and Overtaken where the article was revised
        meanwhile.
        """
        value = self._checked(about, op, fields)
        by = replace(by, author=_text("author", by.author), reason=_text("reason", by.reason))
        match about:
            case "event":
                return self._edit_event(subject, Op(op), value, by)
            case "article":
                return self._edit_article(subject, op, value, by)
            case "actor":
                return self._edit_actor(subject, op, value, by)

    def undo(self, number: int, by: By, *, about: About | None = None, subject: str | None = None) -> Edit:
        """Undoes one edit, whatever was edited after it; raises NotFound and AlreadyUndone.

        With `about` and `subject` only an edit of these: of an event, of any that has become part of it.
        """
        by = replace(by, author=_text("author", by.author), reason=_text("reason", by.reason))
        with engine.reading(self.engine) as session:
            edit = edits.get(session, number)
            if about and subject and number not in {one.number for one in listed(session, about, subject)}:
                raise NotFound(f"edit of {about} {subject}", str(number))
        if edit.about == "article" and edit.op == "redate" and edit.undone_at is None:
            return self._undo_redating(edit, by)
        with engine.writing(self.engine) as session:
            undone = edits.undo(session, number, author=by.author, reason=by.reason, now=by.now)
            match undone.about:
                case "event":
                    seeds = edits.mentions_of(session, [number])
                case "article":
                    seeds = _retract(session, undone.subject)
                case "actor":
                    seeds = _recast(session, undone.subject)
            events.remerge(session, seeds, quote_chars=self.quote_chars)
            return undone

    # ------------------------------------------------------------ events
    def _edit_event(self, event_id: str, op: Op, value: dict[str, Any], by: By) -> Edit:
        with engine.writing(self.engine) as session:
            event_id = _event(session, event_id)
            told = mentions.of_events(session, [event_id])
            sides: list[tuple[Sequence[Held], Collection[Key]]]
            if op in curation.JOINING or op is Op.SEPARATE:
                other = _other(session, event_id, op, value["event"])
                value = {"event": other}
                others = mentions.of_events(session, [other])
                sides = [(told, _alone(session, told)), (others, _alone(session, others))]
            elif op is Op.SPLIT:
                taken, left = _parted(told, value["mentions"])
                sides = [(taken, _keys(taken)), (left, _keys(left))]
            else:
                sides = [(told, _keys(told))]
            if op is Op.CHANGE_ACTORS:
                _require_actors(session, value["actors"])
            new = New("event", event_id, op.value, value, by.author, by.reason, by.now)
            number = edits.record(session, new, [([held.stored for held in held_], own) for held_, own in sides])
            events.remerge(session, [held.id for held_, _ in sides for held in held_], quote_chars=self.quote_chars)
            return edits.get(session, number)

    # ------------------------------------------------------------ articles
    def _edit_article(self, article_id: str, op: str, value: dict[str, Any], by: By) -> Edit:
        new = New("article", article_id, op, value, by.author, by.reason, by.now)
        if op == "redate":
            span = calendar.parse(value["date"])
            return self._redate(article_id, lambda redatings: span, lambda session: edits.record(session, new))
        with engine.writing(self.engine) as session:
            articles.stored(session, article_id)
            number = edits.record(session, new)
            events.remerge(session, _retract(session, article_id), quote_chars=self.quote_chars)
            return edits.get(session, number)

    def _undo_redating(self, edit: Edit, by: By) -> Edit:

        def left(redatings: Sequence[Edit]) -> DateSpan | None:
            dates = [one.value["date"] for one in redatings if one.number != edit.number]
            return calendar.parse(dates[-1]) if dates else None

        def undo(session: Session) -> int:
            return edits.undo(session, edit.number, author=by.author, reason=by.reason, now=by.now).number

        return self._redate(edit.subject, left, undo)

    def _redate(
        self, article_id: str, date_of: Callable[[Sequence[Edit]], DateSpan | None], write: Callable[[Session], int]
    ) -> Edit:
        """Reads the article with the date that it has after its redatings; then, in one transaction, what `write` does and
        what was read.
        """
        with engine.reading(self.engine) as session:
            article, revision = articles.stored(session, article_id)
            before = _redatings(session, article_id)
        span = date_of(before)
        [(_, reading)] = self.read([replace(article, corrected_date=span)])
        if not isinstance(reading, Reading):
            raise reading or SourceError(article.key, "could not be read again")
        with engine.writing(self.engine) as session:
            now, present = articles.stored(session, article_id)
            if present != revision or _redatings(session, article_id) != before:
                raise Overtaken(f"the article {article_id!r} was changed while it was read: try again")
            number = write(session)
            articles.correct(session, article_id, span)
            rules = matching.RULES if now.sketch else None  # without a sketch it is still to be read by `reextract`
            saved = articles.reread(session, replace(now, corrected_date=span), reading, rules=rules)
            events.merge(session, saved, quote_chars=self.quote_chars)
            return edits.get(session, number)

    # ------------------------------------------------------------ actors
    def _edit_actor(self, actor_id: str, op: str, value: dict[str, Any], by: By) -> Edit:
        with engine.writing(self.engine) as session:
            if actors.is_known(session, actor_id):
                accepted = "an actor that the lexicon does not know: what it does know is mended there"
                raise EditError("actor", actor_id, accepted)
            if op == "join":
                value = {"actor": _joined_to(session, actor_id, value["actor"])}
            else:
                value = {**value, "was": actors.get(session, actor_id)["name"]}
            new = New("actor", actor_id, op, value, by.author, by.reason, by.now)
            number = edits.record(session, new)
            events.remerge(session, _recast(session, actor_id), quote_chars=self.quote_chars)
            return edits.get(session, number)

    # ------------------------------------------------------------ what is accepted
    def _checked(self, about: About, op: str, fields: Fields) -> dict[str, Any]:
        known = FIELDS[about]
        if op not in known:
            raise EditError("op", op, f"of an {about} one of {', '.join(known)}")
        needed = known[op]
        for name in fields:
            if name not in needed:
                takes = f"{op} takes {', '.join(needed)}" if needed else f"{op} takes no field"
                raise EditError(name, str(fields[name]), takes)
        return {name: self._value(name, fields.get(name)) for name in needed}

    def _value(self, name: str, value: object) -> object:
        match name:
            case "mentions":
                return _texts(name, value, "the ids of mentions, as the event shows them, or of articles that tell it")
            case "actors":
                return _cast(value)
            case "date":
                return _date(_text(name, value))
            case "kind":
                return _one_of(name, value, self.kinds)
            case "status":
                return _one_of(name, value, [status.value for status in Status])
            case _:
                return _text(name, value)


def listed(session: Session, about: About, subject: str) -> list[Edit]:
    """The edits of a subject in their order, the undone too; raises NotFound.

    Of an event those that made it what it is, and those made of it or of what has become part of it.
    """
    match about:
        case "event":
            event_id = events.whereabouts(session, subject)
            made = edits.of(session, about, [subject]) if storable(subject) else []
            if event_id is None and made:
                return made  # no article tells of it any more: its edits can be undone all the same
            ids, numbers = events.edited_as(session, event_id or _event(session, subject))
            return edits.of(session, about, [subject, *ids], numbers)
        case "article":
            articles.stored(session, subject)
        case "actor":
            actors.is_known(session, subject)
    return edits.of(session, about, [subject])


# ---------------------------------------------------------------- events
def _event(session: Session, event_id: str) -> str:
    found = events.whereabouts(session, event_id)
    if found is None:
        raise NotFound("event", event_id)
    return found


def _other(session: Session, event_id: str, op: Op, named: str) -> str:
    other = events.whereabouts(session, named)
    if other is None or other == event_id:
        raise EditError("event", named, "the id of another event")
    possible = [id_ for id_, *_ in events.possible(session, event_id)]
    if op is Op.CONFIRM and other not in possible:
        accepted = f"a possible same of this event: {', '.join(possible) or 'there is none'}; `merge` takes any event"
        raise EditError("event", named, accepted)
    return other


def _alone(session: Session, told: Sequence[Held]) -> Collection[Key]:
    """The keys of those mentions that the matching alone holds together with the first one."""
    first = told[0]
    [component] = components.around(session, [first.id], matching.candidates)[:1]
    groups = matching.alone(component.told, component.decisions)
    return next((group for group in groups if first.stored.key in group), frozenset((first.stored.key,)))


def _keys(held: Iterable[Held]) -> Collection[Key]:
    return frozenset(one.stored.key for one in held)


def _parted(told: Sequence[Held], named: Sequence[str]) -> tuple[list[Held], list[Held]]:
    """The mentions that were named, by their ids or those of their articles, and the others; raises EditError."""
    ids = {held.id: {wire.mention_id(held.stored), held.article_id} for held in told}
    accepted = f"some of {', '.join(sorted({wire.mention_id(held.stored) for held in told}))}"
    for one in named:
        if not any(one in either for either in ids.values()):
            raise EditError("mentions", one, accepted)
    taken = [held for held in told if ids[held.id] & set(named)]
    if len(taken) == len(told):
        raise EditError("mentions", ", ".join(named), f"{accepted}, but not all of them")
    return taken, [held for held in told if held not in taken]


def _require_actors(session: Session, cast: Sequence[Mapping[str, str]]) -> None:
    known = actors.standing(session, [one["id"] for one in cast])
    for one in cast:
        if one["id"] not in known:
            raise EditError("actors", one["id"], "the id of an actor: /v1/actors?q= finds it by name")


# ---------------------------------------------------------------- articles and actors
def _redatings(session: Session, article_id: str) -> list[Edit]:
    return [edit for edit in edits.standing(session, "article", [article_id]) if edit.op == "redate"]


def _retract(session: Session, article_id: str) -> list[int]:
    """Ids of all mentions whose events may change, after the article was retracted if an edit that stands says so."""
    standing = edits.standing(session, "article", [article_id])
    told = articles.retract(session, article_id, any(edit.op == "retract" for edit in standing))
    return [*told, *edits.beside(session, [articles.stored(session, article_id)[0].key])]


def _joined_to(session: Session, actor_id: str, named: str) -> str:
    found = actors.standing(session, [named])
    if named not in found:
        raise EditError("actor", named, "the id of an actor: /v1/actors?q= finds it by name")
    if found[named].id == actor_id:
        raise EditError("actor", named, f"another actor than {actor_id}")
    return found[named].id


def _recast(session: Session, actor_id: str) -> list[int]:
    """Ids of all mentions whose events may change, after the actor was made what the edits that stand say."""
    made = edits.of(session, "actor", [actor_id])
    standing = [edit for edit in made if edit.undone_at is None]
    joins = [edit.value["actor"] for edit in standing if edit.op == "join"]
    renames = [edit for edit in made if edit.op == "rename"]
    if renames:
        first = str(renames[0].value["was"])
        names = [str(edit.value["name"]) for edit in standing if edit.op == "rename"]
        actors.rename(session, actor_id, names[-1] if names else first, [first, *names])
    actors.join(session, actor_id, joins[-1] if joins else None)
    recast = [actor_id, *actors.standing_for(session, actor_id)]
    named = mentions.naming(session, recast)
    mentions.recast(session, recast)
    left = components.beside(session, [held.stored for held in named], matching.candidates)
    return [*(held.id for held in named), *left, *edits.casting(session, recast)]


# ---------------------------------------------------------------- values
def _text(name: str, value: object) -> str:
    accepted = f"text of 1 to {MAX_TEXT} characters"
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT or not storable(value):
        raise EditError(name, _shown(value), accepted)
    return value.strip()


def _texts(name: str, value: object, accepted: str) -> list[str]:
    if not isinstance(value, list | tuple) or not value or not all(isinstance(one, str) for one in value):
        raise EditError(name, _shown(value), accepted)
    return list(dict.fromkeys(value))


def _date(value: str) -> str:
    try:
        return calendar.parse(value).edtf
    except DateError as error:
        raise EditError("date", value, error.accepted) from error


def _one_of(name: str, value: object, known: Iterable[str]) -> str:
    accepted = sorted(known)
    if not isinstance(value, str) or value not in accepted:
        raise EditError(name, _shown(value), f"one of {', '.join(accepted)}")
    return value


def _cast(value: object) -> list[dict[str, str]]:
    roles = [role.value for role in Role]
    accepted = f'a list of {{"id": the id of an actor, "role": one of {", ".join(roles)}}}, each actor once'
    if not isinstance(value, list | tuple) or not value:
        raise EditError("actors", _shown(value), accepted)
    for one in value:
        right = isinstance(one, dict) and one.keys() == {"id", "role"} and isinstance(one["id"], str)
        if not right or one["role"] not in roles or not storable(one["id"]):
            raise EditError("actors", _shown(one), accepted)
    if len({one["id"] for one in value}) < len(value):
        raise EditError("actors", _shown(value), accepted)
    return [{"id": one["id"], "role": one["role"]} for one in value]


def _shown(value: object) -> str:
    return "" if value is None else str(value)
