"""The enum of kinds that fields written by hand take as an argument."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from graph_api.ontology.model import NodeType
from graph_api.ontology.names import upper_snake_case


def entity_kind_enum(kinds: Iterable[NodeType]) -> type[Enum]:
    """``EntityKind`` with a member for each kind; the value of a member is the name of its kind."""
    listed = tuple(kinds)
    members = {upper_snake_case(each.name): each.name for each in listed}
    made = strawberry.enum(
        cast("type[Enum]", Enum("EntityKind", members)), name="EntityKind", description="The kinds of nodes."
    )
    definition: StrawberryEnumDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry adds it
    for value, kind in zip(definition.values, listed, strict=True):
        value.description = kind.description
    return made
