"""The plan: a frozen tree that says what one root field fetches.

A selection has a source, a predicate, an order, a page and a projection. Nothing here is text of a
query language, and nothing here holds a value of the request: values are parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum
from typing import TypeAlias, TypeVar

from graph_api.ontology.model import DerivedProperty, EdgeType, NodeType, Property, Relation


class PlanNode:
    """Base of everything in a plan; rewrites rebuild only these."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Parameter(PlanNode):
    """A value of the request, by the name that the statement knows it under."""

    name: str


# ── Where nodes come from ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Scan(PlanNode):
    """Every node of a kind."""

    kind: NodeType


@dataclass(frozen=True, slots=True)
class Lookup(PlanNode):
    """The node of a kind with one key; an abstract kind looks in all that implement it."""

    kind: NodeType
    key: Parameter


@dataclass(frozen=True, slots=True)
class LookupMany(PlanNode):
    """The nodes at the positions of two parallel lists: the names of their kinds, and their keys."""

    kind: NodeType
    kinds: Parameter
    keys: Parameter


@dataclass(frozen=True, slots=True)
class Traverse(PlanNode):
    """The nodes at the other end of a relation.

    With ``valid_on``, only along edges that hold that day; only nodes that are ``visible``.
    """

    relation: Relation
    target: NodeType
    valid_on: Parameter | None = None
    visible: Predicate | None = None


Source: TypeAlias = Scan | Lookup | LookupMany | Traverse


# ── What is compared ──────────────────────────────────────────────────────────────────────────


class Holder(Enum):
    """Which of the two a property is read from: the node, or the edge that led to it."""

    NODE = "node"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Stored(PlanNode):
    """A stored property, by its stored name."""

    holder: Holder
    name: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class Related(PlanNode):
    """A value of the node at the other end of a to-one relation."""

    traverse: Traverse
    operand: Operand
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Counted(PlanNode):
    """How many edges of a relation there are."""

    traverse: Traverse
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Length(PlanNode):
    """The number of characters of a stored text: it tells the precision of a partial date."""

    stored: Stored
    nullable: bool = True


Operand: TypeAlias = Stored | Related | Counted | Length


# ── Which nodes are kept ──────────────────────────────────────────────────────────────────────


class Operator(StrEnum):
    """Comparisons of an operand with a parameter."""

    EQUAL = "="
    NOT_EQUAL = "<>"
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    IN = "IN"
    CONTAINS = "CONTAINS"
    STARTS_WITH = "STARTS WITH"
    HAS = "HAS"


class Quantifier(Enum):
    """How many of the related nodes have to satisfy a predicate."""

    SOME = "some"
    NONE = "none"
    EVERY = "every"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Compare(PlanNode):
    """An operand compared with a parameter; unknown (never true) where the operand is null."""

    operand: Operand
    operator: Operator
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class IsNull(PlanNode):
    """Whether an operand is null."""

    operand: Operand


@dataclass(frozen=True, slots=True)
class And(PlanNode):
    """All parts hold; with no parts, always true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Or(PlanNode):
    """Some part holds; with no parts, never true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not(PlanNode):
    """The part does not hold. A part that is unknown counts as not holding."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class Quantified(PlanNode):
    """So many of the nodes at the other end of a relation satisfy the predicate."""

    quantifier: Quantifier
    traverse: Traverse
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class HierarchySet(PlanNode):
    """The nodes of ``kind`` at or under the nodes with the given keys, resolved once a statement."""

    index: int
    hierarchy: EdgeType
    kind: NodeType
    roots: NodeType
    keys: Parameter


@dataclass(frozen=True, slots=True)
class ResolvedSet(PlanNode):
    """The nodes of a kind that satisfy a predicate, resolved once a statement, up to a cap."""

    index: int
    kind: NodeType
    predicate: Predicate


NodeSet: TypeAlias = HierarchySet | ResolvedSet


@dataclass(frozen=True, slots=True)
class InSet(PlanNode):
    """The node is in a set resolved at the start of the statement."""

    index: int


@dataclass(frozen=True, slots=True)
class OfKind(PlanNode):
    """The node is of a kind, among those of an interface, and satisfies the predicate."""

    kind: NodeType
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class After(PlanNode):
    """The row comes after a cursor's row in an order; ``values`` has null where that row had null."""

    keys: tuple[OrderKey, ...]
    values: tuple[Parameter | None, ...]


