"""The vocabulary for declaring an ontology: Node, Edge, Hierarchy and their properties.

A kind of node is a class with annotated properties; an edge is a class of its own that names its
two ends as type parameters and the two fields through which it is seen. Docstrings and texts
become the descriptions of the API and the help of the importer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar, dataclass_transform

_REQUIRED: Any = object()
"""Marks a property without a default: a loaded row must fill it."""


class Cardinality(Enum):
    """How many edges of one type a node may have in one direction."""

    MANY = "many"
    ONE = "one"
    EXACTLY_ONE = "exactly one"


@dataclass(frozen=True, slots=True)
class PropertyDeclaration:
    """What ``prop`` was told; the type is in the class's annotation."""

    text: str
    required: bool
    unique: bool
    localized: bool
    searched: bool
    filtered: bool
    ordered: bool
    visible_to: Enum | None
    tells_apart: bool


@dataclass(frozen=True, slots=True)
class DerivedDeclaration:
    """A property that is computed from stored ones when it is read."""

    text: str
    reads: tuple[str, ...]
    compute: Callable[..., object]


@dataclass(frozen=True, slots=True)
class EndDeclaration:
    """How an edge is seen from one of its ends: the field's name, its text, how many there can be."""

    field: str
    text: str
    cardinality: Cardinality


def prop(
    text: str,
    *,
    default: Any = _REQUIRED,
    unique: bool = False,
    localized: bool = False,
    searched: bool = False,
    filtered: bool = True,
    ordered: bool = True,
    visible_to: Enum | None = None,
    tells_apart: bool = False,
) -> Any:
    """Declare a stored property.

    ``unique`` makes it the key of its kind; ``localized`` stores a text for each language beside
    the plain one; ``searched`` offers it to full-text search; ``filtered`` and ``ordered`` say
    whether clients may filter by it and order by it; ``visible_to`` is the lowest role that may see
    it; ``tells_apart`` says that edges between the same ends that differ in it are different facts, as
    they are where required vocabularies differ. Without ``default=None`` it is required.
    """
    required = default is _REQUIRED
    return PropertyDeclaration(
        text, required, unique, localized, searched, filtered, ordered, visible_to, tells_apart
    )


def derived(text: str, *, reads: tuple[str, ...], compute: Callable[..., object]) -> Any:
    """Declare a property that ``compute`` makes of the stored properties named in ``reads``."""
    return DerivedDeclaration(text, reads, compute)


def many(field: str, text: str) -> EndDeclaration:
    """Any number of edges, seen as a connection."""
    return EndDeclaration(field, text, Cardinality.MANY)


def one(field: str, text: str, *, required: bool = False) -> EndDeclaration:
    """At most one edge (exactly one when required), seen as the node at its other end."""
    return EndDeclaration(field, text, Cardinality.EXACTLY_ONE if required else Cardinality.ONE)


@dataclass_transform(kw_only_default=True, field_specifiers=(prop, derived))
class Node:
    """Base of every kind of node. ``abstract`` kinds are interfaces: nothing is stored as one.

    ``visible_to`` is the lowest role that may see nodes of the kind; to others they do not exist.
    ``rows_restricted`` says that single nodes of the kind are restricted as a matter of course: they are
    checked for it always, not only once the graph says that it holds such nodes.
    """

    plural: ClassVar[str]
    abstract: ClassVar[bool]
    visible_to: ClassVar[Enum | None]
    rows_restricted: ClassVar[bool]

    def __init_subclass__(
        cls,
        *,
        plural: str = "",
        abstract: bool = False,
        visible_to: Enum | None = None,
        rows_restricted: bool = False,
    ) -> None:
        super().__init_subclass__()
        cls.plural = plural
        cls.abstract = abstract
        cls.visible_to = visible_to
        cls.rows_restricted = rows_restricted


Source = TypeVar("Source", bound=Node)
Target = TypeVar("Target", bound=Node)


@dataclass_transform(kw_only_default=True, field_specifiers=(prop, derived))
class Edge(Generic[Source, Target]):
    """Base of every type of edge, from ``Source`` to ``Target``.

    ``dated`` edges hold for a time: they carry ``since`` and ``until`` as partial dates, and
    questions as of a day see only those that hold on it.
    """

    forward: ClassVar[EndDeclaration]
    backward: ClassVar[EndDeclaration | None]
    dated: ClassVar[bool]
    hierarchical: ClassVar[bool] = False
    visible_to: ClassVar[Enum | None] = None

    def __init_subclass__(
        cls,
        *,
        forward: EndDeclaration | None = None,
        backward: EndDeclaration | None = None,
        dated: bool = True,
        visible_to: Enum | None = None,
    ) -> None:
        super().__init_subclass__()
        cls.visible_to = visible_to
        if forward is not None:
            cls.forward = forward
        cls.backward = backward
        cls.dated = dated


class Hierarchy(Edge[Source, Target]):
    """An edge from a narrower node to the wider one that contains it.

    It brings ``ancestors``, ``descendants``, the filter operator ``within``, and a check that no
    node is its own ancestor.
    """

    hierarchical: ClassVar[bool] = True

    def __init_subclass__(
        cls, *, up: EndDeclaration | None = None, down: EndDeclaration | None = None
    ) -> None:
        super().__init_subclass__(forward=up, backward=down, dated=False)
