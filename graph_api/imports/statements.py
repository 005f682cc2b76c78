"""The Cypher texts of an import. Each is the same for a kind or an edge type at every load.

Kinds, types and property names come from the ontology alone; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph_api.cypher.statement import Statement
from graph_api.imports.records import StoredEdge, StoredNode
from graph_api.ontology import Ontology
from graph_api.ontology.model import EdgeType
from graph_api.values import Value

FILE_LABEL = "LoadedFile"
"""The label under which a loaded file is remembered; it is no kind of the ontology."""


def upsert_nodes(kind: str, nodes: Sequence[StoredNode], *, mention: bool) -> Statement:
    """Store nodes of one kind; answers with the keys that are stored."""
    store = "ON CREATE SET" if mention else "SET"
    text = (
        f"UNWIND $rows AS row MERGE (n:{kind} {{key: row.key}}) {store} n += row.properties "
        "RETURN collect(n.key)"
    )
    return Statement(text, {"rows": [{"key": n.ref.key, "properties": dict(n.properties)} for n in nodes]})


def upsert_edges(edge: EdgeType, source: str, target: str, edges: Sequence[StoredEdge]) -> Statement:
    """Store edges of one type between two kinds; answers with the keys of those whose ends both exist."""
    text = (
        f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}}) MATCH (b:{target} {{key: row.target}}) "
        f"MERGE (a)-[r:{edge.type} {{key: row.key}}]->(b) SET r += row.properties RETURN collect(r.key)"
    )
    rows: list[Value] = [
        {
            "source": found.source.key,
            "target": found.target.key,
            "key": found.key,
            "properties": dict(found.properties),
        }
        for found in edges
    ]
    return Statement(text, {"rows": rows})


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


def hierarchy_edges(edge: EdgeType) -> Statement:
    """All edges of a hierarchy, as kind and key of both ends."""
    return Statement(
        f"MATCH (a)-[r:{edge.type}]->(b) RETURN collect([head(labels(a)), a.key, head(labels(b)), b.key])"
    )


def loaded_files() -> Statement:
    """What is remembered of the files loaded so far."""
    return Statement(
        f"MATCH (f:{FILE_LABEL}) RETURN f.key, f.digest, f.rows, f.nodes, f.edges, "
        "f.set_aside_lines, f.set_aside_columns, f.set_aside_values, f.set_aside_reasons ORDER BY f.key"
    )


def remember_file(key: str, properties: dict[str, Value]) -> Statement:
    """Remember a file as loaded."""
    text = f"MERGE (f:{FILE_LABEL} {{key: $key}}) SET f += $properties RETURN f.key"
    return Statement(text, {"key": key, "properties": properties})


def counts(ontology: Ontology, role: str) -> Statement:
    """How many nodes of each kind and edges of each type the role sees, in the order of the ontology.

    The third number is that of the nodes made up for demonstration. What the role may not see counts none.
    """
    seen = [kind.name for kind in ontology.kinds() if ontology.sees(role, kind.visible_to)]
    nodes = [f"COUNT {{ MATCH (n:{kind.name}) }}" if kind.name in seen else "0" for kind in ontology.kinds()]
    edges = [_count_edges(ontology, edge, role) for edge in ontology.edges.values()]
    synthetic = [f"COUNT {{ MATCH (n:{name}) WHERE n.synthetic = $synthetic }}" for name in seen]
    text = f"RETURN [{', '.join(nodes)}], [{', '.join(edges)}], {' + '.join(synthetic) or '0'}"
    return Statement(text, {"synthetic": True})


def _count_edges(ontology: Ontology, edge: EdgeType, role: str) -> str:
    ends = []
    for name, kind in (("a", ontology.node(edge.source)), ("b", ontology.node(edge.target))):
        hidden = [each for each in kind.concrete if not ontology.sees(role, ontology.node(each).visible_to)]
        if len(hidden) == len(kind.concrete):
            return "0"
        ends += [f"NOT {name}:{each}" for each in hidden]
    if not ontology.sees(role, edge.visible_to):
        return "0"
    condition = f" WHERE {' AND '.join(ends)}" if ends else ""
    pattern = f"(a)-[r:{edge.type}]->(b)" if ends else f"()-[r:{edge.type}]->()"
    return f"COUNT {{ MATCH {pattern}{condition} }}"
