"""How large the graph is, in one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseError
from graph_api.imports.statements import counts
from graph_api.ontology import Ontology


@dataclass(frozen=True, slots=True)
class GraphCounts:
    """Nodes by kind and edges by type name, in the order of the ontology."""

    nodes: Mapping[str, int]
    edges: Mapping[str, int]

    @property
    def node_total(self) -> int:
        """How many nodes there are."""
        return sum(self.nodes.values())

    @property
    def edge_total(self) -> int:
        """How many edges there are."""
        return sum(self.edges.values())


async def count_graph(store: Store, ontology: Ontology) -> GraphCounts:
    """Count all nodes and edges of the ontology's kinds; raises ``DatabaseError``."""
    rows = await store.read(counts(ontology))
    found = rows[0][0]
    kinds = [kind.name for kind in ontology.kinds()]
    names = [*kinds, *ontology.edges]
    if not isinstance(found, list) or len(found) != len(names):
        raise DatabaseError("The database does not count as asked.")
    numbers = dict(zip(names, (int(number) for number in found), strict=True))
    nodes = {name: numbers[name] for name in kinds}
    return GraphCounts(nodes, {name: numbers[name] for name in ontology.edges})
