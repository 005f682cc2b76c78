"""The enums of kinds and of types of edges that fields written by hand take as arguments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from graph_api.ontology.model import EdgeType, NodeType
from graph_api.ontology.names import upper_snake_case


def entity_kind_enum(kinds: Iterable[NodeType]) -> type[Enum]:
    """``EntityKind`` with a member for each kind; the value of a member is the name of its kind."""
    listed = [(upper_snake_case(each.name), each.name, each.description) for each in kinds]
    return _enum("EntityKind", "The kinds of nodes.", listed)


def relation_kind_enum(edges: Iterable[EdgeType]) -> type[Enum]:
    """``RelationKind`` with a member for each type of edges, which is its value too."""
    listed = [(each.type, each.type, each.description) for each in edges]
    return _enum("RelationKind", "The types of edges, by which nodes are joined.", listed)


def _enum(name: str, text: str, values: Sequence[tuple[str, str, str]]) -> type[Enum]:
    made = strawberry.enum(
        cast("type[Enum]", Enum(name, {member: value for member, value, _ in values})),
        name=name,
        description=text,
    )
    definition: StrawberryEnumDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry adds it
    for value, (_, _, description) in zip(definition.values, values, strict=True):
        value.description = description
    return made
