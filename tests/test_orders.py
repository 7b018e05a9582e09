"""The events do not depend on the order in which their mentions came: 200 random orders of the seeds and of generated news."""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from app import lexicon
from app.core import cells, matching
from app.core.likeness import Verdict
from app.core.model import Article, EventDraft, Mention, StoredMention
from app.extract.pipeline import Extractor
from app.sources import registry
from tests.bench.merging import news

SEEDS = Path(__file__).parents[1] / "seeds"
ORDERS = 200


def of_seeds() -> list[StoredMention]:
    extractor = Extractor(lexicon=lexicon.load(), today=date(2026, 11, 22))
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        for article in registry.read(path, base=SEEDS):
            assert isinstance(article, Article)
            mentions = extractor.read(article).mentions
            found += [StoredMention(article.key, article.outlet, one) for one in mentions if one.span]
    return found


def generated() -> list[StoredMention]:
    return [
        StoredMention(article.key, article.outlet, mention)
        for article, reading in news(300)
        for mention in reading.mentions
    ]


def components(mentions: Sequence[StoredMention]) -> list[list[StoredMention]]:
    """The sets that `cluster` is handed: whatever candidates hold together."""
    return [[mentions[place] for place in part] for part in cells.components(mentions, matching.candidates)]


def events(parts: Iterable[Sequence[StoredMention]]) -> dict[object, EventDraft]:
    """The events of components by the smallest key of their mentions."""
    drafts = [draft for component in parts for draft in matching.cluster(component)]
    return {min(one.key for one in draft.mentions): draft for draft in drafts}


@pytest.mark.parametrize("corpus", [of_seeds, generated])
def test_no_order_of_the_mentions_makes_other_events(
    corpus: Callable[[], list[StoredMention]], monkeypatch: pytest.MonkeyPatch
) -> None:
    mentions = corpus()
    by_id = {id(one.mention): one.mention for one in mentions}
    compare, candidates = matching.compare, matching.candidates

    @cache  # the rule is pure: each pair is judged once, so that only the order matters here
    def judged(a: int, b: int) -> Verdict:
        return compare(by_id[a], by_id[b])

    @cache
    def met(a: int, b: int) -> bool:
        return candidates(stored[a], stored[b])

    def quick(a: Mention, b: Mention) -> Verdict:
        return judged(id(a), id(b))

    stored = {id(one): one for one in mentions}
    monkeypatch.setattr(matching, "compare", quick)
    monkeypatch.setattr(matching, "candidates", lambda a, b: met(id(a), id(b)))
    parts = components(mentions)
    expected = events(parts)
    assert 1 < len(expected) < len(mentions)
    rng = random.Random(1)
    for _ in range(ORDERS):
        assert events(rng.sample(one, len(one)) for one in rng.sample(parts, len(parts))) == expected
    assert sorted(map(len, components(rng.sample(mentions, len(mentions))))) == sorted(map(len, parts))
