"""Lines of the log that are written together: all of them, in their order, at the latest when the loop has run what waits."""

import asyncio
import io
import logging

import pytest

from app.api.logs import Text, Together


class Stream(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.writes: list[int] = []

    def write(self, text: str) -> int:
        self.writes.append(text.count("\n"))
        return super().write(text)


@pytest.fixture
def stream() -> Stream:
    return Stream()


@pytest.fixture
def logger(stream: Stream) -> logging.Logger:
    logger = logging.Logger("test")
    handler = Together(stream)
    handler.setFormatter(Text())
    logger.addHandler(handler)
    return logger


def told(stream: Stream) -> list[str]:
    return [line.split()[-1] for line in stream.getvalue().splitlines()]


def test_outside_a_loop_each_line_goes_out_at_once(stream: Stream, logger: logging.Logger) -> None:
    logger.info("one")
    assert told(stream) == ["one"]
    logger.info("two")
    assert stream.writes == [1, 1]


def test_what_one_turn_of_the_loop_tells_is_written_once(stream: Stream, logger: logging.Logger) -> None:
    async def tell() -> None:
        for name in ("one", "two", "three"):
            logger.info(name)
        assert told(stream) == []
        await asyncio.sleep(0)
        assert stream.writes == [3]
        logger.info("four")
        await asyncio.sleep(0)

    asyncio.run(tell())
    assert told(stream) == ["one", "two", "three", "four"] and stream.writes == [3, 1]


def test_an_error_and_a_thread_do_not_wait(stream: Stream, logger: logging.Logger) -> None:
    async def tell() -> None:
        logger.info("one")
        logger.error("two")
        assert told(stream) == ["one", "two"]
        logger.info("three")
        await asyncio.to_thread(logger.info, "four")
        assert told(stream) == ["one", "two", "three", "four"]

    asyncio.run(tell())


def test_what_a_loop_left_behind_goes_out_with_the_next(stream: Stream, logger: logging.Logger) -> None:
    loop = asyncio.new_event_loop()
    loop.call_soon(logger.info, "one")
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()
    assert told(stream) == []

    async def tell() -> None:
        logger.info("two")
        await asyncio.sleep(0)

    asyncio.run(tell())
    assert told(stream) == ["one", "two"]


def test_what_is_left_at_the_end_is_written(stream: Stream, logger: logging.Logger) -> None:
    async def tell() -> None:
        logger.info("one")
        logger.handlers[0].close()
        logger.handlers[0].flush()

    asyncio.run(tell())
    assert told(stream) == ["one"]
