"""How fast articles are dated and read, against the parser alone on the same words in the same run.

CPU seconds of this process; the median of several rounds. The words are those of seeds/, repeated with their paragraphs shuffled.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app import lexicon
from app.core.model import Article, ArticleDate
from app.extract import layout, narrative
from app.extract.actors import ActorFinder
from app.extract.dating import ArticleDater
from app.extract.document import Parser
from app.extract.layout import Part
from app.extract.pipeline import Extractor
from app.extract.resolve import Resolver
from app.extract.timex import TimexFinder

SEEDS = Path(__file__).parents[2] / "seeds"
TODAY = date(2026, 11, 22)
ARTICLES, ROUNDS = 40, 5


def texts() -> list[str]:
    """Articles of about 330 words each."""
    chance = random.Random(1)
    bodies = [path.read_text(encoding="utf-8").split("+++", 2)[-1] for path in sorted(SEEDS.glob("*.txt"))]
    shuffled = []
    for number in range(ARTICLES):
        paragraphs = bodies[number % len(bodies)].strip().split("\n\n")
        head, rest = paragraphs[:1], paragraphs[1:]
        chance.shuffle(rest)
        shuffled.append("\n\n".join(head + rest))
    return shuffled


def cpu_seconds(work: Callable[[], object]) -> float:
    """The median CPU time of `work` over the rounds, after one that is not counted."""
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main() -> None:
    """Prints words per CPU second and the ratio to the parser's."""
    articles = texts()
    words = sum(len(text.split()) for text in articles)
    lex = lexicon.load()
    parser, extractor = Parser(), Extractor(lexicon=lex, today=TODAY)
    finder, resolver = TimexFinder(lex.timex), Resolver(lex.timex)
    actors, dater = ActorFinder(lex.actors), ArticleDater(lex.actors, resolver, today=TODAY)

    def parse() -> None:
        for text in articles:
            blocks = layout.lay_out(text, lex.boilerplate.is_boilerplate)
            parser.parse(text, [(n, block) for n, block in enumerate(blocks) if block.part is Part.BODY])

    def dating() -> None:
        for text in articles:
            blocks = layout.lay_out(text, lex.boilerplate.is_boilerplate)
            placed = narrative.place(text, blocks, finder.find(text))
            dct: ArticleDate = dater.infer(Article("a", text), text, blocks, placed, actors.find(text))
            narrative.resolve(text, placed, dct, resolver)

    def reading() -> None:
        for text in articles:
            extractor.read(Article("a", text))

    base = cpu_seconds(parse)
    print(f"{len(articles)} articles, {words} words, median of {ROUNDS} rounds")
    for name, seconds in (
        ("parse alone", base),
        ("dating alone", cpu_seconds(dating)),
        ("whole reading", cpu_seconds(reading)),
    ):
        print(f"{name:14} {words / seconds:9.0f} words per CPU second, {base / seconds:5.2f} x the parse")


if __name__ == "__main__":
    main()
