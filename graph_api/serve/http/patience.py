"""Waiting no longer than some seconds, where most of what is waited for is there already."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import TypeVar

Result = TypeVar("Result")


@coroutine
def within(seconds: float, work: Coroutine[object, object, Result]) -> Generator[object, object, Result]:
    """What a coroutine gives; raises ``TimeoutError`` when it waits for longer than so many seconds.

    As ``asyncio.timeout``, whose timer costs half as much as a cached answer: here one is made only when
    the coroutine has to wait at all.
    """
    try:
        awaited = work.send(None)
    except StopIteration as done:
        found: Result = done.value
        return found
    return (yield from _timed(seconds, work, awaited).__await__())


async def _timed(seconds: float, work: Coroutine[object, object, Result], awaited: object) -> Result:
    async with asyncio.timeout(seconds):
        return await _rest(work, awaited)


@coroutine
def _rest(work: Coroutine[object, object, Result], awaited: object) -> Generator[object, object, Result]:
    """The rest of a coroutine that was begun and waits for something."""
    while True:
        try:
            try:
                sent = yield awaited
            except BaseException as error:  # noqa: BLE001  # whatever ends the waiting is the work's to see
                awaited = work.throw(error)
            else:
                awaited = work.send(sent)
        except StopIteration as done:
            found: Result = done.value
            return found
