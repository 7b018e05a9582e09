"""The dating path alone: what an article goes through up to its dated expressions, without the parser."""

from dataclasses import dataclass
from datetime import date

from app.core.model import Article, ArticleDate, Timex
from app.extract import layout, narrative, view
from app.extract.actors import ActorFinder, Named
from app.extract.dating import ArticleDater
from app.extract.layout import Block
from app.extract.resolve import Resolver
from app.extract.timex import TimexFinder
from app.lexicon import Lexicon

TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Dated:
    """What the path finds in a text; offsets refer to `text`, the normalised view."""

    text: str
    blocks: list[Block]
    actors: list[Named]
    dct: ArticleDate
    timexes: list[Timex]


class DatingPath:
    """The steps of `app.extract.pipeline` that date, built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._is_boilerplate = lexicon.boilerplate.is_boilerplate
        self._finder = TimexFinder(lexicon.timex)
        self._resolver = Resolver(lexicon.timex)
        self._actors = ActorFinder(lexicon.actors)
        self._dater = ArticleDater(lexicon.actors, self._resolver, today=TODAY)

    def read(self, given: str) -> Dated:
        """The article's date and its expressions resolved against it, with the blocks and names that this takes."""
        text = view.of(given).text
        blocks = layout.lay_out(text, self._is_boilerplate)
        placed = narrative.place(text, blocks, self._finder.find(text))
        actors = self._actors.find(text)
        dct = self._dater.infer(Article("a", given), text, blocks, placed, actors)
        return Dated(text, blocks, actors, dct, narrative.resolve(text, placed, dct, self._resolver))
