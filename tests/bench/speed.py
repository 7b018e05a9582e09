"""Words per CPU second of the dating path and of the whole reading, against the parser alone in the same run."""

import statistics
import time
from collections.abc import Callable, Mapping

from app import lexicon
from app.core.model import Article
from app.extract import layout
from app.extract.document import Parser
from app.extract.layout import Part
from app.extract.pipeline import Extractor
from tests.bench import articles
from tests.bench.path import TODAY, DatingPath

ARTICLES, ROUNDS = 40, 5


def report() -> None:
    """Prints words per CPU second and the ratio to the parser's, medians of several rounds."""
    texts = articles.shuffled(ARTICLES)
    words = sum(len(text.split()) for text in texts)
    rounds = cpu_seconds(_works(texts))
    print(f"{len(texts)} articles, {words} words, median of {ROUNDS} rounds")
    for name in rounds[0]:
        speed = statistics.median(words / one[name] for one in rounds)
        ratio = statistics.median(one["parse alone"] / one[name] for one in rounds)
        print(f"{name:14} {speed:9.0f} words per CPU second, {ratio:5.2f} x the parse")


def _works(texts: list[str]) -> dict[str, Callable[[], object]]:
    """The parse of the body, the dating path, and all that the program does with an article."""
    lex = lexicon.load()
    parser, extractor, path = Parser(), Extractor(lexicon=lex, today=TODAY), DatingPath(lex)

    def parse() -> None:
        for text in texts:
            blocks = layout.lay_out(text, lex.boilerplate.is_boilerplate)
            parser.parse(text, [(n, block) for n, block in enumerate(blocks) if block.part is Part.BODY])

    def date() -> None:
        for text in texts:
            path.read(text)

    def read() -> None:
        for text in texts:
            extractor.read(Article("a", text))

    return {"parse alone": parse, "dating alone": date, "whole reading": read}


def cpu_seconds(works: Mapping[str, Callable[[], object]]) -> list[dict[str, float]]:
    """CPU time of each work, round by round: all take turns, since a machine's pace changes from minute to minute."""
    rounds = []
    for _ in range(ROUNDS + 1):
        taken = {}
        for name, work in works.items():
            start = time.process_time()
            work()
            taken[name] = time.process_time() - start
        rounds.append(taken)
    return rounds[1:]  # the first warms up
