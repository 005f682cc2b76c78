"""What ``orderBy`` and the arguments of pages mean, read off the descriptions of the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from graph_api.ontology.folding import fold
from graph_api.ontology.model import NodeType, Property, Relation, ScalarType
from tests.oracle.conditions import Conditions, Day, _partial
from tests.oracle.graph import PlainEdge, PlainNode, Stored

Row = tuple[PlainEdge | None, PlainNode]
Element = Mapping[str, object]
DEFAULT_PAGE = 100


Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in its order: a value for each key, and whether that key descends."""

    values: tuple[Value, ...]
    descending: tuple[bool, ...]

    def precedes(self, other: Place) -> bool:
        """Whether the row stands before another; what is not known stands last in both directions."""
        for mine, theirs, descending in zip(self.values, other.values, self.descending, strict=True):
            if mine == theirs:
                continue
            if mine is None or theirs is None:
                return theirs is None
            smaller: bool = mine < theirs  # type: ignore[operator]  # values of one key have one type
            return smaller is not descending
        return False


@dataclass(slots=True)
class Orders:
    """Says where rows stand."""

    conditions: Conditions

    def place(
        self, row: Row, elements: Sequence[Element], kind: NodeType, relation: Relation | None, day: Day
    ) -> Place:
        """Where a row stands, the ties broken by the keys of node and edge, then by the kind."""
        edge, node = row
        terms: list[tuple[Value, bool]] = []
        for element in elements:
            if relation is None:
                terms += self._node_terms(kind, element, node, day)
            else:
                terms += self._row_terms(relation, element, row, day)
        terms.append((node.key, False))
        if edge is not None:
            terms.append((cast(str, edge.stored["key"]), False))
        if relation is not None and self.conditions.ontology.node(relation.target).abstract:
            terms.append((node.kind, False))
        return Place(tuple(value for value, _ in terms), tuple(descending for _, descending in terms))

    def _row_terms(
        self, relation: Relation, element: Element, row: Row, day: Day
    ) -> list[tuple[Value, bool]]:
        ((name, given),) = element.items()
        edge, node = row
        if name == "node":
            kind = self.conditions.ontology.node(relation.target)
            return self._node_terms(kind, cast(Element, given), node, day)
        assert edge is not None, f"a transitive relation has no {name}"
        return _stored_terms(relation.edge.properties, name, edge.stored, descending=given == "DESC")

    def _node_terms(
        self, kind: NodeType, element: Element, node: PlainNode | None, day: Day
    ) -> list[tuple[Value, bool]]:
        ((name, given),) = element.items()
        for relation in kind.relations:
            if name == f"{relation.end.field}Count":
                count = None if node is None else len(self.conditions.rows(node, relation, day))
                return [(count, given == "DESC")]
            if name == relation.end.field:
                rows = self.conditions.rows(node, relation, day) if node else []
                other = rows[0][1] if rows else None
                target = self.conditions.ontology.node(relation.target)
                return self._node_terms(target, cast(Element, given), other, day)
        return _stored_terms(kind.properties, name, node.stored if node else {}, descending=given == "DESC")


def _stored_terms(
    properties: tuple[Property, ...], name: str, stored: Stored, *, descending: bool
) -> list[tuple[Value, bool]]:
    found = next(each for each in properties if each.field == name)
    value = stored.get(found.name)
    if found.type is ScalarType.PARTIAL_DATE:
        when = _partial(value)
        bounds = (when.first_day, when.last_day) if when else (None, None)
        return [(bound, descending) for bound in bounds]
    if found.type is ScalarType.STRING and not found.unique and value is not None:
        value = fold(cast(str, value))
    return [(cast(Value, value), descending)]


@dataclass(frozen=True, slots=True)
class Cut:
    """A page of a list, in the list's order."""

    rows: list[Row]
    places: list[Place]
    has_next: bool
    has_previous: bool


def cut(
    rows: list[tuple[Place, Row]],
    first: int | None,
    after: Place | None,
    last: int | None,
    before: Place | None,
) -> Cut:
    """The page that the arguments ask of a sorted list."""
    kept = [
        (place, row)
        for place, row in rows
        if (after is None or after.precedes(place)) and (before is None or place.precedes(before))
    ]
    backward = last is not None or (before is not None and first is None)
    if backward:
        size = DEFAULT_PAGE if last is None else last
        page = kept[max(0, len(kept) - size) :]
        more = len(kept) > size
    else:
        size = DEFAULT_PAGE if first is None else first
        page = kept[:size]
        more = len(kept) > size
    # A cursor stands for a row on its other side.
    has_next, has_previous = (before is not None, more) if backward else (more, after is not None)
    return Cut([row for _, row in page], [place for place, _ in page], has_next, has_previous)