Predicate: TypeAlias = Compare | IsNull | And | Or | Not | Quantified | InSet | OfKind | After
ALWAYS = And(())
NEVER = Or(())


# ── In which order, and how many ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OrderKey(PlanNode):
    """One key of an order. Nulls come last in both directions; a list read backward has them first."""

    operand: Operand
    descending: bool
    nulls_first: bool = False


@dataclass(frozen=True, slots=True)
class Page(PlanNode):
    """A part of an ordered list: ``limit`` rows (one more than asked for, to see whether more follow)."""

    order: tuple[OrderKey, ...]
    limit: Parameter
    after: After | None
    backward: bool = False


# ── What is returned for each node ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Column(PlanNode):
    """A stored value, given back as it is."""

    response_key: str
    operand: Stored
    property: Property


@dataclass(frozen=True, slots=True)
class LocalizedColumn(PlanNode):
    """A text in the first of several stored languages that has one."""

    response_key: str
    names: tuple[str, ...]
    property: Property


@dataclass(frozen=True, slots=True)
class IdColumn(PlanNode):
    """The global id, made from kind and key."""

    response_key: str


@dataclass(frozen=True, slots=True)
class TypenameColumn(PlanNode):
    """The name of the node's kind; it needs nothing from the database."""

    response_key: str


@dataclass(frozen=True, slots=True)
class AbsentColumn(PlanNode):
    """A value that the viewer may not see: always null, and never fetched."""

    response_key: str


@dataclass(frozen=True, slots=True)
class DerivedColumn(PlanNode):
    """A value computed from stored ones when the row is shaped."""

    response_key: str
    derived: DerivedProperty


@dataclass(frozen=True, slots=True)
class SourcesColumn(PlanNode):
    """The source nodes that a node or an edge names by key."""

    response_key: str
    holder: Holder
    kind: NodeType
    projection: Projection


@dataclass(frozen=True, slots=True)
class OneColumn(PlanNode):
    """The node at the other end of a to-one relation, or null."""

    response_key: str
    traverse: Traverse
    projection: Projection


@dataclass(frozen=True, slots=True)
class ConnectionColumn(PlanNode):
    """A page of the nodes at the other end of a to-many relation."""

    response_key: str
    connection: Connection


NodeColumn: TypeAlias = (
    Column
    | LocalizedColumn
    | IdColumn
    | TypenameColumn
    | AbsentColumn
    | DerivedColumn
    | SourcesColumn
    | OneColumn
    | ConnectionColumn
)


@dataclass(frozen=True, slots=True)
class Projection(PlanNode):
    """The columns of a node, for each concrete kind that it can be; tagged when there are several."""

    by_kind: tuple[tuple[NodeType, tuple[NodeColumn, ...]], ...]
    tagged: bool


class ItemPart(Enum):
    """The two lists that a connection offers."""

    EDGES = "edges"
    NODES = "nodes"


@dataclass(frozen=True, slots=True)
class CursorColumn(PlanNode):
    """The cursor of an edge."""

    response_key: str


@dataclass(frozen=True, slots=True)
class EdgeNodeColumn(PlanNode):
    """The node of an edge."""

    response_key: str
    projection: Projection


EdgeColumn: TypeAlias = Column | TypenameColumn | AbsentColumn | SourcesColumn | CursorColumn | EdgeNodeColumn


@dataclass(frozen=True, slots=True)
class EdgeList(PlanNode):
    """The ``edges`` of a connection, under one response key."""

    response_key: str
    type_name: str
    columns: tuple[EdgeColumn, ...]


