"""A dump is one state of the graph while others write, and they go on when it is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph_api.changes.version import raise_version
from graph_api.cypher.statement import Statement
from graph_api.dumps import dump as dump_module
from graph_api.dumps.dump import dump_graph
from graph_api.dumps.files import check_dump
from graph_api.engine import hold
from graph_api.engine.bolt import BoltStore
from graph_api.engine.hold import writers_held
from graph_api.errors import DatabaseConflictError, DatabaseTimeoutError
from tests.dumps.graphs import count, dumped, emptied, joined, silent, write_pairs
from tests.toy.ontology import TOY


@pytest.fixture
async def other(store: BoltStore) -> AsyncIterator[BoltStore]:
    """The same database, as another process sees it."""
    found = await joined(store)
    yield found
    await found.close()


async def test_a_dump_under_writes_is_one_state(store: BoltStore, other: BoltStore, tmp_path: Path) -> None:
    # given a graph that another process writes to all the time, two nodes and an edge at once
    await emptied(store)
    await store.write([raise_version()])
    written: list[int] = []
    await write_pairs(other, written, range(200))
    writer = asyncio.create_task(write_pairs(other, written, range(200, 100_000)))

    # when it is dumped, again and again
    try:
        for number in range(5):
            before = len(written)
            report = await dumped(store, tmp_path / "dump")
            header = report.header

            # then each dump holds whole transactions: all that its version has counted
            assert check_dump(report.path).header == header
            assert header.version is not None
            assert header.nodes["Odd"] == 2 * (header.version - 1)
            assert header.edges["LED_TO"] == header.version - 1
            assert header.version - 1 >= before
            # and the writer goes on
            while len(written) < before + 5 * (number + 1):
                assert not writer.done()
                await asyncio.sleep(0)
    finally:
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)


async def test_who_had_begun_before_may_commit_and_is_dumped(
    store: BoltStore, other: BoltStore, tmp_path: Path
) -> None:
    # given a transaction that has written and not committed
    await emptied(store)
    await store.write([raise_version()])
    async with other.transaction() as transaction:
        await transaction.run(Statement("CREATE (n:Odd {key: 'begun before'})"))
        await transaction.run(raise_version())

        # when a dump begins
        dumping = asyncio.create_task(dumped(store, tmp_path / "dump"))
        await asyncio.wait([dumping], timeout=0.3)

    # then it holds the state before or the one after, never half of each
    header = (await dumping).header
    assert (header.version, header.nodes.get("Odd", 0)) in {(1, 0), (2, 1)}


async def test_a_dump_that_takes_too_long_lets_writers_go_on(
    store: BoltStore, other: BoltStore, tmp_path: Path
) -> None:
    # given a dump that does not come to an end
    await emptied(store)
    await store.write([raise_version()])
    reading = asyncio.Event()

    def hang(label: str, done: int, total: int) -> None:
        reading.set()
        raise TimeoutError

    with pytest.raises(DatabaseTimeoutError, match="writers can go on"):
        await dump_graph(store, TOY, tmp_path / "dump", hang)

    # then there is no file, and nobody waits
    assert reading.is_set()
    assert list(tmp_path.iterdir()) == []
    await other.write([raise_version()])


async def test_a_graph_that_never_stands_still_is_not_dumped(
    store: BoltStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given one that writes without waiting, as none of ours does
    await emptied(store)
    states = iter(range(1000))

    async def another(run: object) -> int:
        return next(states)

    monkeypatch.setattr(dump_module, "state", another)
    monkeypatch.setattr(dump_module, "_write_state", _nothing)

    with pytest.raises(DatabaseConflictError, match="each of 5 attempts"):
        await dump_graph(store, TOY, tmp_path / "dump", silent)
    assert next(states) == 10
    assert list(tmp_path.iterdir()) == []


async def _nothing(*_given: object) -> None:
    """Read nothing."""


async def test_held_writers_wait_and_then_write(embedded_store: BoltStore) -> None:
    # given an engine that does not lock, and two processes on it
    await emptied(embedded_store)
    second = await joined(embedded_store)
    try:
        async with writers_held(embedded_store):
            # when somebody writes during a hold
            writer = asyncio.create_task(second.write([Statement("CREATE (n:Odd {key: 'late'})")]))
            await asyncio.wait([writer], timeout=0.5)

            # then it waits, and a second holder does not
            assert not writer.done()
            async with writers_held(second):
                assert await count(embedded_store) == 2
        await writer
        assert await count(embedded_store) == 1
    finally:
        await second.close()


async def test_a_hold_whose_holder_was_killed_ends(
    embedded_store: BoltStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a hold that nobody renews
    await emptied(embedded_store)
    monkeypatch.setattr(hold, "_SECONDS", 1.0)
    await hold._write(embedded_store, hold.hold("killed"))

    # when somebody writes
    await embedded_store.write([Statement("CREATE (n:Odd {key: 'free'})")])

    # then it was its end that let them
    assert not hold.is_held(await embedded_store.read(hold.held_until()))


async def test_a_hold_is_renewed_while_it_lasts(
    embedded_store: BoltStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await emptied(embedded_store)
    monkeypatch.setattr(hold, "_RENEWED_EVERY", 0.05)
    until = Statement(f"MATCH (h:{hold.LABEL}) RETURN h.until")

    async with writers_held(embedded_store):
        [[first]] = await embedded_store.read(until)
        async with asyncio.timeout(20):
            while (await embedded_store.read(until))[0][0] == first:
                await asyncio.sleep(0.01)

    assert await embedded_store.read(until) == []
