"""The statements with which commands look at the graph, inside their own transaction."""

from __future__ import annotations

from collections.abc import Sequence

from graph_api.changes.items import NodeRef
from graph_api.cypher.statement import Statement
from graph_api.ontology.model import EdgeType
from graph_api.values import Value


def edges_at(edge: EdgeType, source: NodeRef | None, target: NodeRef | None) -> Statement:
    """Read the edges of a type at one node, or between two."""
    parameters: dict[str, Value] = {}
    start, end = "(a)", "(b)"
    if source is not None:
        start, parameters["source"] = f"(a:{source.kind} {{key: $source}})", source.key
    if target is not None:
        end, parameters["target"] = f"(b:{target.kind} {{key: $target}})", target.key
    text = (
        f"MATCH {start}-[r:{edge.type}]->{end} WITH a, r, b ORDER BY r.key, a.key, b.key "
        "RETURN collect([head(labels(a)), a.key, head(labels(b)), b.key, r.key, properties(r)])"
    )
    return Statement(text, parameters)


def all_edges(kind: str, keys: Sequence[str], but: str) -> Statement:
    """Read every edge of nodes of a kind except those of one type; all that are there once for each end."""
    text = (
        f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}})-[r]-() WHERE type(r) <> $but "
        "WITH r, startNode(r) AS a, endNode(r) AS b "
        "RETURN collect([type(r), head(labels(a)), a.key, head(labels(b)), b.key, r.key, properties(r)])"
    )
    return Statement(text, {"keys": list(keys), "but": but})
