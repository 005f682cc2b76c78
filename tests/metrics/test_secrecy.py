"""What a viewer may not see never counts: their values are those of a graph from which it was deleted."""

from __future__ import annotations

import pytest

from graph_api.changes.version import raise_version, set_restricted
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.metrics.declare import MeasuredDeclaration, measured_of
from graph_api.metrics.names import METRICS
from graph_api.serve.declared import Declared
from graph_api.serve.runtime import runtime_of
from tests.toy.fixtures import Graph, Json
from tests.visibility.domain import (
    ARCHIVE,
    FILL,
    Author,
    BasedOn,
    Contradicts,
    HelpedBy,
    Informant,
    Report,
    Role,
)

MEASURED = measured_of(
    MeasuredDeclaration(
        "metrics",
        "Metrics",
        (Report, Author, Informant),
        (HelpedBy, Contradicts, BasedOn),
        HelpedBy,
        (Report, Author),
    ),
    ARCHIVE,
)
RESTRICT = Statement("MATCH (r:Report {key: 'b'}) SET r.restricted_level = 1")
# Everything that the public may not see.
PRUNE = (
    Statement("MATCH (n:Informant) DETACH DELETE n"),
    Statement("MATCH ()-[r:CONTRADICTS]->() DELETE r"),
    Statement("MATCH (r:Report {key: 'b'}) DETACH DELETE r"),
)
FIELDS = f"""{{
  metrics(first: 100, orderBy: [{{ degree: DESC }}]) {{
    nodeCount edgeCount componentCount communityCount modularity stability totalCount
    edges {{ cursor node {{ key }} {" ".join(METRICS)} }}
  }}
  reports(orderBy: [{{ metrics: {{ degree: DESC }} }}, {{ metrics: {{ betweenness: ASC }} }}]) {{
    totalCount edges {{ cursor node {{ key }} }}
  }}
  some: reports(where: {{ metrics: {{ degree: {{ gte: 1 }} }} }}) {{ totalCount }}
  authors(where: {{ metrics: {{ degree: {{ gte: 1 }}, core: {{ gte: 1 }} }} }}) {{ nodes {{ key }} }}
  hidden: metrics(kinds: [INFORMANT]) {{ totalCount nodeCount edges {{ node {{ key }} }} }}
}}"""
_PAGE = "pageInfo { hasNextPage endCursor } edges { node { key } }"


async def asked(store: BoltStore, role: Role) -> Json:
    """The answer to a role, of a server that remembers nothing."""
    runtime = runtime_of(ARCHIVE, store, Declared(measured=MEASURED))
    await runtime.versions.ask()
    return await Graph(runtime, role.name).data(FIELDS)


async def test_what_is_hidden_changes_no_value(empty_store: BoltStore) -> None:
    await empty_store.write([FILL, RESTRICT, raise_version(), set_restricted(["Report"])])
    public, staff, chief = [await asked(empty_store, role) for role in Role]
    await empty_store.write(list(PRUNE))
    pruned = await asked(empty_store, Role.PUBLIC)

    assert public == pruned
    assert public["hidden"] == {"totalCount": 0, "nodeCount": 0, "edges": []}
    assert public["metrics"] != staff["metrics"] != chief["metrics"]


@pytest.mark.parametrize("order", ["ASC", "DESC"])
async def test_no_page_ends_at_something_hidden(empty_store: BoltStore, order: str) -> None:
    await empty_store.write([FILL, RESTRICT, raise_version(), set_restricted(["Report"])])
    graph = Graph(runtime_of(ARCHIVE, empty_store, Declared(measured=MEASURED)), Role.PUBLIC.name)
    page = f"first: 1, orderBy: [{{ degree: {order} }}]"
    found: list[str] = []
    cursor = ""
    for _ in range(10):
        asking = f"{page}, after: {cursor}" if cursor else page
        answer = await graph.data(f"{{ metrics({asking}) {{ {_PAGE} }} }}")
        listed: dict[str, object] = answer["metrics"]  # type: ignore[assignment]  # untyped JSON
        found += [each["node"]["key"] for each in listed["edges"]]  # type: ignore[attr-defined]  # untyped JSON
        info: dict[str, object] = listed["pageInfo"]  # type: ignore[assignment]  # untyped JSON
        if not info["hasNextPage"]:
            break
        cursor = f'"{info["endCursor"]}"'

    assert "b" not in found
    assert len(found) == len(set(found)) > 1
