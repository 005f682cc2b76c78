"""Who may write when."""

from __future__ import annotations

import asyncio

import pytest

from graph_api.engine.writers import WriterGate
from graph_api.errors import DatabaseError


async def most_inside_at_once(gate: WriterGate) -> int:
    inside = most = 0

    async def write() -> None:
        nonlocal inside, most
        async with gate.enter():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(write() for _ in range(5)))
    return most


@pytest.mark.parametrize(("one_writer", "most"), [(True, 1), (False, 5)])
async def test_how_many_write_at_once(one_writer: bool, most: int) -> None:
    assert await most_inside_at_once(WriterGate(one_writer=one_writer)) == most


@pytest.mark.parametrize("one_writer", [True, False])
async def test_a_task_does_not_enter_twice_at_once(one_writer: bool) -> None:
    gate = WriterGate(one_writer=one_writer)

    async with gate.enter():
        with pytest.raises(DatabaseError):
            async with gate.enter():
                pass
    async with gate.enter():
        pass


async def test_an_error_inside_gives_the_turn_back() -> None:
    gate = WriterGate(one_writer=True)

    with pytest.raises(LookupError):
        async with gate.enter():
            raise LookupError

    assert await most_inside_at_once(gate) == 1
