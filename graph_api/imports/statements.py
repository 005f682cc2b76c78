"""The Cypher texts of an import. Each is the same for a kind or an edge type at every load.

Kinds, types and property names come from the ontology alone; values are always parameters.
"""

from __future__ import annotations

from graph_api.cypher.names import Scope, Variables
from graph_api.cypher.predicates import permitted, where
from graph_api.cypher.statement import Statement
from graph_api.ontology import Ontology
from graph_api.ontology.model import EdgeType, NodeType
from graph_api.plan.restriction import Restriction
from graph_api.plan.sight import Visibility
from graph_api.plan.tree import Parameter
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


def counts(ontology: Ontology, visibility: Visibility) -> Statement:
    """How many nodes of each kind and edges of each type a viewer sees, in the order of the ontology.

    The third number is that of the nodes made up for demonstration. What the viewer may not see counts none.
    """
    return _Counts(ontology, visibility).statement()


class _Counts:
    """Writes the numbers of what a viewer sees."""

    def __init__(self, ontology: Ontology, visibility: Visibility) -> None:
        self._ontology = ontology
        self._visibility = visibility
        self._restriction = Restriction(ontology, visibility.restricted, Parameter("level"))
        self._variables = Variables()

    def statement(self) -> Statement:
        kinds = self._ontology.kinds()
        nodes = [self._nodes(kind) if self._sees(kind.visible_to) else "0" for kind in kinds]
        edges = [self._edges(edge) for edge in self._ontology.edges.values()]
        synthetic = [
            self._nodes(kind, "n.synthetic = $synthetic") for kind in kinds if self._sees(kind.visible_to)
        ]
        text = f"RETURN [{', '.join(nodes)}], [{', '.join(edges)}], {' + '.join(synthetic) or '0'}"
        level = {"level": self._visibility.level} if self._visibility.restricted else {}
        return Statement(text, {"synthetic": True, **level})

    def _sees(self, needed: str | None) -> bool:
        return self._ontology.sees(self._visibility.role, needed)

    def _permitted(self, kind: NodeType, node: str) -> list[str]:
        return permitted(self._restriction.of(kind), Scope(node), self._variables)

    def _nodes(self, kind: NodeType, *conditions: str) -> str:
        return f"COUNT {{ MATCH (n:{kind.name}){where([*conditions, *self._permitted(kind, 'n')])} }}"

    def _edges(self, edge: EdgeType) -> str:
        ends = []
        for name, kind in (("a", self._ontology.node(edge.source)), ("b", self._ontology.node(edge.target))):
            hidden = [each for each in kind.concrete if not self._sees(self._ontology.node(each).visible_to)]
            if len(hidden) == len(kind.concrete):
                return "0"
            ends += [f"NOT {name}:{each}" for each in hidden]
            ends += self._permitted(kind, name)
        if not self._sees(edge.visible_to):
            return "0"
        pattern = f"(a)-[r:{edge.type}]->(b)" if ends else f"()-[r:{edge.type}]->()"
        return f"COUNT {{ MATCH {pattern}{where(ends)} }}"
