"""What rows come to, as items of an edit."""

from __future__ import annotations

from collections.abc import Iterable

from graph_api.changes.items import DropEdge, Item
from graph_api.imports.rows.decision import Decision
from graph_api.imports.write import put_edge, put_node


def items_of(decisions: Iterable[Decision]) -> list[Item]:
    """The items of decisions: edges that give way, nodes and edges; none for rows that are not stored."""
    items: list[Item] = []
    for each in decisions:
        items += [DropEdge(gone.edge, gone.key, gone.source, gone.target) for gone in each.removed]
        items += [put_node(node) for node in each.nodes]
        items += [put_edge(edge) for edge in each.edges]
    return items
