"""Filters and orders: what clients may say in ``where`` and ``orderBy``."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.api_types.names import order_name, relation_name, where_name
from graph_api.api_types.specs import EnumSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.ontology.model import EdgeType, NodeType, Ontology, Property, Relation, ScalarType

_EQUAL = ("eq", "{}", "Is exactly this.")
_NOT_EQUAL = ("ne", "{}", "Is known and not this.")
_IN = ("in", "[{}!]", "Is one of these. An empty list matches nothing.")
_IS_NULL = ("isNull", "Boolean", "Is not known (true) or known (false).")
_RANGE = (
    ("gt", "{}", "Is greater than this."),
    ("gte", "{}", "Is this or greater."),
    ("lt", "{}", "Is less than this."),
    ("lte", "{}", "Is this or less."),
)
_PARTS = (
    ("contains", "{}", "Contains this, whatever the case and the accents."),
    ("startsWith", "{}", "Starts with this, whatever the case and the accents."),
)
_DATE_RANGE = (
    ("gt", "{}", "Is certainly later than this."),
    ("gte", "{}", "Is on or after this, or may be."),
    ("lt", "{}", "Is certainly earlier than this."),
    ("lte", "{}", "Is on or before this, or may be."),
    ("within", "{}", "Lies wholly within this day, month or year."),
    ("precision", "Precision", "Is known this precisely."),
)
_SCALAR_FILTERS = (
    ("Key", "String", (_EQUAL, _NOT_EQUAL, _IN)),
    ("Text", "String", (_EQUAL, _NOT_EQUAL, _IN, *_PARTS, _IS_NULL)),
    ("Int", "Int", (_EQUAL, _NOT_EQUAL, _IN, *_RANGE, _IS_NULL)),
    ("Float", "Float", (_EQUAL, _NOT_EQUAL, *_RANGE, _IS_NULL)),
    ("Boolean", "Boolean", (_EQUAL, _IS_NULL)),
    ("Date", "Date", (_EQUAL, _NOT_EQUAL, _IN, *_RANGE, _IS_NULL)),
    ("PartialDate", "PartialDate", (_EQUAL, _NOT_EQUAL, _IN, *_DATE_RANGE, _IS_NULL)),
    ("Texts", "String", (("has", "{}", "Has exactly this among its texts."),)),
)
_FILTER_NAMES = {
    ScalarType.STRING: "TextFilter",
    ScalarType.INT: "IntFilter",
    ScalarType.FLOAT: "FloatFilter",
    ScalarType.BOOLEAN: "BooleanFilter",
    ScalarType.DATE: "DateFilter",
    ScalarType.PARTIAL_DATE: "PartialDateFilter",
    ScalarType.STRINGS: "TextsFilter",
}
ORDER_DIRECTION = EnumSpec(
    "OrderDirection",
    "The direction of an order. What is not known comes last in both directions.",
    (("ASC", "From the smallest to the largest."), ("DESC", "From the largest to the smallest.")),
)
PRECISION = EnumSpec(
    "Precision",
    "How precisely a date is known.",
    (("YEAR", "To the year."), ("MONTH", "To the month."), ("DAY", "To the day.")),
)


def filter_name(found: Property) -> str:
    """The name of the input that filters by a property."""
    if found.unique:
        return "KeyFilter"
    return f"{found.enum.__name__}Filter" if found.enum else _FILTER_NAMES[found.type]


def filters(ontology: Ontology) -> Iterator[TypeSpec]:
    """The filters of scalars, and one for each enum that something can be filtered by."""
    for name, scalar, operators in _SCALAR_FILTERS:
        yield _filter(f"{name}Filter", scalar, operators)
    holders: list[NodeType | EdgeType] = [*ontology.kinds(), *ontology.edges.values()]
    enums = {found.enum.__name__ for holder in holders for found in holder.properties if found.enum}
    for enum in sorted(enums):
        yield _filter(f"{enum}Filter", enum, (_EQUAL, _NOT_EQUAL, _IN, _IS_NULL))


def _filter(name: str, scalar: str, operators: tuple[tuple[str, str, str], ...]) -> TypeSpec:
    fields = tuple(FieldSpec(field, type_.format(scalar), text) for field, type_, text in operators)
    return TypeSpec(name, TypeForm.INPUT, "Conditions on one value; all that are given must hold.", fields)


def kind_where(kind: NodeType, ontology: Ontology) -> TypeSpec:
    """The filter of a kind: its properties, its relations, their counts."""
    name = where_name(kind)
    fields = [*_combinators(name), *_property_filters(kind.properties)]
    if kind.hierarchy is not None:
        fields.append(
            FieldSpec("within", "[String!]", "Is one of these or lies within one, at any distance; by key.")
        )
    for concrete in (ontology.node(name) for name in kind.concrete if kind.abstract):
        fields.append(
            FieldSpec(concrete.field, where_name(concrete), f"Is a {concrete.name} that satisfies this.")
        )
    for relation in kind.relations:
        if relation.many:
            text = f"Conditions on: {relation.end.description}"
            fields.append(FieldSpec(relation.end.field, relation_name(relation), text))
            if not relation.transitive:
                text = f"Conditions on the number of: {relation.end.description}"
                fields.append(FieldSpec(f"{relation.end.field}Count", "IntFilter", text))
        else:
            text = f"There is one that satisfies this. {relation.end.description}"
            fields.append(FieldSpec(relation.end.field, f"{relation.target}Where", text))
    return TypeSpec(name, TypeForm.INPUT, f"Conditions on: {kind.description}", tuple(fields))


def kind_order(kind: NodeType) -> TypeSpec:
    """The orders of a kind: one key an element."""
    fields = _property_orders(kind.properties)
    for relation in kind.relations:
        if not relation.many:
            fields.append(FieldSpec(relation.end.field, f"{relation.target}Order", relation.end.description))
        elif not relation.transitive:
            text = f"By the number of: {relation.end.description}"
            fields.append(FieldSpec(f"{relation.end.field}Count", "OrderDirection", text))
    return TypeSpec(order_name(kind), TypeForm.ONE_OF_INPUT, "One key of an order.", tuple(fields))


def relation_inputs(relation: Relation) -> tuple[TypeSpec, TypeSpec, TypeSpec]:
    """The quantifiers, the filter and the order of a to-many relation."""
    where, order = where_name(relation), order_name(relation)
    quantifiers = (
        FieldSpec("some", where, "At least one satisfies this."),
        FieldSpec("none", where, "None satisfies this."),
        FieldSpec("every", where, "All satisfy this; also true where there are none."),
        FieldSpec("single", where, "Exactly one satisfies this."),
    )
    properties = () if relation.transitive else relation.edge.properties
    node = FieldSpec("node", f"{relation.target}Where", "Conditions on the node at the other end.")
    by_node = FieldSpec("node", f"{relation.target}Order", "By the node at the other end.")
    filtered = tuple(_property_filters(properties, keyed=False))
    ordered = tuple(_property_orders(properties, keyed=False))
    return (
        TypeSpec(relation_name(relation), TypeForm.INPUT, "How many have to satisfy what.", quantifiers),
        TypeSpec(
            where,
            TypeForm.INPUT,
            "Conditions on a relation and on the node at its other end.",
            (*_combinators(where), node, *filtered),
        ),
        TypeSpec(order, TypeForm.ONE_OF_INPUT, "One key of an order.", (by_node, *ordered)),
    )


def _combinators(name: str) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("and", f"[{name}!]", "All of these hold."),
        FieldSpec("or", f"[{name}!]", "At least one of these holds. An empty list matches nothing."),
        FieldSpec("not", name, "This does not hold."),
    )


def _property_filters(properties: tuple[Property, ...], *, keyed: bool = True) -> list[FieldSpec]:
    return [
        FieldSpec(found.field, filter_name(found), found.description)
        for found in properties
        if found.filtered and (keyed or not found.unique)
    ]


def _property_orders(properties: tuple[Property, ...], *, keyed: bool = True) -> list[FieldSpec]:
    return [
        FieldSpec(found.field, "OrderDirection", found.description)
        for found in properties
        if found.ordered and (keyed or not found.unique)
    ]
