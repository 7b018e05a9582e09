"""Articles to measure with: the paragraphs of seeds/, put together anew."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"


def shuffled(count: int) -> list[str]:
    """Articles of about 330 words each: a seed's own title and its other paragraphs in some order."""
    chance = random.Random(1)
    bodies = _bodies()
    articles = []
    for number in range(count):
        head, *rest = bodies[number % len(bodies)]
        chance.shuffle(rest)
        articles.append("\n\n".join([head, *rest]))
    return articles


def generated(count: int) -> Iterator[str]:
    """Articles of about 100 words, no two alike: other figures in each, and words that no other has."""
    chance = random.Random(1)
    paragraphs = [paragraph for body in _bodies() for paragraph in body]

    def figures(found: re.Match[str]) -> str:
        return str(chance.randrange(10 ** len(found.group())))

    for number in range(count):
        chosen = chance.sample(paragraphs, 3)
        yield "\n\n".join([*(re.sub(r"\d+", figures, one) for one in chosen), f"Envoy Qz{number:x} saw Xw{number:x}."])


def _bodies() -> list[list[str]]:
    """The paragraphs of each seed."""
    texts = (path.read_text(encoding="utf-8").split("+++", 2)[-1] for path in sorted(SEEDS.glob("*.txt")))
    return [text.strip().split("\n\n") for text in texts]
