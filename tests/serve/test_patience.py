"""Waiting with an end: what is there is given at once, what is not is waited for, and no longer."""

from __future__ import annotations

import asyncio

import pytest

from graph_api.serve.http.patience import within


async def of(*steps: asyncio.Future[int]) -> int:
    """The sum of what comes, one after the other."""
    return sum([await step for step in steps])


def coming(number: int | None) -> asyncio.Future[int]:
    """A number that is there in a moment; without one, it never comes."""
    found = asyncio.get_running_loop().create_future()
    if number is not None:
        asyncio.get_running_loop().call_soon(found.set_result, number)
    return found


def here(number: int) -> asyncio.Future[int]:
    found = asyncio.get_running_loop().create_future()
    found.set_result(number)
    return found


async def test_what_is_there_is_given_without_a_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(asyncio, "timeout")

    assert await within(1, of(here(1), here(2))) == 3


async def test_what_comes_in_time_is_waited_for_step_by_step() -> None:
    assert await within(60, of(coming(1), here(2), coming(3))) == 6


async def test_what_never_comes_is_given_up() -> None:
    waiting = coming(None)

    with pytest.raises(TimeoutError):
        await within(0.01, of(coming(1), waiting))

    assert waiting.cancelled()


async def test_an_error_comes_through() -> None:
    async def failing() -> None:
        await coming(1)
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await within(60, failing())


async def test_what_the_work_makes_of_an_error_is_what_it_gives() -> None:
    failed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(failed.set_exception, LookupError("gone"))

    async def patient() -> int:
        try:
            return await failed
        except LookupError:
            return await coming(4)

    assert await within(60, patient()) == 4


async def test_whoever_is_cancelled_while_waiting_is_cancelled_and_not_late() -> None:
    waiting = coming(None)
    asked = asyncio.ensure_future(of(waiting))
    task = asyncio.create_task(_awaited(asked))
    await asyncio.sleep(0)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert waiting.cancelled()


async def _awaited(asked: asyncio.Future[int]) -> int:
    async def inner() -> int:
        return await asked

    return await within(60, inner())
