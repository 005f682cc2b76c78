"""From declarations to the resolved ontology; every clash is reported at once."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from graph_api.errors import InvalidOntologyError
from graph_api.ontology.audience import beyond, described, highest
from graph_api.ontology.checks import clashes
from graph_api.ontology.declare import (
    Cardinality,
    DerivedDeclaration,
    Edge,
    EndDeclaration,
    Node,
    PropertyDeclaration,
)
from graph_api.ontology.model import (
    DerivedProperty,
    Direction,
    EdgeType,
    End,
    NodeType,
    Ontology,
    Property,
    Relation,
    ScalarType,
)
from graph_api.ontology.names import camel_case, upper_snake_case
from graph_api.ontology.partial_date import PartialDate

EdgeDeclaration: TypeAlias = type[Edge[Any, Any]]
"""An edge class, whichever kinds it links."""
_SCALARS: dict[object, ScalarType] = {
    str: ScalarType.STRING,
    int: ScalarType.INT,
    float: ScalarType.FLOAT,
    bool: ScalarType.BOOLEAN,
    date: ScalarType.DATE,
    PartialDate: ScalarType.PARTIAL_DATE,
    list[str]: ScalarType.STRINGS,
}
_SPELL = (
    ("since", "Since when it holds, as precisely as known; empty when not known."),
    ("until", "Until when it held, as precisely as known; empty while it goes on."),
)
_EDGE_KEY = Property(
    "key", "key", ScalarType.STRING, "Identifies the edge among its type.", True, unique=True
)
_SYNTHETIC = Property(
    "synthetic",
    "synthetic",
    ScalarType.BOOLEAN,
    "Whether it was made up for demonstration.",
    True,
    ordered=False,
)
_SOURCES = Property(
    "sources",
    "sources",
    ScalarType.STRINGS,
    "The sources that it rests on.",
    True,
    filtered=False,
    ordered=False,
)


def resolve(
    *,
    title: str,
    summary: str,
    root: type[Node],
    source: type[Node],
    nodes: Sequence[type[Node]],
    edges: Sequence[EdgeDeclaration],
    languages: type[Enum] | None = None,
    roles: type[Enum] | None = None,
) -> Ontology:
    """Resolve the declarations.

    ``root`` is the interface that every kind implements, ``source`` the kind that facts rest on;
    ``roles`` go from the one that sees least to the one that sees everything.
    Raises ``InvalidOntologyError`` with all clashes when the declarations contradict each other.
    """
    edge_types = {edge.__name__: _edge_type(edge) for edge in edges}
    kinds = {node.__name__: _node_type(node, nodes) for node in nodes}
    kinds = {name: _with_relations(kind, edge_types, kinds) for name, kind in kinds.items()}
    names = tuple(roles.__members__) if roles else ()
    ontology = Ontology(
        title,
        summary,
        kinds,
        edge_types,
        root.__name__,
        source.__name__,
        languages,
        names,
    )
    found = clashes(ontology)
    if found:
        raise InvalidOntologyError("The ontology contradicts itself: " + "; ".join(found) + ".")
    return ontology


def properties_of(owner: type) -> tuple[Property, ...]:
    """The properties that a class declares with ``prop``; raises ``InvalidOntologyError``."""
    return _properties(owner)[0]


def _node_type(node: type[Node], nodes: Sequence[type[Node]]) -> NodeType:
    properties, computed = _properties(node)
    concrete = tuple(other.__name__ for other in nodes if issubclass(other, node) and not other.abstract)
    interfaces = tuple(other.__name__ for other in nodes if other is not node and issubclass(node, other))
    return NodeType(
        name=node.__name__,
        field=camel_case(upper_snake_case(node.__name__).lower()),
        plural=node.plural,
        description=described(inspect.cleandoc(node.__doc__ or ""), node.visible_to),
        abstract=node.abstract,
        interfaces=interfaces,
        concrete=concrete,
        properties=(*properties, _SYNTHETIC, _SOURCES),
        derived=computed,
        relations=(),
        hierarchy=None,
        visible_to=_role(node.visible_to),
        rows_restricted=node.rows_restricted,
    )


def _edge_type(edge: EdgeDeclaration) -> EdgeType:
    source, target = _ends(edge)
    properties, _ = _properties(edge)
    spell = tuple(
        Property(name, name, ScalarType.PARTIAL_DATE, text, required=False)
        for name, text in _SPELL
        if edge.dated
    )
    return EdgeType(
        name=edge.__name__,
        type=upper_snake_case(edge.__name__),
        description=described(inspect.cleandoc(edge.__doc__ or ""), edge.visible_to),
        source=source.__name__,
        target=target.__name__,
        properties=(_EDGE_KEY, *properties, *spell, _SYNTHETIC, _SOURCES),
        forward=_end(edge, edge.forward, source, target),
        backward=_end(edge, edge.backward, target, source) if edge.backward else None,
        dated=edge.dated,
        hierarchical=edge.hierarchical,
        visible_to=_role(edge.visible_to),
    )


def _ends(edge: EdgeDeclaration) -> tuple[type[Node], type[Node]]:
    for base in edge.__dict__.get("__orig_bases__", ()):
        arguments = get_args(base)
        if len(arguments) == 2:
            return arguments[0], arguments[1]
    raise InvalidOntologyError(f"{edge.__name__} does not say which kinds it links.")


def _end(edge: EdgeDeclaration, declared: EndDeclaration, near: type[Node], far: type[Node]) -> End:
    needed = beyond(highest(edge.visible_to, far.visible_to), near.visible_to)
    return End(declared.field, described(declared.text, needed), declared.cardinality)


def _with_relations(kind: NodeType, edges: dict[str, EdgeType], kinds: dict[str, NodeType]) -> NodeType:
    lineage = (kind.name, *kind.interfaces)
    relations = tuple(found for edge in edges.values() for found in _relations(edge, lineage))
    hierarchy = next((edge for edge in edges.values() if edge.hierarchical and edge.source in lineage), None)
    return replace(kind, relations=relations, hierarchy=hierarchy)


def _relations(edge: EdgeType, lineage: tuple[str, ...]) -> Iterator[Relation]:
    if edge.source in lineage:
        yield Relation(edge.source, edge, Direction.FORWARD, edge.forward, edge.target)
        if edge.hierarchical:
            end = End("ancestors", "Everything that contains it, at any distance.", Cardinality.MANY)
            yield Relation(edge.source, edge, Direction.FORWARD, end, edge.target, transitive=True)
    if edge.target in lineage and edge.backward is not None:
        yield Relation(edge.target, edge, Direction.BACKWARD, edge.backward, edge.source)
        if edge.hierarchical:
            end = End("descendants", "Everything that it contains, at any distance.", Cardinality.MANY)
            yield Relation(edge.target, edge, Direction.BACKWARD, end, edge.source, transitive=True)


def _properties(owner: type) -> tuple[tuple[Property, ...], tuple[DerivedProperty, ...]]:
    hints = get_type_hints(owner)
    stored: dict[str, Property] = {}
    computed: list[DerivedProperty] = []
    for name, declared in _declarations(owner):
        scalar, enum, required = _scalar(owner, name, hints.get(name))
        if isinstance(declared, PropertyDeclaration):
            stored[name] = _property(name, declared, scalar, enum)
        else:
            reads = tuple(stored[read] for read in declared.reads)
            computed.append(
                DerivedProperty(
                    name, camel_case(name), scalar, declared.text, required, reads, declared.compute, enum
                )
            )
    return tuple(stored.values()), tuple(computed)


def _declarations(owner: type) -> Iterable[tuple[str, PropertyDeclaration | DerivedDeclaration]]:
    seen: dict[str, PropertyDeclaration | DerivedDeclaration] = {}
    for base in reversed(owner.__mro__):
        for name, value in vars(base).items():
            if isinstance(value, PropertyDeclaration | DerivedDeclaration):
                seen[name] = value
    return seen.items()


def _property(
    name: str, declared: PropertyDeclaration, scalar: ScalarType, enum: type[Enum] | None
) -> Property:
    listed = scalar is ScalarType.STRINGS
    return Property(
        name=name,
        field=camel_case(name),
        type=scalar,
        description=described(declared.text, declared.visible_to),
        required=declared.required or listed,
        enum=enum,
        unique=declared.unique,
        localized=declared.localized,
        searched=declared.searched,
        filtered=declared.filtered,
        ordered=declared.ordered and not listed,
        visible_to=_role(declared.visible_to),
        tells_apart=declared.tells_apart or (declared.required and enum is not None),
    )


def _role(declared: Enum | None) -> str | None:
    return declared.name if declared is not None else None


def _scalar(owner: type, name: str, hint: object) -> tuple[ScalarType, type[Enum] | None, bool]:
    required = True
    if get_origin(hint) in (Union, types.UnionType):
        inner = [argument for argument in get_args(hint) if argument is not type(None)]
        required, hint = len(inner) == len(get_args(hint)), inner[0] if len(inner) == 1 else hint
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ScalarType.ENUM, hint, required
    if hint not in _SCALARS:
        raise InvalidOntologyError(f"{owner.__name__}.{name} has a type that cannot be stored: {hint}.")
    return _SCALARS[hint], None, required
