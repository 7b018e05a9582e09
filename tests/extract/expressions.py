"""Reads date expressions without a parser: one against a context, or those of a whole text as the pipeline does."""

from datetime import date, timedelta

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import ArticleDate, Timex
from app.extract import layout, narrative
from app.extract.placed import Placed
from app.extract.reading import Context, Words
from app.extract.resolve import Resolver
from app.extract.timex import TimexFinder
from app.extract.units import FUTURE, PAST, UNKNOWN
from app.lexicon import DATA
from app.lexicon.timex import load_timex

LEXICON = load_timex(DATA)
FINDER, RESOLVER, WORDS = TimexFinder(LEXICON), Resolver(LEXICON), Words(LEXICON)
WRITTEN = date(2022, 2, 2)  # a Wednesday
DIRECTIONS = (PAST, UNKNOWN, FUTURE)
SHIFT = timedelta(10_227)  # 28 years: the same weekdays, months and leap years fall alike
ALIKE = (date(1931, 1, 1), date(2067, 1, 1))  # so far from 1900 and 2100 that nothing told near here meets either

Bounds = tuple[date, date]


def known(day: date) -> ArticleDate:
    """The date of an article of which the day is known."""
    return ArticleDate(day, day, day)


def on(day: date | None = WRITTEN, **context: object) -> Context:
    """What an expression of that day's article is read against."""
    return Context(ArticleDate(day, day, day), **context)  # type: ignore[arg-type]


def timexes(text: str, context: Context | None = None) -> list[Timex]:
    """Every expression of a text, each read against the one context."""
    return [RESOLVER.resolve(found, text, context or on()) for found in FINDER.find(text)]


def timex(text: str, context: Context | None = None) -> Timex:
    """The one expression of a text."""
    [one] = timexes(text, context)
    return one


def edtf(text: str, context: Context | None = None) -> str | None:
    """The span of the one expression of a text."""
    span = timex(text, context).span
    return span.edtf if span else None


def placed(text: str) -> list[Placed]:
    """The expressions of a text with their blocks and sentences."""
    return narrative.place(text, layout.lay_out(text, lambda line: False), FINDER.find(text))


def read(text: str, dct: ArticleDate | None = None) -> list[Timex]:
    """The expressions of a text in the order of its story, written on that Wednesday or as `dct` says."""
    return narrative.resolve(text, placed(text), dct or known(WRITTEN), RESOLVER)


def spans(text: str, dct: ArticleDate | None = None) -> list[str | None]:
    """What the expressions of a text span, in the order of its story."""
    return [one.span.edtf if one.span else None for one in read(text, dct)]


def bounds(span: DateSpan | str | None, shift: timedelta = timedelta()) -> Bounds | None:
    """The first and last day of a span or its EDTF, moved by `shift`."""
    if span is None:
        return None
    told = calendar.parse(span) if isinstance(span, str) else span
    return told.first_day + shift, told.last_day + shift
