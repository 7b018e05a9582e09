"""A store with what is rare in the news: hostile texts, every status, every sort of date, reports that differ."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from app.core import calendar
from app.core.curation import Decision
from app.core.model import Actor, ActorKind, ArticleDate, DateClaim, EventDraft, Mention, Status, StoredMention
from app.store import actors, articles, events
from app.store.engine import connect, writing
from tests.factories import LAVROV, RUSSIA, USA, Who, article, mention, reading
from tests.formats.samples import HOSTILE
from tests.store import clustering

LONG = "A title without end & more of it, " * 300
RIGHT_TO_LEFT = "משרד החוץ מוסר איגרת ל־NATO (טיוטה)"
ODD: Who = ("odd", HOSTILE, ActorKind.ORGANISATION, None)
ADDRESS = "https://news.example/one?a=1&b=%22two%22"
NOW = datetime(2022, 3, 1, tzinfo=UTC)
SENTENCE = f"Moscow received {HOSTILE} on January 26."


def _told(edtf: str, title: str, kind: str, *whos: Who, status: Status = Status.OCCURRED) -> Mention:
    """A mention; its kind is that of no other event here, and so keeps it apart from them."""
    return mention(edtf, *whos, title=title, kind=kind, status=status, sentence=SENTENCE)


NEWS = {
    "javascript:window.ran=true": [_told("2022-01-26", HOSTILE, "delivery", ODD, RUSSIA, status=Status.DENIED)],
    ADDRESS: [
        _told("2022-01-28", HOSTILE, "delivery", ODD, RUSSIA, status=Status.DENIED),
        _told("2022-01-27", LONG, "visit", USA, RUSSIA, status=Status.SCHEDULED),
        _told("2022-01", RIGHT_TO_LEFT, "meeting", LAVROV, USA),
    ],
    "https://news.example/two": [
        _told("2022-01-10/2022-01-13", "Talks of four days", "negotiation", USA, RUSSIA),
        _told("2022-02-02", "Sanctions are weighed", "sanctions-imposed", USA, RUSSIA, status=Status.HYPOTHETICAL),
        _told("2021", "An agreement of some day of 2021", "signing", USA, RUSSIA),
    ],
}


def fill(url: str) -> None:
    """Puts the news into an empty database; of the hostile event two articles give different dates."""
    engine = connect(url)
    with writing(engine) as session:
        known = (USA, RUSSIA, LAVROV, ODD)
        actors.put(session, [Actor(id_, name, kind, state, ()) for id_, name, kind, state in known])
        for number, (address, told) in enumerate(NEWS.items()):
            read = reading(*told, date=ArticleDate(best=date(2022, 2, 1 + number)))
            one = article(f"{number}.txt", f"text {number}", outlet=HOSTILE, title=HOSTILE, address=address)
            saved = articles.save(session, one, read, now=NOW)
            events.merge(session, saved, cluster=_cluster, candidates=clustering.candidates)
    engine.dispose()


def _cluster(mentions: Iterable[StoredMention], decisions: Iterable[Decision] = ()) -> Sequence[EventDraft]:
    return [_disputed(draft) for draft in clustering.cluster(mentions, decisions)]


def _disputed(draft: EventDraft) -> EventDraft:
    """The event with the dates that its reports give, where they differ."""
    claims: dict[str, list[str]] = {}
    for stored in draft.mentions:
        if stored.mention.span:
            claims.setdefault(stored.mention.span.edtf, []).append(stored.article_key)
    if len(claims) < 2:
        return draft
    dates = tuple(DateClaim(calendar.parse(edtf), tuple(keys)) for edtf, keys in claims.items())
    return replace(draft, span=dates[0].span, dates=dates)
