"""The Cypher texts of an import. Each is the same for a kind or an edge type at every load.

Kinds, types and property names come from the ontology alone; values are always parameters.
"""

from __future__ import annotations

from graph_api.cypher.statement import Statement
from graph_api.ontology import Ontology
from graph_api.ontology.model import EdgeType
from graph_api.values import Value

FILE_LABEL = "LoadedFile"
"""The label under which a loaded file is remembered; it is no kind of the ontology."""


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
