"""Exports that are made up, to be written in every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph_api.changes.version import GraphVersion
from graph_api.exports.answers import Cell
from graph_api.exports.columns import CellType
from graph_api.exports.facts import Facts
from graph_api.exports.graphs import EDGE_TYPE, NODE_TYPE, EdgeRow, GraphExport, NodeRow
from graph_api.exports.spool import Spool
from graph_api.exports.tables import Head, Table, TableExport

FACTS = Facts(
    "films",
    {"where": {"genre": {"eq": "DRAMA"}}},
    "1990-01-01",
    GraphVersion("g" * 32, 7, 0, "2024-05-31T10:00:00.000+00:00"),
    "PUBLIC",
    2,
    1,
    exported="2024-05-31T12:00:00+00:00",
)
TYPES = {
    "text": CellType.TEXT,
    "whole": CellType.WHOLE,
    "number": CellType.NUMBER,
    "truth": CellType.BOOLEAN,
    "date": CellType.DATE,
    "list": CellType.LIST,
}


def table(rows: Sequence[list[Cell]]) -> TableExport:
    """Rows with a column of each type."""
    spool: Spool[list[Cell]] = Spool()
    for row in rows:
        spool.add(row)
    sources: Spool[list[Cell]] = Spool()
    sources.add(["almanac", "https://almanac.example"])
    heads = tuple(Head(name, type_) for name, type_ in TYPES.items())
    source_heads = (Head("key", CellType.TEXT), Head("url", CellType.TEXT))
    facts = replace(FACTS, rows=len(rows))
    return TableExport(facts, Table(heads, spool), Table(source_heads, sources))


def graph(nodes: Sequence[NodeRow], edges: Sequence[EdgeRow]) -> GraphExport:
    """Nodes and edges whose attributes have each type."""
    kept: tuple[Spool[NodeRow], Spool[EdgeRow]] = (Spool(), Spool())
    for node in nodes:
        kept[0].add(node)
    for edge in edges:
        kept[1].add(edge)
    facts = replace(FACTS, rows=len(nodes), edges=len(edges))
    node_types = {NODE_TYPE: CellType.TEXT, **TYPES}
    return GraphExport(facts, node_types, {EDGE_TYPE: CellType.TEXT, **TYPES}, *kept)
