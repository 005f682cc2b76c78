"""One prepared file into the graph, as one change: all of it, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from graph_api.changes.apply import BrokenEditError, edit
from graph_api.changes.items import Header, PutEdge, PutNode, Violation, Written
from graph_api.changes.portions import portions
from graph_api.changes.writing import Writing
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store
from graph_api.imports.prepare import PreparedFile
from graph_api.imports.records import BrokenRowError, RowError, RowPlace, StoredEdge, StoredNode
from graph_api.ontology import Ontology

Advance = Callable[[int], None]


async def write_file(
    store: Store,
    ontology: Ontology,
    file: PreparedFile,
    header: Header,
    remembered: Statement,
    advance: Advance,
) -> Written:
    """Store the file and the memory of it.

    Raises ``BrokenRowError`` when the graph does not allow it (an end or a source that does not
    exist, a second edge of a to-one relation, a cycle in a hierarchy); then nothing was stored.
    """

    async def work(writing: Writing) -> None:
        for nodes in portions(file.nodes):
            await writing.write([put_node(each) for each in nodes])
            advance(len(nodes))
        for edges in portions(file.edges):
            await writing.write([put_edge(each) for each in edges])
            advance(len(edges))

    try:
        return await edit(store, ontology, header, work, also=[remembered])
    except BrokenEditError as problem:
        raise BrokenRowError([row_error(each) for each in problem.violations]) from problem


def put_node(node: StoredNode) -> PutNode:
    """The node of a row as an item of an edit; the row's place is its origin."""
    return PutNode(node.ref, node.properties, node.mention, node.place)


def put_edge(edge: StoredEdge) -> PutEdge:
    """The edge of a row as an item of an edit; the row's place is its origin."""
    return PutEdge(edge.edge, edge.key, edge.source, edge.target, edge.properties, edge.place)


def row_error(violation: Violation) -> RowError:
    """A violation, at the row that it comes from."""
    place = cast(RowPlace, violation.item.origin)
    return RowError(place, violation.property, violation.value, violation.reason)
