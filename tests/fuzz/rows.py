"""Random rows that fit a plan, as a database would give them.

Rows are made right. Every place in them is remembered, so that faults can be put anywhere after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import cast

from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import EnumClass, NodeType, Property, Relation, ScalarType
from graph_api.plan.tree import (
    AbsentColumn,
    Column,
    Connection,
    ConnectionColumn,
    CursorColumn,
    DerivedColumn,
    EdgeColumn,
    EdgeList,
    EdgeNodeColumn,
    Groups,
    HierarchySet,
    Holder,
    IdColumn,
    Listed,
    LocalizedColumn,
    NodeColumn,
    NodeList,
    OneColumn,
    Operand,
    Projection,
    Related,
    RootPlan,
    Scan,
    Single,
    SourcesColumn,
    Stored,
    TotalCount,
    Traverse,
    TypenameColumn,
)
from graph_api.values import Value
from tests.fuzz import faults
from tests.fuzz.faults import Row, Site, Wrong

_VALUES: Mapping[ScalarType, tuple[object, ...]] = {
    ScalarType.STRING: ("a", "", "Zoë", "😀", 'quoted " and \\', "line\nbreak"),
    ScalarType.INT: (0, -1, 7, 2**31 - 1, -(2**31)),
    ScalarType.FLOAT: (0.0, -0.0, 1.5, 1e-9, 1e300),
    ScalarType.BOOLEAN: (True, False),
    ScalarType.DATE: ("2020-02-29", "0001-01-01", "9999-12-31"),
    ScalarType.PARTIAL_DATE: ("1999", "2020-02", "2020-02-29"),
}
_TOTALS = (0, 3, 12, 2**31 - 1)
_ENOUGH = 12
"""Nodes after which lists stay short, so that deep operations have small answers."""


@dataclass(slots=True)
class RowWriter:
    """Makes the rows of one statement; ``sites`` are the places in them."""

    rng: Random
    parameters: Mapping[str, Value]
    sites: list[Site] = field(default_factory=list)
    nodes: int = 0

    def rows(self, plan: RootPlan) -> list[Row]:
        """The one row that a statement gives: the selection's value, then the unknown keys of each set."""
        row: Row = []
        match plan.selection:
            case Connection() as connection:
                self._put(row, self._connection(connection), faults.LIST)
            case Single(projection=projection):
                self._put(row, self._single(projection), faults.LIST)
            case Listed(source=source, projection=projection):
                size = len(cast("list[Value]", self.parameters[source.keys.name]))
                self._put(row, self._listed(projection, size), faults.LIST)
        for found in plan.sets:
            if isinstance(found, HierarchySet):
                self._put(row, [], faults.UNKNOWN_KEYS)
        return [row]

    def spoil(self, faults: int) -> None:
        """Put faults into the rows, most of them where graphql-core judges them one by one."""
        judged = [site for site in self.sites if site.judged]
        for _ in range(faults):
            chosen = judged if judged and self.rng.random() < 0.85 else self.sites
            self.rng.choice(chosen).spoil(self.rng)

    def _put(self, holder: Row, value: object, wrong: Wrong, *, judged: bool = False) -> None:
        holder.append(value)
        self.sites.append(Site(holder, len(holder) - 1, wrong, judged))

    def _single(self, projection: Projection) -> Row:
        found: Row = []
        if projection.by_kind and self.rng.random() < 0.85:
            self._put(found, self._node(projection), faults.row)
            # A key that two nodes have.
            self.sites.append(Site([found], 0, lambda _rng, _right: found.append(self._node(projection))))
        return found

    def _listed(self, projection: Projection, size: int) -> Row:
        found: Row = []
        for index in range(size):
            if projection.by_kind and self.rng.random() < 0.8:
                row: Row = []
                self._put(row, index, faults.one_of(size, -1, -size - 1, None, "0"))
                self._put(row, self._node(projection), faults.row)
                self._put(found, row, faults.row)
        return found

    def _connection(self, found: Connection) -> Row:
        made: Row = []
        if found.with_rows:
            limit = cast(int, self.parameters[found.page.limit.name])
            rows: Row = []
            most = min(limit, 4 if self.nodes < _ENOUGH else 1) if _is_seen(found) else 0
            for _ in range(self.rng.randint(0, most)):
                self._put(rows, self._row(found), faults.row)
            if found.rows_only:
                return rows
            self._put(made, rows, faults.LIST)
        if any(isinstance(part, TotalCount) for part in found.parts):
            self._put(made, self.rng.choice(_TOTALS), faults.TOTAL, judged=True)
        for part in found.parts:
            if isinstance(part, Groups):
                self._put(made, self._groups(part), faults.LIST)
        return made

    def _groups(self, part: Groups) -> Row:
        found: Row = []
        for _ in range(self.rng.randint(0, 3)):
            row: Row = []
            for _axis in part.axes:
                wrong = faults.scalar(ScalarType.STRING, required=True)
                self._put(row, self.rng.choice(("a", "Zoë")), wrong, judged=True)
            self._put(row, self.rng.choice(_TOTALS), faults.TOTAL, judged=True)
            self._put(found, row, faults.row)
        return found

    def _row(self, found: Connection) -> Row:
        kind, relation = _ends(found)
        row: Row = []
        if found.with_cursor:
            keys = [self._key(key.operand, kind, relation) for key in found.page.order]
            self._put(row, keys, faults.CURSOR)
        for part in found.parts:
            if isinstance(part, NodeList):
                node = self._node(part.projection)
                if found.single_item:
                    return node
                self._put(row, node, faults.row)
            elif isinstance(part, EdgeList):
                items: Row = []
                for column in part.columns:
                    self._edge_column(items, column)
                if found.single_item:
                    return items
                self._put(row, items, faults.row)
        return row

    def _key(self, operand: Operand, kind: NodeType, relation: Relation | None) -> object:
        """The value of an order key. It need not suit the node beside it."""
        if operand.nullable and self.rng.random() < 0.3:
            return None
        if isinstance(operand, Related):
            return self._key(operand.operand, operand.traverse.target, operand.traverse.relation)
        if not isinstance(operand, Stored):
            return self.rng.randint(0, 4)
        of_edge = operand.holder is Holder.EDGE and relation is not None
        properties = relation.edge.properties if of_edge and relation else kind.properties
        for found in properties:
            if operand.name in (found.first_day, found.last_day):
                return self._value(ScalarType.DATE, None)
            if operand.name in (found.name, found.folded):
                return self._value(found.type, found.enum)
        raise LookupError(f"No property is stored as {operand.name}.")

    def _node(self, projection: Projection) -> Row:
        self.nodes += 1
        kind, columns = self.rng.choice(projection.by_kind)
        row: Row = []
        if projection.tagged:
            self._put(row, kind.name, faults.TAG)
        for column in columns:
            self._node_column(row, kind, column)
        return row

    def _node_column(self, row: Row, kind: NodeType, column: NodeColumn) -> None:
        match column:
            case Column() | LocalizedColumn():
                self._scalar(row, column.property)
            case IdColumn():
                self._scalar(row, kind.key)
            case DerivedColumn():
                reads: Row = []
                for read in column.derived.reads:
                    self._scalar(reads, read)
                self._put(row, reads, faults.row)
            case SourcesColumn():
                self._sources(row, column)
            case OneColumn(traverse=traverse):
                self._one(row, column, required=traverse.relation.end.cardinality is Cardinality.EXACTLY_ONE)
            case ConnectionColumn():
                self._put(row, self._connection(column.connection), faults.LIST)
            case TypenameColumn() | AbsentColumn():
                pass

    def _edge_column(self, row: Row, column: EdgeColumn) -> None:
        match column:
            case Column():
                self._scalar(row, column.property)
            case SourcesColumn():
                self._sources(row, column)
            case EdgeNodeColumn() if column.inlined:
                self.nodes += 1
                ((kind, columns),) = column.projection.by_kind
                for each in columns:
                    self._node_column(row, kind, each)
            case EdgeNodeColumn():
                self._put(row, self._node(column.projection), faults.row)
            case CursorColumn() | TypenameColumn() | AbsentColumn():
                pass

    def _one(self, row: Row, column: OneColumn, *, required: bool) -> None:
        if not column.projection.by_kind or (not required and self.rng.random() < 0.25):
            self._put(row, None, faults.one_of(5, [], "row"))
        else:
            self._put(row, self._node(column.projection), faults.row)

    def _sources(self, row: Row, column: SourcesColumn) -> None:
        sources: Row = []
        for _ in range(self.rng.randint(0, 2) if column.projection.by_kind else 0):
            self._put(sources, self._node(column.projection), faults.row)
        self._put(row, sources, faults.LIST)

    def _scalar(self, row: Row, found: Property) -> None:
        known = found.required or self.rng.random() < 0.75
        value = self._value(found.type, found.enum) if known else None
        self._put(row, value, faults.scalar(found.type, required=found.required), judged=True)

    def _value(self, type_: ScalarType, enum: EnumClass | None) -> object:
        if enum is not None:
            return self.rng.choice(tuple(enum.__members__))
        if type_ is ScalarType.STRINGS:
            return ["a", "Zoë", ""][: self.rng.randint(0, 3)]
        return self.rng.choice(_VALUES[type_])


def _ends(found: Connection) -> tuple[NodeType, Relation | None]:
    match found.source:
        case Scan(kind):
            return kind, None
        case Traverse(relation, target):
            return target, relation
        case _:
            raise TypeError(f"A connection does not come from {found.source}.")


def _is_seen(found: Connection) -> bool:
    """Whether the viewer sees any kind of the list's nodes."""
    nodes = [part.projection for part in found.parts if isinstance(part, NodeList)]
    for part in found.parts:
        if isinstance(part, EdgeList):
            nodes += [column.projection for column in part.columns if isinstance(column, EdgeNodeColumn)]
    return all(projection.by_kind for projection in nodes)
