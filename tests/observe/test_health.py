"""Whether the database can answer, asked as seldom as possible."""

from __future__ import annotations

import asyncio

import pytest

from graph_api.changes.version import DEFINITIONS, raise_version
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import ConnectionSettings
from graph_api.engine.definitions import Definition, UniqueKey, apply_definitions
from graph_api.observe.health import HealthCheck
from tests.programs import free_port

NEEDED: tuple[Definition, ...] = (*DEFINITIONS, UniqueKey("Healthy", "key"))


async def test_a_graph_that_can_answer(empty_store: BoltStore) -> None:
    await apply_definitions(empty_store, NEEDED)
    before = await HealthCheck(empty_store, NEEDED).check()
    await empty_store.write([raise_version(), raise_version()])

    after = await HealthCheck(empty_store, NEEDED).check()

    assert (before.http_status, before.body()) == (200, {"status": "ready"})
    assert (after.http_status, after.body()) == (200, {"status": "ready", "version": 2})


async def test_a_database_without_a_key(empty_store: BoltStore) -> None:
    needed = (*NEEDED, UniqueKey("NobodyMadeThis", "key"))
    check = HealthCheck(empty_store, needed, seconds=0)

    before = await check.check()
    await apply_definitions(empty_store, needed)
    after = await check.check()

    assert (before.http_status, before.code) == (503, "MISSING_DEFINITIONS")
    assert "NobodyMadeThis" not in str(before.body())
    assert after.http_status == 200


async def test_nothing_answers(store: BoltStore) -> None:
    nowhere = BoltStore(ConnectionSettings(f"bolt://127.0.0.1:{free_port()}"), store.dialect)

    found = await HealthCheck(nowhere, NEEDED).check()
    await nowhere.close()

    assert (found.http_status, found.body()) == (
        503,
        {"status": "unavailable", "code": "DATABASE_UNREACHABLE"},
    )


async def test_many_who_ask_are_one_question(store: BoltStore, statements: list[Statement]) -> None:
    await apply_definitions(store, NEEDED)
    check = HealthCheck(store, NEEDED, seconds=3600)
    statements.clear()

    found = await asyncio.gather(*(check.check() for _ in range(20)))

    assert all(each is found[0] for each in found)
    assert len([each for each in statements if "GraphVersion" in each.text]) == 1


async def test_definitions_are_looked_for_now_and_then(store: BoltStore, statements: list[Statement]) -> None:
    await apply_definitions(store, NEEDED)
    check = HealthCheck(store, NEEDED, seconds=0)
    statements.clear()

    await check.check()
    first = len(statements)
    await check.check()

    assert (first, len(statements)) == (3, 4)


async def test_who_stops_waiting_leaves_the_check_to_others(store: BoltStore) -> None:
    await apply_definitions(store, NEEDED)
    check = HealthCheck(store, NEEDED)
    given_up = asyncio.create_task(check.check())
    await asyncio.sleep(0)

    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up

    assert (await check.check()).http_status == 200
