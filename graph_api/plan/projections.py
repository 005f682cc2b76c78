"""The part of a plan that says what is given back for each node, and the selections that hold both parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from graph_api.ontology.model import DerivedProperty, EdgeType, NodeType, Property
from graph_api.plan.base import PlanNode
from graph_api.plan.conditions import (
    Holder,
    Lookup,
    LookupMany,
    NodeSet,
    Page,
    Predicate,
    Source,
    Stored,
    Traverse,
)

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
    """The source nodes that a node or an edge names by key, as far as they are ``visible``."""

    response_key: str
    holder: Holder
    kind: NodeType
    projection: Projection
    visible: Predicate | None = None


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


@dataclass(frozen=True, slots=True)
class CursorColumn(PlanNode):
    """The cursor of an edge."""

    response_key: str


@dataclass(frozen=True, slots=True)
class EdgeNodeColumn(PlanNode):
    """The node of an edge. A node of one kind has its columns among those of the edge, without a list."""

    response_key: str
    projection: Projection

    @property
    def inlined(self) -> bool:
        """Whether the node's columns stand among the edge's."""
        return not self.projection.tagged


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
    """Groups by the nodes at the other end of a relation, or also by everything that contains them.

    What contains them is reached only ``through`` nodes for which the predicate holds.
    """

    traverse: Traverse
    hierarchy: EdgeType | None
    through: Predicate | None = None


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
    def rows_only(self) -> bool:
        """Whether the connection's value is the list of its rows, without a list around it."""
        return self.with_rows and not any(isinstance(part, TotalCount | Groups) for part in self.parts)

    @property
    def single_item(self) -> bool:
        """Whether a row is its only item, without a list around it."""
        return not self.with_cursor and sum(isinstance(part, EdgeList | NodeList) for part in self.parts) == 1

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
