"""One lexicon, one parser and one extractor for all tests of extraction: each takes a second to load."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from app import lexicon
from app.core import calendar
from app.core.model import Article, ArticleDate, Mention, Reading, Timex
from app.extract import layout, narrative
from app.extract.actors import ActorFinder, Named
from app.extract.document import Parser, Sentence
from app.extract.layout import Block, Part
from app.extract.pipeline import Extractor
from app.extract.resolve import Resolver
from app.extract.timex import TimexFinder
from app.lexicon import Lexicon

TODAY = date(2026, 11, 22)
WRITTEN = date(2022, 2, 2)  # a Wednesday


@pytest.fixture(scope="session")
def loaded() -> Lexicon:
    return lexicon.load()


@pytest.fixture(scope="session")
def extractor(loaded: Lexicon) -> Extractor:
    return Extractor(lexicon=loaded, today=TODAY)


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@dataclass(frozen=True, slots=True)
class Desk:
    """Reads texts as the pipeline does, and single steps of it."""

    lexicon: Lexicon
    extractor: Extractor
    parser: Parser
    finder: TimexFinder
    resolver: Resolver
    actor_finder: ActorFinder

    def read(self, text: str, *, edtf: str | None = None, month_day: tuple[int, int] | None = None) -> Reading:
        """The reading of a text; `edtf` or `month_day` is what its source states of its date."""
        stated = calendar.parse(edtf) if edtf else None
        return self.extractor.read(Article("one.txt", text, stated_date=stated, stated_month_day=month_day))

    def mentions(self, text: str, *, edtf: str = WRITTEN.isoformat()) -> Sequence[Mention]:
        """The acts that expressions in the text date; of an article written on Wednesday, 2 February 2022."""
        return [one for one in self.read(text, edtf=edtf).mentions if one.basis == "expression"]

    def mention(self, text: str, *, edtf: str = WRITTEN.isoformat()) -> Mention:
        """The one act that an expression in the text dates."""
        [one] = self.mentions(text, edtf=edtf)
        return one

    def timexes(self, text: str, dct: ArticleDate | None = None) -> list[Timex]:
        """The expressions of a text, read against that Wednesday."""
        blocks = layout.lay_out(text, self.lexicon.boilerplate.is_boilerplate)
        placed = narrative.place(text, blocks, self.finder.find(text))
        return narrative.resolve(text, placed, dct or known(WRITTEN), self.resolver)

    def sentence(self, text: str) -> Sentence:
        """The one sentence of a text, parsed."""
        [one] = self.parser.parse(text, [(0, Block(0, len(text), Part.BODY))])
        return one

    def named(self, text: str) -> list[Named]:
        """Who is named in a text."""
        return self.actor_finder.find(text)


@pytest.fixture(scope="session")
def desk(loaded: Lexicon, extractor: Extractor, parser: Parser) -> Desk:
    return Desk(
        loaded, extractor, parser, TimexFinder(loaded.timex), Resolver(loaded.timex), ActorFinder(loaded.actors)
    )  # fmt: skip


def known(day: date) -> ArticleDate:
    return ArticleDate(day, day, day)


def between(earliest: date, latest: date) -> ArticleDate:
    return ArticleDate(None, earliest, latest)
