"""The seeds as they would be stored, without a store."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from graph_api.imports import ImportFile
from graph_api.imports.prepare import PreparedFile, prepare
from graph_api.imports.records import StoredEdge, StoredNode
from graph_api.values import Value
from schema import ontology
from seeds import catalogue

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def prepared_files() -> dict[str, PreparedFile]:
    """Each file of the catalogue by its label."""
    return {file.label: _prepared(file) for file in catalogue()}


def _prepared(file: ImportFile) -> PreparedFile:
    return prepare(ontology, file, file.path.read_bytes())


def nodes(kind: str) -> list[StoredNode]:
    """All described nodes of a kind."""
    return [
        node
        for file in prepared_files().values()
        for node in file.nodes
        if node.ref.kind == kind and not node.mention
    ]


def edges(edge: str) -> list[StoredEdge]:
    """All edges of a type."""
    return [found for file in prepared_files().values() for found in file.edges if found.edge == edge]


def expected_graph() -> tuple[dict[tuple[str, str], object], dict[tuple[str, str, str, str], object]]:
    """What the store has to hold after the load: everything that the files say, and nothing else."""
    stored: dict[tuple[str, str], object] = {}
    linked: dict[tuple[str, str, str, str], object] = {}
    for file in prepared_files().values():
        for node in file.nodes:
            identity = (node.ref.kind, node.ref.key)
            if not (node.mention and identity in stored):
                stored[identity] = _present(dict(node.properties))
        for found in file.edges:
            ends = (f"{found.source.kind} {found.source.key}", f"{found.target.kind} {found.target.key}")
            linked[ontology.edges[found.edge].type, *ends, found.key] = _present(dict(found.properties))
    return stored, linked


def _present(properties: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value is not None}


def table(path: str) -> list[dict[str, str]]:
    """A table below seeds/, read without any of the importer's code."""
    with (SEEDS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
