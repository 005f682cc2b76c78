"""How an answer was made: `X-Explain: 1`."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from graph_api.cypher.dialect import Engine
from graph_api.serve.execution.context import RUNTIME
from graph_api.serve.execution.explain import EXPLANATIONS, Explanation
from tests.programs import Server, serving
from tests.toy.fixtures import Graph

OPERATION = (
    "query ($first: Int) { organizations(first: $first) { nodes { key } } other: events { totalCount } }"
)
BODY = {"query": OPERATION, "variables": {"first": 2}}


def post(server: Server, headers: dict[str, str]) -> httpx.Response:
    return httpx.post(f"{server.address}graphql", json=BODY, headers=headers)


def test_each_root_field_is_explained_when_asked(service: Server) -> None:
    answer: dict[str, Any] = post(service, {"X-Explain": "1"}).json()
    explained = answer["extensions"]["explain"]
    assert list(explained) == ["organizations", "other"]
    for field in explained.values():
        assert field["cypher"].startswith("RETURN ")
        assert field["compiled"] is True
        assert list(field["milliseconds"]) == ["plan", "database", "shape"]
        assert "dbHits" not in field
    assert explained["organizations"]["parameters"] == ["p0"]
    assert len(answer["data"]["organizations"]["nodes"]) == 2


def test_nothing_is_explained_unasked(service: Server) -> None:
    assert "explain" not in post(service, {}).json().get("extensions", {})


def test_a_server_in_production_refuses(service: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("production")
    with serving("--data", data, "--without-demo", settings={"NET4U_MODE": "production"}) as server:
        server.wait_until_ready()
        refused = post(server, {"X-Explain": "1"})
        answered = post(server, {})
    assert refused.status_code == 403
    assert "development" in refused.text
    assert answered.status_code == 200


async def test_hits_are_counted_where_the_engine_counts_them(seeded_graph: Graph, engine: Engine) -> None:
    explanations: dict[str, Explanation] = {}
    context = {RUNTIME: seeded_graph.runtime, EXPLANATIONS: explanations}
    await seeded_graph.runtime.schema.strawberry.execute(
        '{ country(key: "KEN") { name } }', context_value=context
    )
    hits = explanations["country"].hits
    if engine is Engine.NEO4J:
        assert hits is not None
        assert 0 < hits < 10
    else:
        assert hits is None
