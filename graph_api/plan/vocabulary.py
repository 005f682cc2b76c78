"""The names of the GraphQL schema looked up in the ontology, prepared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from graph_api.ontology.model import DerivedProperty, NodeType, Ontology, Property, Relation

MAX_PAGE = 1000
"""The largest page where nobody sets another; larger lists are fetched page by page."""


class RootForm(Enum):
    """The forms of root fields."""

    BY_KEY = "one node of a kind by key"
    LIST = "a list of the nodes of a kind"
    BY_ID = "one node by global id"
    BY_IDS = "several nodes by global id"
    ANY_BY_KEY = "one node of any kind by key"


@dataclass(frozen=True, slots=True)
class RootField:
    """What a root field asks for."""

    form: RootForm
    kind: NodeType


FieldMeaning: TypeAlias = Property | DerivedProperty | Relation


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Root fields by name; the fields of each kind and of each relation's edge by name.

    ``max_page`` is the largest page of a list, in rows.
    """

    ontology: Ontology
    roots: Mapping[str, RootField]
    kinds: Mapping[str, Mapping[str, FieldMeaning]]
    max_page: int = MAX_PAGE

    @property
    def source_kind(self) -> NodeType:
        """The kind that facts rest on."""
        return self.ontology.node(self.ontology.source_kind)


def vocabulary_of(ontology: Ontology, max_page: int = MAX_PAGE) -> Vocabulary:
    """Prepare the look-ups of an ontology."""
    root = ontology.node(ontology.root)
    roots = {
        "node": RootField(RootForm.BY_ID, root),
        "nodes": RootField(RootForm.BY_IDS, root),
        root.field: RootField(RootForm.ANY_BY_KEY, root),
    }
    for kind in ontology.kinds():
        roots[kind.field] = RootField(RootForm.BY_KEY, kind)
        roots[kind.plural] = RootField(RootForm.LIST, kind)
    kinds = {kind.name: _fields(kind) for kind in ontology.nodes.values()}
    return Vocabulary(ontology, roots, kinds, max_page)


def _fields(kind: NodeType) -> dict[str, FieldMeaning]:
    fields: dict[str, FieldMeaning] = {found.field: found for found in kind.properties}
    fields |= {found.field: found for found in kind.derived}
    return fields | {found.end.field: found for found in kind.relations}
