"""What ``where`` means, read off the descriptions of the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from graph_api.ontology import PartialDate
from graph_api.ontology.folding import fold
from graph_api.ontology.model import EdgeType, NodeType, Ontology, Property, Relation, ScalarType
from tests.oracle.graph import PlainEdge, PlainGraph, PlainNode, Stored

Where = Mapping[str, object]
Day = date | None


@dataclass(slots=True)
class Conditions:
    """Decides whether nodes and edges satisfy filters, as of a day or at any time."""

    ontology: Ontology
    graph: PlainGraph
    within_cache: dict[tuple[str, tuple[str, ...]], set[PlainNode]] = field(default_factory=dict)

    def node(self, kind: NodeType, where: Where | None, node: PlainNode, day: Day) -> bool:
        """Whether a node satisfies the filter of its kind, or of an interface of its kind."""
        return all(
            self._node_field(kind, name, given, node, day)
            for name, given in (where or {}).items()
            if given is not None
        )

    def edge(
        self, relation: Relation, where: Where | None, edge: PlainEdge | None, node: PlainNode, day: Day
    ) -> bool:
        """Whether an edge of a relation and the node at its end satisfy the relation's filter."""

        def part(name: str, given: object) -> bool:
            combined = _combined(name, given, lambda each: self.edge(relation, each, edge, node, day))
            if combined is not None:
                return combined
            if name == "node":
                return self.node(self.ontology.node(relation.target), cast(Where, given), node, day)
            assert edge is not None, f"a transitive relation has no {name}"
            return _satisfies(_property(relation.edge.properties, name), cast(Where, given), edge.stored)

        return all(part(name, given) for name, given in (where or {}).items() if given is not None)

    def rows(self, node: PlainNode, relation: Relation, day: Day) -> list[tuple[PlainEdge | None, PlainNode]]:
        """What a relation leads to: edges that hold on the day, or nodes where it is transitive."""
        if relation.transitive:
            return [(None, other) for other in self.graph.beyond(node, relation)]
        return [
            (edge, other)
            for edge, other in self.graph.along(node, relation)
            if day is None or not relation.edge.dated or _holds_on(edge.stored, day)
        ]

    def _node_field(self, kind: NodeType, name: str, given: object, node: PlainNode, day: Day) -> bool:
        combined = _combined(name, given, lambda each: self.node(kind, each, node, day))
        if combined is not None:
            return combined
        if name == "within" and kind.hierarchy is not None:
            return node in self._within(kind.hierarchy, tuple(cast("list[str]", given)))
        for relation in kind.relations:
            if name == relation.end.field:
                return self._related(relation, cast(Where, given), node, day)
            if name == f"{relation.end.field}Count":
                return _compares(cast(Where, given), len(self.rows(node, relation, day)))
        for concrete in (self.ontology.node(each) for each in kind.concrete):
            if kind.abstract and name == concrete.field:
                return node.kind == concrete.name and self.node(concrete, cast(Where, given), node, day)
        return _satisfies(_property(kind.properties, name), cast(Where, given), node.stored)

    def _related(self, relation: Relation, given: Where, node: PlainNode, day: Day) -> bool:
        rows = self.rows(node, relation, day)
        if not relation.many:
            return any(self.node(self.ontology.node(relation.target), given, other, day) for _, other in rows)

        def holds(quantifier: str, where: Where) -> bool:
            number = sum(self.edge(relation, where, edge, other, day) for edge, other in rows)
            fits = {
                "some": number > 0,
                "none": number == 0,
                "every": number == len(rows),
                "single": number == 1,
            }
            return fits[quantifier]

        return all(holds(name, cast(Where, where)) for name, where in given.items() if where is not None)

    def _within(self, hierarchy: EdgeType, keys: tuple[str, ...]) -> set[PlainNode]:
        if (hierarchy.name, keys) not in self.within_cache:
            roots = self.ontology.node(hierarchy.source).concrete
            found = {node for node in self.graph.of_kinds(roots) if node.key in keys}
            ahead = list(found)
            while ahead:
                for edge in self.graph.entering.get((ahead.pop(), hierarchy.type), ()):
                    if edge.source not in found:
                        found.add(edge.source)
                        ahead.append(edge.source)
            self.within_cache[hierarchy.name, keys] = found
        return self.within_cache[hierarchy.name, keys]


def _combined(name: str, given: object, holds: Callable[[Where], bool]) -> bool | None:
    if name not in ("and", "or", "not"):
        return None
    if name == "not":
        return not holds(cast(Where, given))
    parts = (holds(each) for each in cast("list[Where]", given))
    return all(parts) if name == "and" else any(parts)


def _property(properties: tuple[Property, ...], field_name: str) -> Property:
    return next(found for found in properties if found.field == field_name)


def _holds_on(stored: Stored, day: date) -> bool:
    since, until = _partial(stored.get("since")), _partial(stored.get("until"))
    return (since is None or since.first_day <= day) and (until is None or day <= until.last_day)


def _partial(value: object) -> PartialDate | None:
    return PartialDate.parse(value) if isinstance(value, str) else None


def _satisfies(found: Property, given: Where, stored: Stored) -> bool:
    value = stored.get(found.name)
    match found.type:
        case ScalarType.PARTIAL_DATE:
            return _dates(given, _partial(value))
        case ScalarType.DATE:
            return _compares(_with_days(given), value)
        case ScalarType.STRINGS:
            return all(text in cast("list[str]", value) for text in given.values() if text is not None)
        case _:
            return _compares(given, value)


def _with_days(given: Where) -> Where:
    def read(value: object) -> object:
        if isinstance(value, list):
            return [read(each) for each in value]
        return date.fromisoformat(value) if isinstance(value, str) else value

    return {name: read(value) for name, value in given.items()}


_TESTS: dict[str, Callable[..., bool]] = {
    "eq": lambda value, other: value == other,
    "ne": lambda value, other: value != other,
    "in": lambda value, others: value in others,
    "gt": lambda value, other: value > other,
    "gte": lambda value, other: value >= other,
    "lt": lambda value, other: value < other,
    "lte": lambda value, other: value <= other,
    "contains": lambda value, other: fold(other) in fold(value),
    "startsWith": lambda value, other: fold(value).startswith(fold(other)),
}


def _compares(given: Where, value: object) -> bool:
    return all(
        (value is None) is other if name == "isNull" else value is not None and _TESTS[name](value, other)
        for name, other in given.items()
        if other is not None
    )


_DATE_TESTS: dict[str, Callable[[PartialDate, PartialDate], bool]] = {
    "gt": lambda value, other: value.first_day > other.last_day,
    "gte": lambda value, other: value.last_day >= other.first_day,
    "lt": lambda value, other: value.last_day < other.first_day,
    "lte": lambda value, other: value.first_day <= other.last_day,
    "within": lambda value, other: other.first_day <= value.first_day and value.last_day <= other.last_day,
}


def _dates(given: Where, value: PartialDate | None) -> bool:
    def holds(name: str, other: object) -> bool:
        if name in _DATE_TESTS:
            return value is not None and _DATE_TESTS[name](value, PartialDate.parse(cast(str, other)))
        if name == "precision":
            return value is not None and value.precision.name == other
        return _compares({name: other}, None if value is None else str(value))

    return all(holds(name, other) for name, other in given.items() if other is not None)
