"""The resolved ontology: frozen, checked, complete; every later stage reads only this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypeAlias

from graph_api.ontology.declare import Cardinality

EnumClass: TypeAlias = type[Enum]
RESTRICTED_LEVEL = "restricted_level"
"""The stored property of a node that not everybody may see: the index, among the roles of the ontology, of
the lowest role that may. No kind declares it, and no client reads it."""


class ScalarType(StrEnum):
    """The types a property can have, named as in GraphQL where GraphQL has them."""

    STRING = "String"
    INT = "Int"
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    DATE = "Date"
    PARTIAL_DATE = "PartialDate"
    ENUM = "Enum"
    STRINGS = "[String!]"


@dataclass(frozen=True, slots=True)
class Property:
    """A stored property. ``field`` is its GraphQL name, ``name`` its stored and Python name."""

    name: str
    field: str
    type: ScalarType
    description: str
    required: bool
    enum: EnumClass | None = None
    unique: bool = False
    localized: bool = False
    searched: bool = False
    filtered: bool = True
    ordered: bool = True
    visible_to: str | None = None
    tells_apart: bool = False

    @property
    def folded(self) -> str | None:
        """The stored copy without case and accents: what texts are ordered and searched by."""
        if self.type is ScalarType.STRING and not self.unique and (self.ordered or self.filtered):
            return f"{self.name}_folded"
        return None

    @property
    def first_day(self) -> str:
        """The stored first day that a partial date can mean."""
        return f"{self.name}_first_day"

    @property
    def last_day(self) -> str:
        """The stored last day that a partial date can mean."""
        return f"{self.name}_last_day"

    def in_language(self, language: str) -> str:
        """The stored text of a localized property in one language."""
        return f"{self.name}_{language.lower()}"

    @property
    def order_name(self) -> str:
        """The stored property that an order by this one compares."""
        if self.type is ScalarType.PARTIAL_DATE:
            return self.first_day
        return self.folded or self.name


@dataclass(frozen=True, slots=True)
class DerivedProperty:
    """A property computed from stored ones when it is read."""

    name: str
    field: str
    type: ScalarType
    description: str
    required: bool
    reads: tuple[Property, ...]
    compute: Callable[..., object]
    enum: EnumClass | None = None


class Direction(Enum):
    """Which way a relation follows the arrow of its edge type."""

    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class End:
    """How an edge type is seen from one end."""

    field: str
    description: str
    cardinality: Cardinality


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A type of edge; ``source`` and ``target`` name the kinds at its ends."""

    name: str
    type: str
    description: str
    source: str
    target: str
    properties: tuple[Property, ...]
    forward: End
    backward: End | None
    dated: bool
    hierarchical: bool
    visible_to: str | None = None

    def property_named(self, name: str) -> Property:
        """The property with this stored name; raises ``KeyError``."""
        return _named(self.properties, name)


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge type as one kind sees it. ``transitive`` follows it any number of times."""

    owner: str
    edge: EdgeType
    direction: Direction
    end: End
    target: str
    transitive: bool = False

    @property
    def many(self) -> bool:
        """Whether it is a connection rather than a single node."""
        return self.end.cardinality is Cardinality.MANY


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of node. ``concrete`` are the kinds stored as it: itself, or all that implement it.

    ``rows_restricted`` says that its nodes are always checked for being restricted (``RESTRICTED_LEVEL``).
    """

    name: str
    field: str
    plural: str
    description: str
    abstract: bool
    interfaces: tuple[str, ...]
    concrete: tuple[str, ...]
    properties: tuple[Property, ...]
    derived: tuple[DerivedProperty, ...]
    relations: tuple[Relation, ...]
    hierarchy: EdgeType | None
    visible_to: str | None = None
    rows_restricted: bool = False

    def property_named(self, name: str) -> Property:
        """The property with this stored name; raises ``KeyError``."""
        return _named(self.properties, name)

    @property
    def key(self) -> Property:
        """The property that identifies a node among its kind."""
        return next(found for found in self.properties if found.unique)


@dataclass(frozen=True, slots=True)
class Ontology:
    """All kinds and edge types of a graph, by name, in the order of declaration.

    ``roles`` go from the one that sees least to the one that sees everything.
    """

    title: str
    summary: str
    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    root: str
    source_kind: str
    languages: EnumClass | None
    roles: tuple[str, ...] = ()

    def node(self, name: str) -> NodeType:
        """The kind with this name; raises ``KeyError``."""
        return self.nodes[name]

    def sees(self, role: str, needed: str | None) -> bool:
        """Whether a role may see what ``needed`` and the roles above it may see."""
        return needed is None or self.roles.index(role) >= self.roles.index(needed)

    @property
    def public(self) -> str:
        """The role that sees least; empty where the ontology knows no roles."""
        return self.roles[0] if self.roles else ""

    def kinds(self) -> tuple[NodeType, ...]:
        """The kinds that are stored: every one that is not abstract."""
        return tuple(kind for kind in self.nodes.values() if not kind.abstract)


def _named(properties: tuple[Property, ...], name: str) -> Property:
    for found in properties:
        if found.name == name:
            return found
    raise KeyError(name)
