"""The canonical tables: their columns come from the ontology."""

from __future__ import annotations

import pytest

from graph_api.imports import EdgeRecord, NodeRecord, NodeRef, Row, RowPlace, SetAside
from graph_api.imports.canonical import edge_columns, edge_table, node_columns, node_table
from graph_api.imports.records import BrokenRowError, Record
from graph_api.imports.tables import Table
from tests.imports.library_domain import library

PLACE = RowPlace("table.csv", 2)


def records(table: Table, **cells: str) -> list[Record]:
    made = table.convert(Row(PLACE, cells))
    assert not isinstance(made, SetAside)
    return list(made)


def test_a_kind_has_a_column_for_each_property_language_and_simple_relation() -> None:
    assert node_columns(library, "Book") == (
        "key", "name", "name_de", "name_fr", "pages", "weight", "lent", "bought", "printed", "binding",
        "tags", "shelf", "synthetic", "sources",
    )  # fmt: skip
    assert node_columns(library, "Shelf")[-3:] == ("wider", "synthetic", "sources")


def test_an_edge_type_has_a_column_for_each_end_and_property() -> None:
    assert edge_columns(library, "MadeBy") == (
        "source", "target", "share", "binding", "since", "until", "synthetic", "sources",
    )  # fmt: skip


def test_what_is_required_has_to_have_a_column() -> None:
    assert node_table(library, "Book").columns == ("key", "name", "synthetic", "sources")
    assert node_table(library, "Paper").columns == ("key", "name", "synthetic")
    assert edge_table(library, "MadeBy").columns == ("source", "target", "share", "synthetic", "sources")


def test_a_row_of_a_kind_makes_the_node_and_its_simple_edges() -> None:
    node, *edges = records(
        node_table(library, "Shelf"),
        key="S1", name="One", wider="S2 ; S3", synthetic="false", sources="CATALOGUE",
    )  # fmt: skip
    assert isinstance(node, NodeRecord)
    assert (node.kind, node.key) == ("Shelf", "S1")
    assert "wider" not in node.properties
    shared = {"synthetic": "false", "sources": "CATALOGUE"}
    assert edges == [
        EdgeRecord("PartOfShelf", NodeRef("Shelf", "S1"), NodeRef("Shelf", key), shared)
        for key in ("S2", "S3")
    ]


def test_an_end_of_an_abstract_kind_is_written_with_its_kind() -> None:
    table = edge_table(library, "MadeBy")
    (edge,) = records(
        table, source="B-1", target="Press:P-1", share="AUTHOR", synthetic="false", sources="CATALOGUE"
    )
    assert isinstance(edge, EdgeRecord)
    assert edge.target == NodeRef("Press", "P-1")
    for text in ("P-1", "Shelf:P-1"):
        with pytest.raises(BrokenRowError, match="expected Kind:KEY with one of the kinds Person, Press"):
            records(table, source="B-1", target=text, share="AUTHOR", synthetic="false", sources="CATALOGUE")
