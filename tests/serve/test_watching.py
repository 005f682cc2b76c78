"""A served request leaves what it should: figures, spans and lines of the log."""

from __future__ import annotations

import io
import json

import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.observe import logs
from graph_api.settings import settings_from
from tests.observe.collector import collecting
from tests.serve.served import FILMS, served
from tests.toy.fixtures import Graph

TRACE = "0af7651916cd43dd8448eb211c80319c"


async def test_requests_are_counted(store: BoltStore, toy: Graph) -> None:
    async with served(store) as server:
        await server.post(FILMS)
        await server.post(FILMS)
        await server.post("{ films { nodes { ...")
        figures = (await server.client.get("/metrics")).text

    lines = dict(line.rsplit(" ", 1) for line in figures.splitlines() if not line.startswith("#"))
    assert float(lines['graph_field_seconds_count{field="films"}']) == 1
    assert float(lines['graph_cache_lookups_total{cache="response",result="hit"}']) == 1
    assert float(lines['graph_errors_total{code="GRAPHQL_PARSE_FAILED"}']) == 1
    assert float(lines['graph_requests_total{status="200",transport="http"}']) >= 3


async def test_an_operation_and_its_statement_are_spans_of_the_clients_trace(
    store: BoltStore, toy: Graph
) -> None:
    with collecting() as collector:
        async with served(store, traces=collector.address) as server:
            await server.post(FILMS, traceparent=f"00-{TRACE}-b7ad6b7169203331-01")
            await server.api.runtime.traces.close()
        spans = [each for each in collector.spans if each.trace_id == TRACE]

    statement = next(each for each in spans if "db.query.text" in each.attributes)
    operation = next(each for each in spans if "graphql.operation.type" in each.attributes)
    assert statement.parent_id == operation.span_id
    assert "MATCH" in str(statement.attributes["db.query.text"])


async def test_a_slow_statement_is_logged_with_its_cypher_under_the_requests_id(
    store: BoltStore, toy: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    async with served(store, slow_seconds=1e-9, cache_megabytes=0) as server:
        logs.configure(settings_from({"log_format": "json"}), written)
        await server.post(FILMS, x_request_id="slow-1")

    slow = [json.loads(line) for line in written.getvalue().splitlines()]
    found = next(line for line in slow if line["event"] == "slow statement" and "Film" in line["cypher"])
    assert found["request_id"] == "slow-1"
    assert found["milliseconds"] > 0
