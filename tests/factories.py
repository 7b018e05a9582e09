"""Small makers of values for tests: each argument has a plain default, the offsets of a mention fit its text."""

from hashlib import sha256

from app.core import calendar
from app.core.model import (
    ActorKind,
    ActorRef,
    Article,
    ArticleDate,
    Basis,
    Extent,
    Mention,
    Reading,
    Reporter,
    Role,
    Status,
    Step,
    Trigger,
)

USA = ("USA", "United States", ActorKind.STATE, "USA")
RUSSIA = ("RUS", "Russia", ActorKind.STATE, "RUS")
NATO = ("NATO", "NATO", ActorKind.ORGANISATION, None)
LAVROV = ("sergei-lavrov", "Sergei Lavrov", ActorKind.PERSON, "RUS")
Who = tuple[str, str, ActorKind, str | None]


def article(
    key: str = "one.txt",
    text: str = "Moscow received a note on January 26.",
    *,
    outlet: str | None = None,
    title: str | None = None,
    address: str | None = None,
) -> Article:
    """An article whose content hash is that of its text."""
    return Article(key, text, outlet, title, address, content_hash=sha256(text.encode()).hexdigest())


def ref(who: Who = RUSSIA, *, role: Role = Role.SOURCE, begin: int = 0, end: int = 6) -> ActorRef:
    id_, name, kind, state = who
    return ActorRef(id_, name, kind, state, role, "name", begin, end)


def mention(
    edtf: str | None = "2022-01-26",
    *whos: Who,
    begin: int = 0,
    kind: str = "deliver",
    lemma: str = "receive",
    status: Status = Status.OCCURRED,
    sentence: str = "Moscow received a note on January 26.",
    title: str = "Russia receives a note",
    reported_by: Reporter | None = None,
) -> Mention:
    """A mention whose sentence begins at `begin`; without actors given, Russia is its source and the USA its target."""
    roles = (Role.SOURCE, Role.TARGET, *[Role.OTHER] * len(whos))
    return Mention(
        span=calendar.parse(edtf) if edtf else None,
        basis=Basis.EXPRESSION if edtf else Basis.NONE,
        sentence=Extent(begin, begin + len(sentence), sentence),
        clause=Extent(begin, begin + len(sentence) - 1, sentence[:-1]),
        trigger=Trigger(begin + 7, begin + 15, lemma),
        kind=kind,
        status=status,
        actors=tuple(ref(who, role=role) for who, role in zip(whos or (RUSSIA, USA), roles, strict=False)),
        derivation=(Step("month-day", "January 26 is 2022-01-26, the nearest to the article's date"),),
        title=title,
        objects=("note",),
        reported_by=reported_by,
    )


def reading(*mentions: Mention, date: ArticleDate | None = None) -> Reading:
    return Reading(article_date=date or ArticleDate(), mentions=mentions)
