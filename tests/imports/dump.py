"""The whole graph as plain values, to be compared."""

from __future__ import annotations

from typing import TypeAlias

from graph_api.changes.log import CHANGE, RECORD, TOUCHED
from graph_api.changes.version import LABEL
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store
from graph_api.imports.statements import FILE_LABEL

Dump: TypeAlias = tuple[dict[tuple[str, str], object], dict[tuple[str, str, str, str], object]]

# The version counts writes, also those that change nothing.
_NODES = Statement(
    f"MATCH (n) WHERE NOT n:{LABEL} RETURN head(labels(n)), size(labels(n)), n.key, properties(n)"
)
_EDGES = Statement(
    "MATCH (a)-[r]->(b) "
    "RETURN type(r), head(labels(a)) + ' ' + a.key, head(labels(b)) + ' ' + b.key, r.key, properties(r)"
)


async def dump_facts(store: Store) -> Dump:
    """The same without the history and without what is remembered of files."""
    nodes, edges = await dump(store)
    return (
        {key: found for key, found in nodes.items() if key[0] not in (CHANGE, RECORD, FILE_LABEL)},
        {key: found for key, found in edges.items() if key[0] != TOUCHED},
    )


async def dump(store: Store) -> Dump:
    """All nodes by label and key, all edges by type, ends and key; nothing may stand there twice."""
    nodes: dict[tuple[str, str], object] = {}
    for label, labels, key, properties in await store.read(_NODES):
        assert labels == 1
        assert (str(label), str(key)) not in nodes
        nodes[str(label), str(key)] = properties
    edges: dict[tuple[str, str, str, str], object] = {}
    for kind, source, target, key, properties in await store.read(_EDGES):
        identity = (str(kind), str(source), str(target), str(key))
        assert identity not in edges
        edges[identity] = properties
    return nodes, edges
