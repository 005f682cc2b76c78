"""The one step that writes: what a batch of rows comes to, into the open transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Transaction
from graph_api.errors import DatabaseError
from graph_api.imports import statements
from graph_api.imports.records import StoredEdge, StoredNode
from graph_api.imports.rows.decision import Decision, RemovedEdge
from graph_api.ontology import Ontology
from graph_api.ontology.model import EdgeType


@dataclass(slots=True)
class Batch:
    """What is to be written: edges that give way first, then nodes, then edges."""

    nodes: list[StoredNode] = field(default_factory=list)
    edges: list[StoredEdge] = field(default_factory=list)
    removed: list[RemovedEdge] = field(default_factory=list)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Batch:
        """The writes of decisions, in their order."""
        batch = cls()
        for each in decisions:
            batch.nodes += each.nodes
            batch.edges += each.edges
            batch.removed += each.removed
        return batch

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges or self.removed)


async def write_batch(transaction: Transaction, ontology: Ontology, batch: Batch) -> None:
    """Write a batch. Everything in it was checked: raises ``DatabaseError`` when not all of it was stored."""
    removed: dict[tuple[str, str], list[RemovedEdge]] = defaultdict(list)
    for gone in batch.removed:
        removed[gone.edge, gone.source.kind].append(gone)
    for (name, kind), group in removed.items():
        await transaction.run(_remove(ontology.edges[name], kind, group))
    nodes: dict[str, list[StoredNode]] = defaultdict(list)
    for node in batch.nodes:
        nodes[node.ref.kind].append(node)
    for kind, stored in nodes.items():
        rows = await transaction.run(statements.upsert_nodes(kind, stored, mention=False))
        _check(rows, len(stored), kind)
    edges: dict[tuple[str, str, str], list[StoredEdge]] = defaultdict(list)
    for edge in batch.edges:
        edges[edge.edge, edge.source.kind, edge.target.kind].append(edge)
    for (name, source, target), found in edges.items():
        rows = await transaction.run(statements.upsert_edges(ontology.edges[name], source, target, found))
        _check(rows, len(found), name)


def _remove(edge: EdgeType, kind: str, gone: Sequence[RemovedEdge]) -> Statement:
    text = (
        f"UNWIND $rows AS row MATCH (a:{kind} {{key: row.source}})-[r:{edge.type} {{key: row.key}}]->() "
        "DELETE r"
    )
    return Statement(text, {"rows": [{"source": each.source.key, "key": each.key} for each in gone]})


def _check(rows: Sequence[Sequence[object]], wanted: int, what: str) -> None:
    stored = rows[0][0] if rows else None
    if not isinstance(stored, list) or len(stored) != wanted:
        raise DatabaseError(f"The database did not store every {what}.")
