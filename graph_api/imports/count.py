"""How large the graph is, in one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from graph_api.engine.protocol import Store
from graph_api.errors import DatabaseError
from graph_api.imports.statements import counts
from graph_api.ontology import Ontology
from graph_api.plan.sight import visibility_of


@dataclass(frozen=True, slots=True)
class GraphCounts:
    """Nodes by kind and edges by type name, in the order of the ontology.

    ``synthetic`` of the nodes were made up for demonstration.
    """

    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    synthetic: int

    @property
    def node_total(self) -> int:
        """How many nodes there are."""
        return sum(self.nodes.values())

    @property
    def edge_total(self) -> int:
        """How many edges there are."""
        return sum(self.edges.values())


async def count_graph(
    store: Store, ontology: Ontology, role: str | None = None, restricted: Iterable[str] = ()
) -> GraphCounts:
    """Count what a role sees; without one, all nodes and edges. Raises ``DatabaseError``.

    ``restricted`` are the kinds that hold restricted nodes. What is shown to anybody is counted as the
    public sees it: a number tells of what it counts.
    """
    everything = ontology.roles[-1] if ontology.roles else ontology.public
    kinds = [kind.name for kind in ontology.kinds()]
    visibility = visibility_of(ontology, everything if role is None else role, restricted)
    rows = await store.read(counts(ontology, visibility))
    nodes, edges, synthetic = rows[0]
    return GraphCounts(_by_name(kinds, nodes), _by_name(list(ontology.edges), edges), cast(int, synthetic))


def _by_name(names: list[str], numbers: object) -> dict[str, int]:
    if not isinstance(numbers, list) or len(numbers) != len(names):
        raise DatabaseError("The database does not count as asked.")
    return {name: int(number) for name, number in zip(names, numbers, strict=True)}
