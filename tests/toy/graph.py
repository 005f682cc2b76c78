"""The toy data: written by the importer, so that it is stored as every other data is."""

from __future__ import annotations

from pathlib import Path

from graph_api.cypher.statement import Statement
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.engine.protocol import Store
from graph_api.imports import ImportFile, Table, load
from graph_api.imports.canonical import edge_table, node_table
from tests.toy.ontology import TOY

DATA = Path(__file__).parent / "data"
TABLES: dict[str, Table] = {
    "references": node_table(TOY, "Reference"),
    "lands": node_table(TOY, "Land"),
    "cities": node_table(TOY, "City"),
    "people": node_table(TOY, "Person"),
    "studios": node_table(TOY, "Studio"),
    "films": node_table(TOY, "Film"),
    "awards": node_table(TOY, "Award"),
    "acted_in": edge_table(TOY, "ActedIn"),
    "worked_for": edge_table(TOY, "WorkedFor"),
    "made_by": edge_table(TOY, "MadeBy"),
    "won": edge_table(TOY, "Won"),
    "seated_in": edge_table(TOY, "SeatedIn"),
}


async def fill(store: Store, folder: Path = DATA) -> None:
    """Replace everything in the store by the tables of a folder; a rejected row fails the test."""
    await store.write([Statement("MATCH (n) DETACH DELETE n")])
    await apply_definitions(store, definitions_of(TOY))
    files = [ImportFile(name, folder / f"{name}.csv", table) for name, table in TABLES.items()]
    report = await load(store, TOY, files)
    rejected = [str(error) for file in report.files for error in file.rejected]
    assert not rejected, rejected
