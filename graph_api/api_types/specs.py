"""GraphQL types as plain data, before they become Strawberry types. Type texts are GraphQL's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class TypeForm(Enum):
    """What kind of GraphQL type a specification describes."""

    OBJECT = "object"
    INTERFACE = "interface"
    INPUT = "input"
    ONE_OF_INPUT = "input with exactly one field given"


@dataclass(frozen=True, slots=True)
class ArgumentSpec:
    """An argument of a field: its name, its type as GraphQL writes it, its description."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: its name, its type as GraphQL writes it, its description, its arguments."""

    name: str
    type: str
    description: str
    arguments: tuple[ArgumentSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """A type with its fields; ``interfaces`` are names of other specifications."""

    name: str
    form: TypeForm
    description: str
    fields: tuple[FieldSpec, ...]
    interfaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnumSpec:
    """An enum: its values with their descriptions."""

    name: str
    description: str
    values: tuple[tuple[str, str], ...]
