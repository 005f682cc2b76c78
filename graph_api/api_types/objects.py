"""Object types, interfaces and connections: what clients may ask for."""

from __future__ import annotations

from dataclasses import replace

from graph_api.api_types.axes import axes_of
from graph_api.api_types.names import axis_name, connection_name, edge_name, order_name, where_name
from graph_api.api_types.specs import ArgumentSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import DerivedProperty, NodeType, Ontology, Property, Relation, ScalarType

NODE_INTERFACE = TypeSpec(
    "Node",
    TypeForm.INTERFACE,
    "Anything with a global id (Relay Global Object Identification).",
    (FieldSpec("id", "ID!", "Identifies it among everything in the graph; opaque."),),
)
PAGE_INFO = TypeSpec(
    "PageInfo",
    TypeForm.OBJECT,
    "Where a page lies in its list (Relay Cursor Connections).",
    (
        FieldSpec("hasNextPage", "Boolean!", "Whether more follow after the page."),
        FieldSpec("hasPreviousPage", "Boolean!", "Whether more come before the page."),
        FieldSpec("startCursor", "String", "The cursor of the first edge; empty for an empty page."),
        FieldSpec("endCursor", "String", "The cursor of the last edge; empty for an empty page."),
    ),
)
GROUP = TypeSpec(
    "Group",
    TypeForm.OBJECT,
    "How many nodes of a list share the same values of some axes.",
    (
        FieldSpec(
            "keys",
            "[String!]!",
            "The values, keys of nodes or values of enums, in the order of the axes; a key "
            "that several kinds could have stands as Kind:KEY.",
        ),
        FieldSpec("count", "Int!", "How many different nodes of the whole list are in the group."),
    ),
)
AS_OF = ArgumentSpec("asOf", "Date", "Only relations that hold, or may hold, on this day; all when left out.")


def page_arguments(owner: NodeType | Relation) -> tuple[ArgumentSpec, ...]:
    """The arguments of every connection."""
    return (
        ArgumentSpec("where", where_name(owner), "Only those that satisfy this."),
        ArgumentSpec(
            "orderBy", f"[{order_name(owner)}!]", "The order; by key where it leaves ties or is not given."
        ),
        ArgumentSpec("first", "Int", "At most so many, from the start or after the cursor `after`."),
        ArgumentSpec("after", "String", "The cursor that the page follows."),
        ArgumentSpec("last", "Int", "At most so many, from the end or before the cursor `before`."),
        ArgumentSpec("before", "String", "The cursor that the page precedes."),
    )


def kind_type(kind: NodeType, ontology: Ontology) -> TypeSpec:
    """The object type or interface of a kind."""
    fields = (
        *NODE_INTERFACE.fields,
        *(_property_field(found, ontology) for found in kind.properties),
        *(_derived_field(found) for found in kind.derived),
        *(_relation_field(found) for found in kind.relations),
    )
    form = TypeForm.INTERFACE if kind.abstract else TypeForm.OBJECT
    return TypeSpec(kind.name, form, kind.description, fields, (NODE_INTERFACE.name, *kind.interfaces))


def kind_connection(kind: NodeType) -> tuple[TypeSpec, TypeSpec]:
    """The root connection of a kind and its edge."""
    edge = FieldSpec("node", f"{kind.name}!", "The node."), _CURSOR
    connection = _connection(kind, kind.name)
    if axes_of(kind):
        connection = replace(connection, fields=(*connection.fields, _groups(kind)))
    return connection, TypeSpec(edge_name(kind), TypeForm.OBJECT, "A row of the list.", edge)


def relation_connection(relation: Relation, ontology: Ontology) -> tuple[TypeSpec, TypeSpec]:
    """The connection of a to-many relation and its edge, with the properties of the relation."""
    properties = () if relation.transitive else relation.edge.properties
    fields = (
        FieldSpec("node", f"{relation.target}!", "The node at the other end."),
        _CURSOR,
        *(_property_field(found, ontology) for found in properties if not found.unique),
    )
    edge = TypeSpec(edge_name(relation), TypeForm.OBJECT, relation.edge.description, fields)
    return _connection(relation, relation.target), edge


def _groups(kind: NodeType) -> FieldSpec:
    arguments = (
        ArgumentSpec("by", f"[{axis_name(kind)}!]!", "One to three axes."),
        ArgumentSpec("rollUp", "Boolean", "Whether it also counts for what contains it in a hierarchy."),
    )
    text = "How many nodes of all pages share the same values; a node can be in several groups, or in none."
    return FieldSpec("groups", "[Group!]!", text, arguments)


_CURSOR = FieldSpec("cursor", "String!", "Where the row stands in the list and its order; opaque.")


def _connection(owner: NodeType | Relation, target: str) -> TypeSpec:
    fields = (
        FieldSpec("edges", f"[{edge_name(owner)}!]!", "The rows of the page."),
        FieldSpec("nodes", f"[{target}!]!", "The nodes of the rows of the page."),
        FieldSpec("totalCount", "Int!", "How many there are on all pages."),
        FieldSpec("pageInfo", "PageInfo!", "Where the page lies in the list."),
    )
    text = owner.end.description if isinstance(owner, Relation) else f"A page of a list. {owner.description}"
    return TypeSpec(connection_name(owner), TypeForm.OBJECT, text, fields)


def _property_field(found: Property, ontology: Ontology) -> FieldSpec:
    if found.name == "sources":
        return FieldSpec("sources", f"[{ontology.source_kind}!]!", found.description)
    arguments: tuple[ArgumentSpec, ...] = ()
    if found.localized and ontology.languages is not None:
        text = "The language, where a name in it is known; otherwise the name to show."
        arguments = (ArgumentSpec("language", ontology.languages.__name__, text),)
    return FieldSpec(found.field, scalar_type(found), found.description, arguments)


def _derived_field(found: DerivedProperty) -> FieldSpec:
    return FieldSpec(found.field, scalar_type(found), found.description)


def scalar_type(found: Property | DerivedProperty) -> str:
    """The GraphQL type of a property."""
    name = found.enum.__name__ if found.enum else str(found.type)
    if found.type is ScalarType.STRINGS:
        return f"{name}!"
    return f"{name}!" if found.required else name


def _relation_field(relation: Relation) -> FieldSpec:
    if relation.many:
        arguments = page_arguments(relation)
        return FieldSpec(
            relation.end.field, f"{connection_name(relation)}!", relation.end.description, arguments
        )
    required = "!" if relation.end.cardinality is Cardinality.EXACTLY_ONE else ""
    return FieldSpec(relation.end.field, f"{relation.target}{required}", relation.end.description)
