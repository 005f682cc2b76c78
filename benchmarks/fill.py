"""A generated graph into an empty Neo4j, in batches of new nodes and edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from benchmarks.generate import places_and_themes, records
from graph_api.cypher.statement import Statement
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.engine.protocol import Store
from graph_api.imports import NodeRecord, RowPlace, load
from graph_api.imports.records import Record
from graph_api.imports.validate import stored_edge, stored_node
from graph_api.values import Value
from schema import ontology

BATCH = 5_000
"""Rows in one statement: its memory stays below a hundred megabytes."""
MARK = "BenchmarkGraph"
_PLACE = RowPlace("benchmarks/generate.py", 0)


async def fill(store: Store, scale: float) -> None:
    """Make the database hold the graph of this scale; a database that holds it stays as it is.

    Raises ``ValueError`` when it holds anything else or an end of an edge is missing, and the errors
    of ``DatabaseError``.
    """
    found = await store.read(Statement(f"RETURN COLLECT {{ MATCH (m:{MARK}) RETURN m.scale }}"))
    held = await store.read(Statement("RETURN COUNT { MATCH (n) }"))
    if found[0][0] == [scale]:
        return
    if held[0][0]:
        raise ValueError(f"The database holds {held[0][0]} nodes of something else.")
    await write_graph(store, scale)
    await store.read(Statement("CALL db.awaitIndexes(300)"))
    await store.write([Statement(f"CREATE (:{MARK} {{scale: $scale}})", {"scale": scale})])


async def write_graph(store: Store, scale: float) -> None:
    """Write the graph of this scale into an empty database of either engine; raises as ``fill`` does."""
    await apply_definitions(store, definitions_of(ontology))
    report = await load(store, ontology, places_and_themes())
    report.raise_if_rejected()
    for statement in _statements(records(scale)):
        await _write_all(store, statement)


async def _write_all(store: Store, statement: Statement) -> None:
    async with store.transaction() as transaction:
        written = await transaction.run(statement)
    rows = statement.parameters["rows"]
    if not isinstance(rows, list) or written[0][0] != len(rows):
        raise ValueError(f"Not every row found its ends: {statement.text}")


def _statements(found: Iterable[Record]) -> Iterator[Statement]:
    """A statement for each full batch of a kind or of an edge type, and for the rests at the end."""
    nodes: defaultdict[str, list[Value]] = defaultdict(list)
    edges: defaultdict[str, list[Value]] = defaultdict(list)
    for record in found:
        text, row = _written(record)
        batches = nodes if isinstance(record, NodeRecord) else edges
        batches[text].append(row)
        if len(batches[text]) == BATCH:
            # The ends of an edge come before it, so they are stored or among the waiting nodes.
            yield from _emptied(nodes)
            if batches is edges:
                yield Statement(text, {"rows": edges.pop(text)})
    yield from _emptied(nodes)
    yield from _emptied(edges)


def _emptied(batches: dict[str, list[Value]]) -> Iterator[Statement]:
    for text, rows in batches.items():
        yield Statement(text, {"rows": rows})
    batches.clear()


def _written(record: Record) -> tuple[str, Value]:
    """The text that writes records like this one, and its row."""
    if isinstance(record, NodeRecord):
        node = stored_node(ontology, record, _PLACE)
        text = f"UNWIND $rows AS row CREATE (n:{record.kind}) SET n = row RETURN count(n)"
        return text, _without_nulls(dict(node.properties))
    edge = stored_edge(ontology, record, _PLACE)
    text = (
        f"UNWIND $rows AS row MATCH (a:{record.source.kind} {{key: row.a}}) "
        f"MATCH (b:{record.target.kind} {{key: row.b}}) "
        f"CREATE (a)-[r:{ontology.edges[edge.edge].type}]->(b) SET r = row.r RETURN count(r)"
    )
    return text, {
        "a": edge.source.key,
        "b": edge.target.key,
        "r": _without_nulls(dict(edge.properties)),
    }


def _without_nulls(properties: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value is not None}
