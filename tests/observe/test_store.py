"""Every statement is counted, timed, traced, and logged when it is slow or fails; values are told nobody."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import cast

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseError
from graph_api.observe import logs
from graph_api.observe.metrics import Metrics
from graph_api.observe.store import ObservedStore
from graph_api.observe.traces import Traces
from graph_api.settings import LogFormat, settings_from
from tests.observe.collector import collecting
from tests.observe.exposition import samples

SECRET = "somebody-s-name"
READ = Statement("UNWIND $names AS name RETURN name", {"names": [SECRET], "also": 1})
WRITE = Statement("MERGE (n:Observed {key: $key})", {"key": SECRET})
BROKEN = Statement("MATCH (n:Observed RETURN $key", {"key": SECRET})
NEVER = settings_from({"slow_seconds": 3600})
ALWAYS = settings_from({"slow_seconds": 1e-9})


@pytest.fixture
def metrics() -> Metrics:
    return Metrics([], engine="embedded", pool_size=1)


def count(metrics: Metrics, name: str, *labels: str) -> float:
    return samples(metrics.render("")[0].decode()).get((name, labels), 0.0)


@contextmanager
def log() -> Iterator[StringIO]:
    """What the store's own logger writes meanwhile."""
    written = StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    logs.configure(settings_from({"log_format": LogFormat.JSON}), written)
    try:
        yield written
    finally:
        root.handlers = handlers
        root.setLevel(level)


def lines(written: StringIO) -> list[dict[str, object]]:
    found = [cast("dict[str, object]", json.loads(line)) for line in written.getvalue().splitlines()]
    return [line for line in found if line["logger"] == "graph_api.observe.store"]


async def test_it_is_a_store_like_the_one_within(store: BoltStore, metrics: Metrics) -> None:
    observed: Store = ObservedStore(store, NEVER, metrics, Traces())

    assert observed.dialect is store.dialect
    assert await observed.read(READ) == [[SECRET]]
    assert (await observed.profile(READ)).rows == [[SECRET]]
    await observed.write([WRITE, WRITE])
    async with observed.transaction() as transaction:
        assert await transaction.run(
            Statement("MATCH (n:Observed {key: $key}) RETURN n.key", WRITE.parameters)
        )
    await observed.verify()

    for kind, times in (("read", 1), ("profile", 1), ("write", 2)):
        assert count(metrics, "graph_statement_seconds_count", kind) == times
    assert count(metrics, "graph_statements_running") == 0


async def test_a_slow_statement_is_logged_without_its_values(store: BoltStore, metrics: Metrics) -> None:
    observed = ObservedStore(store, ALWAYS, metrics, Traces())

    with log() as written, logs.request("abc"):
        await observed.read(READ)
        await observed.write([WRITE, READ, WRITE])

    first, second = lines(written)
    assert isinstance(first.pop("milliseconds"), float)
    assert str(first.pop("timestamp"))
    assert first == {
        "level": "warning",
        "logger": "graph_api.observe.store",
        "event": "slow statement",
        "kind": "read",
        "parameters": ["also", "names"],
        "cypher": READ.text,
        "request_id": "abc",
    }
    assert second["cypher"] == f"{WRITE.text};\n{READ.text}"
    assert SECRET not in written.getvalue()


async def test_a_fast_statement_is_not_logged(store: BoltStore, metrics: Metrics) -> None:
    observed = ObservedStore(store, NEVER, metrics, Traces())

    with log() as written:
        await observed.read(READ)

    assert lines(written) == []


async def test_a_failure_is_counted_and_logged_by_its_codes(store: BoltStore, metrics: Metrics) -> None:
    observed = ObservedStore(store, NEVER, metrics, Traces())

    with log() as written, pytest.raises(DatabaseError):
        await observed.read(BROKEN)

    [line] = lines(written)
    assert (line["event"], line["code"], line["cypher"]) == (
        "statement failed",
        "DATABASE_FAILED",
        BROKEN.text,
    )
    assert str(line["database_code"]).startswith("Neo.ClientError.Statement.")
    assert SECRET not in written.getvalue()
    assert count(metrics, "graph_statement_errors_total", "DATABASE_FAILED") == 1
    assert count(metrics, "graph_statement_seconds_count", "read") == 1
    assert count(metrics, "graph_statements_running") == 0


async def test_a_failure_within_a_transaction_is_the_statement_s(store: BoltStore, metrics: Metrics) -> None:
    observed = ObservedStore(store, NEVER, metrics, Traces())

    async def write() -> None:
        async with observed.transaction() as transaction:
            await transaction.run(WRITE)
            await transaction.run(BROKEN)

    with pytest.raises(DatabaseError):
        await write()

    assert count(metrics, "graph_statement_seconds_count", "write") == 2
    assert count(metrics, "graph_statement_errors_total", "DATABASE_FAILED") == 1


async def test_who_gives_up_is_counted_as_that(store: BoltStore, metrics: Metrics) -> None:
    observed = ObservedStore(store, NEVER, metrics, Traces())
    asking = asyncio.create_task(observed.read(READ))
    await asyncio.sleep(0)
    running = count(metrics, "graph_statements_running")

    asking.cancel()
    with log() as written, pytest.raises(asyncio.CancelledError):
        await asking

    assert (running, count(metrics, "graph_statements_running")) == (1, 0)
    assert count(metrics, "graph_statement_errors_total", "CANCELLED") == 1
    assert lines(written) == []


async def test_statements_are_traced_with_their_text_alone(
    store: BoltStore, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with collecting() as collector:
        traces = Traces.of(settings_from({"traces": collector.address}))
        observed = ObservedStore(store, NEVER, metrics, traces)
        with traces.operation("query", None, "{ a }"):
            await observed.read(READ)
            with pytest.raises(DatabaseError):
                await observed.read(BROKEN)
        await traces.close()

    read, broken, operation = collector.spans
    assert {read.parent_id, broken.parent_id} == {operation.span_id}
    assert read.attributes == {
        "db.system.name": str(store.dialect.engine),
        "db.operation.name": "read",
        "db.query.text": READ.text,
    }
    assert broken.attributes["error.type"] == "DATABASE_FAILED"
    assert all(SECRET.encode() not in body for _, body in collector.requests)
