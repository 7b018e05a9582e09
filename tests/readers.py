"""Stand-ins for the extractor: quick, and simple enough to say beforehand what they find."""

import re
from dataclasses import dataclass, field, replace

from app.core import calendar
from app.core.model import Article, ArticleDate, Basis, Reading, Rejected, Timex
from tests import factories

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class IsoReader:
    """Finds every ISO day; each is an act's date where the text says that somebody met. Counts what it was given.

    A text that says "explode" makes it fail as no text should.
    """

    articles: list[Article] = field(default_factory=list)

    def __call__(self) -> "IsoReader":
        return self

    def read(self, article: Article, *, undated: bool = False) -> Reading:
        self.articles.append(article)
        if "explode" in article.text:
            raise RuntimeError("a bug")
        timexes = tuple(_timex(found) for found in _DAY.finditer(article.text))
        dated = [factories.mention(timex.value) for timex in timexes] if "met" in article.text else []
        acts = [*dated, replace(factories.mention(None), basis=Basis.NONE)] if undated else dated
        stated = article.stated_date.first_day if article.stated_date else None
        rejected = tuple(
            Rejected(factories.mention().clause, "the verb tells no act") for timex in timexes if not dated
        )
        return Reading(ArticleDate(best=stated, earliest=stated, latest=stated), timexes, tuple(acts), rejected)


def _timex(found: re.Match[str]) -> Timex:
    return Timex(found.start(), found.end(), found[0], "DATE", found[0], calendar.parse(found[0]), "iso-day")