@dataclass(frozen=True, slots=True)
class NodeList(PlanNode):
    """The ``nodes`` of a connection, under one response key."""

    response_key: str
    projection: Projection


@dataclass(frozen=True, slots=True)
class PageInfo(PlanNode):
    """The ``pageInfo`` of a connection: the fields asked for, by response key."""

    response_key: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TotalCount(PlanNode):
    """The ``totalCount`` of a connection."""

    response_key: str


@dataclass(frozen=True, slots=True)
class PropertyAxis(PlanNode):
    """Groups by a stored value of the node."""

    operand: Stored


@dataclass(frozen=True, slots=True)
class RelationAxis(PlanNode):
    """Groups by the nodes at the other end of a relation, or also by everything that contains them."""

    traverse: Traverse
    hierarchy: EdgeType | None


Axis: TypeAlias = PropertyAxis | RelationAxis


@dataclass(frozen=True, slots=True)
class Groups(PlanNode):
    """The ``groups`` of a connection: how many of all its nodes are in each combination of the axes."""

    response_key: str
    axes: tuple[Axis, ...]
    fields: tuple[tuple[str, str], ...]


ConnectionPart: TypeAlias = EdgeList | NodeList | PageInfo | TotalCount | Groups | TypenameColumn


@dataclass(frozen=True, slots=True)
class Driver(PlanNode):
    """Another way to reach the nodes of a root list: from the members of a small set.

    Without ``traverse`` the members are the nodes. ``rest`` is what is left of the list's predicate
    once a node was reached this way.
    """

    set_index: int
    capped: bool
    traverse: Traverse | None
    rest: Predicate


@dataclass(frozen=True, slots=True)
class Connection(PlanNode):
    """A filtered, ordered page of nodes.

    ``signature`` names the list and its order; cursors carry it. ``with_cursor`` says whether rows
    carry the values of their order keys. ``drivers`` are ways to reach the nodes from small sets: the
    statement chooses among them and its source when it runs.
    """

    type_name: str
    source: Source
    predicate: Predicate
    page: Page
    parts: tuple[ConnectionPart, ...]
    signature: str
    with_cursor: bool
    drivers: tuple[Driver, ...] = ()

    @property
    def with_rows(self) -> bool:
        """Whether anything needs the rows themselves, not only their number."""
        return any(isinstance(part, EdgeList | NodeList | PageInfo) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Single(PlanNode):
    """At most one node."""

    source: Lookup
    projection: Projection


@dataclass(frozen=True, slots=True)
class Listed(PlanNode):
    """The nodes of a list of lookups, null where there is none."""

    source: LookupMany
    projection: Projection


RootSelection: TypeAlias = Single | Listed | Connection


@dataclass(frozen=True, slots=True)
class RootPlan(PlanNode):
    """Everything that one root field fetches, in one statement."""

    selection: RootSelection
    sets: tuple[NodeSet, ...] = ()


Rewritten = TypeVar("Rewritten", bound=PlanNode)


def rewrite(node: Rewritten, change: Callable[[PlanNode], PlanNode]) -> Rewritten:
    """Rebuild a plan from the leaves up, passing every node through ``change``.

    ``change`` gives back the node itself or one of the same type.
    """
    replaced = {}
    for field in fields(node):  # type: ignore[arg-type]  # every PlanNode is a dataclass
        before = getattr(node, field.name)
        after = _rewrite_value(before, change)
        if after is not before:
            replaced[field.name] = after
    rebuilt = replace(node, **replaced) if replaced else node  # type: ignore[type-var]
    return change(rebuilt)  # type: ignore[return-value]  # the contract of change


def _rewrite_value(value: object, change: Callable[[PlanNode], PlanNode]) -> object:
    if isinstance(value, PlanNode):
        return rewrite(value, change)
    if isinstance(value, tuple):
        rebuilt = tuple(_rewrite_value(item, change) for item in value)
        return rebuilt if any(a is not b for a, b in zip(rebuilt, value, strict=True)) else value
    return value
