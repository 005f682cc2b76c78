"""The canonical tables: one for each kind and each edge type, with the columns that the ontology gives.

A table of a kind has its key, its properties, and a column for each relation that needs no more than
the other end's key: every to-one relation, and to-many relations without properties of their own. Ends
of an abstract kind are written ``Kind:KEY``. A table of an edge type has ``source``, ``target`` and its
properties. Lists in a cell are separated by `` ; ``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.imports.records import EdgeRecord, NodeRecord, NodeRef, Raw, Record, Row
from graph_api.imports.tables import Table
from graph_api.imports.values import LIST_SEPARATOR
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import Direction, NodeType, Property, Relation, ScalarType
from graph_api.ontology.names import upper_snake_case

_ENDS = ("source", "target")
_ALWAYS = ("synthetic", "sources")
_PLAIN_EDGE = {"key", "synthetic", "sources"}


def node_table(ontology: Ontology, kind: str) -> Table:
    """The canonical table of a kind; raises ``KeyError`` for a kind that is not declared."""
    found = ontology.node(kind)
    relations = {relation_column(relation): relation for relation in simple_relations(found)}
    columns = node_columns(ontology, kind)
    required = tuple(name for name in columns if _is_required(found.properties, name))
    if kind == ontology.source_kind:
        required = tuple(name for name in required if name != "sources")
    optional = tuple(name for name in columns if name not in required)
    return Table(_NodeConverter(ontology, found, relations), required, optional)


def edge_table(ontology: Ontology, edge: str) -> Table:
    """The canonical table of an edge type; raises ``KeyError`` for a type that is not declared."""
    found = ontology.edges[edge]
    columns = edge_columns(ontology, edge)
    optional = tuple(
        name for name in columns if name not in _ENDS and not _is_required(found.properties, name)
    )
    required = tuple(name for name in columns if name not in optional)
    return Table(_EdgeConverter(ontology, edge), required, optional)


def node_columns(ontology: Ontology, kind: str) -> tuple[str, ...]:
    """All columns of a kind's canonical table, in their order."""
    found = ontology.node(kind)
    names: list[str] = []
    for prop in found.properties:
        if prop.name not in _ALWAYS:
            names.append(prop.name)
            if prop.localized and ontology.languages is not None:
                names.extend(prop.in_language(language.name) for language in ontology.languages)
    return (*names, *(relation_column(relation) for relation in simple_relations(found)), *_ALWAYS)


def edge_columns(ontology: Ontology, edge: str) -> tuple[str, ...]:
    """All columns of an edge type's canonical table, in their order."""
    return (*_ENDS, *(prop.name for prop in ontology.edges[edge].properties if prop.name != "key"))


def simple_relations(kind: NodeType) -> tuple[Relation, ...]:
    """The relations of a kind that a column can hold."""
    return tuple(relation for relation in kind.relations if _is_simple(relation))


def relation_column(relation: Relation) -> str:
    """The column of a relation: its field in snake case."""
    return upper_snake_case(relation.end.field).lower()


def _is_simple(relation: Relation) -> bool:
    if relation.direction is not Direction.FORWARD or relation.transitive:
        return False
    plain = {prop.name for prop in relation.edge.properties} == _PLAIN_EDGE
    return plain or relation.end.cardinality is not Cardinality.MANY


def _is_required(properties: tuple[Property, ...], name: str) -> bool:
    """Lists other than the sources may be left out: they are then empty."""
    listed = name != "sources"
    return any(
        prop.name == name and prop.required and not (listed and prop.type is ScalarType.STRINGS)
        for prop in properties
    )


@dataclass(frozen=True, slots=True)
class _NodeConverter:
    ontology: Ontology
    kind: NodeType
    relations: dict[str, Relation]

    def __call__(self, row: Row) -> Iterator[Record]:
        shared: dict[str, Raw] = {name: row.stated(name) for name in _ALWAYS}
        properties: dict[str, Raw] = {
            name: text for name, text in row.cells.items() if name != "key" and name not in self.relations
        }
        record = NodeRecord(self.kind.name, row["key"], properties)
        yield record
        for column, relation in self.relations.items():
            for text in (row.stated(column) or "").split(LIST_SEPARATOR):
                if text.strip():
                    target = _ref(self.ontology, relation.target, text.strip(), row, column)
                    yield EdgeRecord(relation.edge.name, record.ref, target, shared)


@dataclass(frozen=True, slots=True)
class _EdgeConverter:
    ontology: Ontology
    edge: str

    def __call__(self, row: Row) -> Iterator[Record]:
        found = self.ontology.edges[self.edge]
        properties: dict[str, Raw] = {name: text for name, text in row.cells.items() if name not in _ENDS}
        source = _ref(self.ontology, found.source, row["source"], row, "source")
        target = _ref(self.ontology, found.target, row["target"], row, "target")
        yield EdgeRecord(found.name, source, target, properties)


def _ref(ontology: Ontology, kind: str, text: str, row: Row, column: str) -> NodeRef:
    if not ontology.node(kind).abstract:
        return NodeRef(kind, text)
    name, colon, key = text.partition(":")
    if not colon or name not in ontology.node(kind).concrete:
        kinds = ", ".join(ontology.node(kind).concrete)
        raise row.broken(column, f"expected Kind:KEY with one of the kinds {kinds}")
    return NodeRef(name, key)
