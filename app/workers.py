"""Reads articles one by one here, or several at once in processes of their own; either way they come back in their order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from threading import Lock
from typing import TypeVar

from app.core.model import Article, Reading
from app.errors import SourceError
from app.ingest import Reads, attempt

T = TypeVar("T")
_WAITING = 4  # articles that wait for each process: enough to keep it busy, few enough to hold in memory

Answer = Reading | SourceError | None
Reader = Callable[[Iterable[T]], Iterator[tuple[T, Answer]]]
"""Hands back each item with what was read in it; None for an item that is no article."""

_extractor: Reads  # of a worker process: built once in it, by `_begin`


def one_by_one(
    items: Iterable[T], *, extractor: Callable[[], Reads], undated: bool = False
) -> Iterator[tuple[T, Answer]]:
    """Each item with its reading, read when it is asked for."""
    for item in items:
        yield item, _attempt(item, extractor, undated) if isinstance(item, Article) else None


def in_turn(read: Callable[[Iterable[T]], Iterable[tuple[T, Answer]]]) -> Reader[T]:
    """The same reader for many threads: they read one item at a time, since the parser is not made for several."""
    lock = Lock()

    def one_at_a_time(items: Iterable[T]) -> Iterator[tuple[T, Answer]]:
        for item in items:
            with lock:
                found = list(read([item]))
            yield from found

    return one_at_a_time


def at_once(
    items: Iterable[T], *, build: Callable[[], Reads], workers: int, undated: bool = False
) -> Iterator[tuple[T, Answer]]:
    """Each item with its reading, in order, read by that many processes. `build` is called once in each and must be picklable."""
    waiting: deque[tuple[T, Future[Answer] | None]] = deque()
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(build,)) as pool:
        for item in items:
            future = pool.submit(_read_here, item, undated) if isinstance(item, Article) else None
            waiting.append((item, future))
            if len(waiting) > _WAITING * workers:
                yield _answered(*waiting.popleft())
        while waiting:
            yield _answered(*waiting.popleft())


def _begin(build: Callable[[], Reads]) -> None:
    global _extractor
    _extractor = build()


def _read_here(article: Article, undated: bool) -> Answer:
    return _attempt(article, lambda: _extractor, undated)


def _attempt(article: Article, extractor: Callable[[], Reads], undated: bool) -> Reading | SourceError:
    return attempt(lambda: extractor().read(article, undated=undated), name=article.key)


def _answered(item: T, future: "Future[Answer] | None") -> tuple[T, Answer]:
    if future is None:
        return item, None
    name = item.key if isinstance(item, Article) else ""
    return item, attempt(partial(future.result), name=name)
