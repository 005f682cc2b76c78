"""The Cypher texts of dumps and loads.

Labels and types in them were found in the graph, or in a dump, and have the form of names (``lines.NAME``);
values are always parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_api.cypher.statement import Statement
from graph_api.engine.hold import LABEL as HOLD
from graph_api.values import Value

MARK: Final = "UnfinishedLoad"
"""The label of the node that says that what is in the database is a part of a graph."""


def count_nodes() -> Statement:
    """How many nodes have which labels."""
    return Statement(
        f"MATCH (n) WHERE NOT n:{HOLD} WITH labels(n) AS labels RETURN labels, count(*) AS number"
    )


def count_edges() -> Statement:
    """How many edges of which type come from which labels."""
    return Statement(
        "MATCH (a)-[r]->() WITH type(r) AS type, labels(a) AS labels RETURN type, labels, count(*) AS number"
    )


def node_page(label: str, after: str, limit: int) -> Statement:
    """Nodes of a label after a key: key, labels, properties."""
    text = (
        f"MATCH (n:{label}) WHERE n.key > $after WITH n ORDER BY n.key LIMIT $limit "
        "RETURN n.key, labels(n), properties(n)"
    )
    return Statement(text, {"after": after, "limit": limit})


def source_page(type_: str, label: str, after: str, limit: int) -> Statement:
    """Nodes of a label after a key that edges of a type come from: key, labels, how many edges."""
    text = (
        f"MATCH (a:{label}) WHERE a.key > $after AND EXISTS {{ (a)-[:{type_}]->() }} "
        "WITH a ORDER BY a.key LIMIT $limit "
        f"RETURN a.key, labels(a), COUNT {{ (a)-[:{type_}]->() }}"
    )
    return Statement(text, {"after": after, "limit": limit})


def edges_of(type_: str, label: str, keys: Sequence[str]) -> Statement:
    """All edges of a type from these nodes: source, labels and key of the target, properties."""
    text = (
        f"UNWIND $keys AS key MATCH (a:{label} {{key: key}})-[r:{type_}]->(b) "
        "RETURN key, labels(b), b.key, properties(r)"
    )
    return Statement(text, {"keys": list(keys)})


def edge_page(type_: str, label: str, key: str, skip: int, limit: int) -> Statement:
    """Some of the edges of a type from one node, as ``edges_of`` gives them."""
    text = (
        f"MATCH (a:{label} {{key: $key}})-[r:{type_}]->(b) "
        "WITH a, r, b ORDER BY b.key, head(labels(b)), r.key SKIP $skip LIMIT $limit "
        "RETURN a.key, labels(b), b.key, properties(r)"
    )
    return Statement(text, {"key": key, "skip": skip, "limit": limit})


def find_mark() -> Statement:
    """The file of an unfinished load."""
    return Statement(f"MATCH (m:{MARK}) RETURN m.file LIMIT 1")


def put_mark(file: str, sha256: str) -> Statement:
    """Say that what is in the database is a part of what a file holds."""
    text = f"MERGE (m:{MARK} {{key: $key}}) SET m.file = $file, m.sha256 = $sha256"
    return Statement(text, {"key": "load", "file": file, "sha256": sha256})


def drop_mark() -> Statement:
    """Say that it is whole."""
    return Statement(f"MATCH (m:{MARK}) DELETE m")


def find_any() -> Statement:
    """A row when there is anything in the database."""
    return Statement(f"MATCH (n) WHERE NOT n:{HOLD} RETURN labels(n) LIMIT 1")


def delete_some(limit: int) -> Statement:
    """Delete some nodes with their edges, the mark left out; how many there were."""
    text = f"MATCH (n) WHERE NOT n:{MARK} WITH n LIMIT $limit DETACH DELETE n RETURN count(*)"
    return Statement(text, {"limit": limit})


def create_nodes(labels: Sequence[str], rows: Sequence[Value]) -> Statement:
    """Create nodes with these labels of rows with ``key`` and ``properties``; how many were created."""
    text = (
        f"UNWIND $rows AS row CREATE (n:{':'.join(labels)} {{key: row.key}}) SET n += row.properties "
        "RETURN count(n)"
    )
    return Statement(text, {"rows": list(rows)})


def create_edges(type_: str, source: str, target: str, rows: Sequence[Value]) -> Statement:
    """Create edges of rows with ``source``, ``target`` and ``properties``; how many were created."""
    text = (
        f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}}) MATCH (b:{target} {{key: row.target}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r += row.properties RETURN count(r)"
    )
    return Statement(text, {"rows": list(rows)})
