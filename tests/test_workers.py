import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from app import workers
from app.core.model import Article
from app.errors import SourceError
from tests.readers import IsoReader

ITEMS = [Article("a", "On 2022-01-26 they met."), "no article", Article("b", "explode"), Article("c", "On 2022-01-28.")]


def several(items, count=2):
    return list(workers.at_once(items, build=IsoReader, workers=count))


def test_each_item_comes_back_in_order_with_what_was_read_in_it():
    read = list(workers.one_by_one(ITEMS, extractor=IsoReader()))
    assert [item for item, _ in read] == ITEMS
    assert read[1][1] is None
    assert isinstance(read[2][1], SourceError)
    assert [len(answer.mentions) for _, answer in (read[0], read[3])] == [1, 0]


def test_several_processes_read_what_one_reads_in_the_same_order():
    alone = list(workers.one_by_one(ITEMS, extractor=IsoReader()))
    together = several(ITEMS)
    assert [item for item, _ in together] == ITEMS
    assert [answer for _, answer in together if not isinstance(answer, SourceError)] == [
        answer for _, answer in alone if not isinstance(answer, SourceError)
    ]
    assert str(together[2][1]) == str(alone[2][1])


def test_more_items_than_may_wait_all_come_back():
    items = [Article(str(number), "On 2022-01-26 they met.") for number in range(30)]
    assert [item.key for item, _ in several(items)] == [str(number) for number in range(30)]


def test_nothing_is_asked_of_the_items_before_it_is_wanted():
    def items():
        yield ITEMS[0]
        pytest.fail("the second item was taken though only one was asked for")

    item, _ = next(workers.one_by_one(items(), extractor=partial(IsoReader)()))
    assert item is ITEMS[0]


def test_threads_read_one_item_at_a_time():
    inside, most, start = 0, 0, Barrier(4)

    def read(items):
        nonlocal inside, most
        for item in items:
            inside += 1
            for _ in range(100):
                os.sched_yield()
                most = max(most, inside)
            yield item, None
            inside -= 1

    in_turn = workers.in_turn(read)

    def ask(number: int) -> list[tuple[int, None]]:
        start.wait()
        return list(in_turn(range(number, number + 3)))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(4)))
    assert found == [[(each, None) for each in range(number, number + 3)] for number in range(4)]
    assert most == 1
