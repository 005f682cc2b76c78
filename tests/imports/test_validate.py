"""Records against the ontology."""

from __future__ import annotations

import pytest

from graph_api.imports import EdgeRecord, NodeRecord, NodeRef, RowPlace
from graph_api.imports.records import BrokenRowError, Raw
from graph_api.imports.validate import stored_edge, stored_node
from tests.imports.library_domain import FACTS, library

PLACE = RowPlace("books.csv", 7)
BOOK = NodeRef("Book", "B-1")
PERSON = NodeRef("Person", "P-1")


def store(record: NodeRecord | EdgeRecord) -> None:
    if isinstance(record, NodeRecord):
        stored_node(library, record, PLACE)
    else:
        stored_edge(library, record, PLACE)


def flaws(record: NodeRecord | EdgeRecord) -> list[tuple[str, str]]:
    with pytest.raises(BrokenRowError) as broken:
        store(record)
    assert {error.place for error in broken.value.errors} == {PLACE}
    return [(error.column, error.reason) for error in broken.value.errors]


def test_a_node_names_every_property_so_that_storing_it_takes_old_values_away() -> None:
    node = stored_node(
        library, NodeRecord("Book", "B-1", {"name": "Über", "name_de": "Über", **FACTS}), PLACE
    )
    assert node.properties["name_folded"] == "uber"
    assert node.properties["name_de"] == "Über"
    absent = {name for name, value in node.properties.items() if value is None}
    assert absent == {
        "name_fr", "pages", "weight", "lent", "bought", "binding",
        "printed", "printed_first_day", "printed_last_day",
    }  # fmt: skip
    assert node.properties["tags"] == []


def test_everything_that_is_wrong_with_a_node_is_said_at_once() -> None:
    record = NodeRecord("Book", "B 1", {"pages": "many", "colour": "red", "sources": [], "synthetic": False})
    assert flaws(record) == [
        ("key", "a key is up to 120 letters, digits, dots, hyphens and underscores"),
        ("name", "a value is required"),
        ("pages", "a whole number is expected"),
        ("colour", "Book has no such property"),
        ("sources", "at least one source has to be named"),
    ]


def test_only_what_facts_rest_on_needs_no_source() -> None:
    stored_node(library, NodeRecord("Paper", "P", {"name": "P", "synthetic": False}), PLACE)


@pytest.mark.parametrize("kind", ["Item", "Creator", "Dragon"])
def test_abstract_and_unknown_kinds_are_not_stored(kind: str) -> None:
    assert flaws(NodeRecord(kind, "B-1", {"name": "X", **FACTS})) == [("", "no such kind is stored")]


def made_by(**properties: Raw) -> EdgeRecord:
    return EdgeRecord("MadeBy", BOOK, PERSON, {"share": "AUTHOR", **properties, **FACTS})


@pytest.mark.parametrize(
    ("edge", "key"),
    [
        (made_by(), "B-1|P-1|AUTHOR"),
        (made_by(since="2020-05"), "B-1|P-1|AUTHOR|2020-05"),
        (made_by(since="2020-05", binding="CLOTH"), "B-1|P-1|AUTHOR|CLOTH|2020-05"),
        (EdgeRecord("StandsOn", BOOK, NodeRef("Shelf", "S"), FACTS), "B-1|S"),
    ],
)
def test_an_edge_is_told_from_its_parallels_by_vocabulary_and_beginning(edge: EdgeRecord, key: str) -> None:
    found = stored_edge(library, edge, PLACE)
    assert found.key == key
    assert found.properties["key"] == key


def test_an_edge_ends_only_at_the_kinds_of_its_type() -> None:
    edge = EdgeRecord("MadeBy", BOOK, NodeRef("Shelf", "S"), {"share": "AUTHOR", **FACTS})
    assert flaws(edge) == [("target", "MadeBy does not end at a Shelf")]
    assert flaws(EdgeRecord("MadeBy", BOOK, NodeRef("Creator", "C"), {"share": "AUTHOR", **FACTS})) == [
        ("target", "MadeBy does not end at a Creator")
    ]


def test_an_edge_does_not_end_before_it_begins() -> None:
    assert flaws(made_by(since="2021", until="2020-12")) == [("until", "it ends before it begins (2021)")]
    # Both may mean the same day.
    stored_edge(library, made_by(since="2021-06-15", until="2021"), PLACE)


def test_an_edge_without_a_date_has_none() -> None:
    edge = EdgeRecord("StandsOn", BOOK, NodeRef("Shelf", "S"), {"since": "2020", **FACTS})
    assert flaws(edge) == [("since", "StandsOn has no such property")]
