"""The axes that nodes of a kind can be grouped by: its relations and its enums."""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.api_types.names import axis_name
from graph_api.api_types.specs import EnumSpec
from graph_api.ontology.model import NodeType, Property, Relation
from graph_api.ontology.names import upper_snake_case


@dataclass(frozen=True, slots=True)
class AxisMeaning:
    """What a value of a kind's axis enum stands for."""

    name: str
    meaning: Property | Relation


def axes_of(kind: NodeType) -> tuple[AxisMeaning, ...]:
    """All axes of a kind, in the order of declaration."""
    enums = [AxisMeaning(upper_snake_case(found.field), found) for found in kind.properties if found.enum]
    relations = [
        AxisMeaning(upper_snake_case(found.end.field), found)
        for found in kind.relations
        if not found.transitive
    ]
    return (*enums, *relations)


def axis_enum(kind: NodeType) -> EnumSpec:
    """The enum of a kind's axes."""
    values = tuple((found.name, _text(found.meaning)) for found in axes_of(kind))
    return EnumSpec(axis_name(kind), f"What nodes can be grouped by. {kind.description}", values)


def _text(meaning: Property | Relation) -> str:
    return meaning.description if isinstance(meaning, Property) else f"By: {meaning.end.description}"
