"""The Cypher texts of an edit. Each is the same for a kind or an edge type in every edit.

Kinds, types and property names come from the ontology alone; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_api.changes.items import DropEdge, NodeRef, PutEdge
from graph_api.cypher.statement import Statement
from graph_api.ontology.model import RESTRICTED_LEVEL, EdgeType
from graph_api.values import Value


def node_images(kind: str, keys: Sequence[str]) -> Statement:
    """What is stored of the nodes with these keys."""
    text = f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}}) RETURN collect([n.key, properties(n)])"
    return Statement(text, {"keys": list(keys)})


def create_nodes(kind: str, images: Sequence[Mapping[str, Value]]) -> Statement:
    """Store new nodes; answers with their keys."""
    text = f"UNWIND $rows AS row CREATE (n:{kind} {{key: row.key}}) SET n += row RETURN collect(n.key)"
    return Statement(text, {"rows": [dict(each) for each in images]})


def change_nodes(kind: str, changes: Sequence[tuple[str, Mapping[str, Value]]]) -> Statement:
    """Store other values of nodes; answers with their keys."""
    text = (
        f"UNWIND $rows AS row MATCH (n:{kind} {{key: row.key}}) SET n += row.properties RETURN collect(n.key)"
    )
    return Statement(text, {"rows": [{"key": key, "properties": dict(after)} for key, after in changes]})


def drop_nodes(kind: str, keys: Sequence[str]) -> Statement:
    """Take nodes away, with what the history says of them; answers with how many there were."""
    text = f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}}) DETACH DELETE n RETURN count(n)"
    return Statement(text, {"keys": list(keys)})


def with_edges(kind: str, keys: Sequence[str], but: str) -> Statement:
    """Which of these nodes have an edge of any type but one."""
    text = (
        f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}})-[r]-() WHERE type(r) <> $but "
        "WITH DISTINCT n.key AS key RETURN collect(key)"
    )
    return Statement(text, {"keys": list(keys), "but": but})


def edge_images(edge: EdgeType, items: Sequence[PutEdge | DropEdge]) -> Statement:
    """What is stored of edges, all between the same two kinds."""
    source, target = items[0].source.kind, items[0].target.kind
    text = (
        f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}})"
        f"-[r:{edge.type} {{key: row.key}}]->(b:{target} {{key: row.target}}) "
        "RETURN collect([r.key, properties(r)])"
    )
    return Statement(text, {"rows": list[Value](_rows(items))})


def create_edges(
    edge: EdgeType, items: Sequence[PutEdge], images: Sequence[Mapping[str, Value]]
) -> Statement:
    """Store new edges; answers with the keys of those whose ends both exist."""
    source, target = items[0].source.kind, items[0].target.kind
    text = (
        f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}}) MATCH (b:{target} {{key: row.target}}) "
        f"CREATE (a)-[r:{edge.type} {{key: row.key}}]->(b) SET r += row.properties RETURN collect(r.key)"
    )
    rows = _rows(items)
    for row, image in zip(rows, images, strict=True):
        row["properties"] = dict(image)
    return Statement(text, {"rows": list[Value](rows)})


def change_edges(
    edge: EdgeType, items: Sequence[PutEdge], changes: Sequence[Mapping[str, Value]]
) -> Statement:
    """Store other values of edges; answers with their keys."""
    source, target = items[0].source.kind, items[0].target.kind
    text = (
        f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}})"
        f"-[r:{edge.type} {{key: row.key}}]->(b:{target} {{key: row.target}}) "
        "SET r += row.properties RETURN collect(r.key)"
    )
    rows = _rows(items)
    for row, change in zip(rows, changes, strict=True):
        row["properties"] = dict(change)
    return Statement(text, {"rows": list[Value](rows)})


def drop_edges(edge: EdgeType, items: Sequence[DropEdge]) -> Statement:
    """Take edges away; answers with how many there were."""
    source, target = items[0].source.kind, items[0].target.kind
    text = (
        f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}})"
        f"-[r:{edge.type} {{key: row.key}}]->(b:{target} {{key: row.target}}) DELETE r RETURN count(r)"
    )
    return Statement(text, {"rows": list[Value](_rows(items))})


def restricted_nodes(kind: str) -> Statement:
    """Whether a kind has a restricted node: 1, or 0."""
    text = f"MATCH (n:{kind}) WHERE n.{RESTRICTED_LEVEL} > $open WITH n LIMIT $limit RETURN count(n)"
    return Statement(text, {"open": 0, "limit": 1})


def existing_keys(kind: str, keys: Sequence[str]) -> Statement:
    """Which of these keys nodes of the kind have."""
    text = f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}}) RETURN collect(n.key)"
    return Statement(text, {"keys": list(keys)})


def with_several(edge: EdgeType, source: str, keys: Sequence[str]) -> Statement:
    """Which of these nodes have several edges of a to-one type."""
    text = (
        f"UNWIND $keys AS key MATCH (a:{source} {{key: key}})-[r:{edge.type}]->() "
        "WITH a.key AS key, count(r) AS number WHERE number > 1 RETURN collect(key)"
    )
    return Statement(text, {"keys": list(keys)})


def without_one(edge: EdgeType, source: str, keys: Sequence[str]) -> Statement:
    """Which of these nodes exist and have no edge of a type that each needs one of."""
    text = (
        f"UNWIND $keys AS key MATCH (a:{source} {{key: key}}) "
        f"WHERE NOT EXISTS {{ MATCH (a)-[:{edge.type}]->() }} RETURN collect(a.key)"
    )
    return Statement(text, {"keys": list(keys)})


def hierarchy_edges(edge: EdgeType) -> Statement:
    """All edges of a hierarchy, as kind and key of both ends."""
    return Statement(
        f"MATCH (a)-[r:{edge.type}]->(b) RETURN collect([head(labels(a)), a.key, head(labels(b)), b.key])"
    )


def _rows(items: Sequence[PutEdge | DropEdge]) -> list[dict[str, Value]]:
    return [{"source": each.source.key, "target": each.target.key, "key": each.key} for each in items]


def same_ends(item: PutEdge | DropEdge) -> tuple[str, str, str]:
    """What edges of one statement have in common."""
    return item.edge, item.source.kind, item.target.kind


def refs(item: PutEdge | DropEdge) -> tuple[NodeRef, NodeRef]:
    """Both ends."""
    return item.source, item.target
