"""From ``where`` arguments to predicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from graph_api.errors import LimitExceededError
from graph_api.ontology.model import EdgeType, NodeType, Ontology, Property, Relation, ScalarType
from graph_api.plan import convert
from graph_api.plan.bindings import Bindings
from graph_api.plan.computed import is_computed, members_of
from graph_api.plan.given import Given, GivenTree
from graph_api.plan.policy import Policy
from graph_api.plan.redirects import Redirects
from graph_api.plan.tree import (
    ALWAYS,
    And,
    Compare,
    Computed,
    Counted,
    HierarchySet,
    Holder,
    InSet,
    IsNull,
    Length,
    Not,
    OfKind,
    Operand,
    Operator,
    Or,
    Predicate,
    Quantified,
    Quantifier,
    Stored,
    Traverse,
)
from graph_api.values import Value

MAX_FILTER_DEPTH = 12
"""Deeper filters are refused: each level is a subquery, and no real question seen needs more than five."""

_OPERATORS = {
    "eq": Operator.EQUAL,
    "ne": Operator.NOT_EQUAL,
    "in": Operator.IN,
    "gt": Operator.GREATER,
    "gte": Operator.GREATER_OR_EQUAL,
    "lt": Operator.LESS,
    "lte": Operator.LESS_OR_EQUAL,
    "has": Operator.HAS,
}
_FOLDED_OPERATORS = {"contains": Operator.CONTAINS, "startsWith": Operator.STARTS_WITH}
_Combine = Callable[[GivenTree], Predicate]


@dataclass(slots=True)
class WhereCompiler:
    """Makes predicates of filters, and collects the hierarchy sets that they need."""

    ontology: Ontology
    bindings: Bindings
    policy: Policy
    sets: list[HierarchySet] = field(default_factory=list)

    def kind(self, kind: NodeType, tree: GivenTree | None, depth: int = 0) -> Predicate:
        """The predicate of a kind's filter on the current node."""
        return self._all(tree, depth, lambda name, value: self._kind_field(kind, name, value, depth))

    def relation(self, relation: Relation, tree: GivenTree | None, depth: int = 0) -> Predicate:
        """The predicate of a relation's filter on the current edge and node."""
        return self._all(tree, depth, lambda name, value: self._edge_field(relation, name, value, depth))

    def _all(
        self, tree: GivenTree | None, depth: int, compile_field: Callable[[str, GivenTree], Predicate]
    ) -> Predicate:
        if depth > MAX_FILTER_DEPTH:
            raise LimitExceededError(
                f"A filter is nested deeper than {MAX_FILTER_DEPTH} levels.",
                limit=MAX_FILTER_DEPTH,
                argument="where",
            )
        if not isinstance(tree, dict):
            return ALWAYS
        parts = tuple(compile_field(name, value) for name, value in tree.items() if not _is_null(value))
        return parts[0] if len(parts) == 1 else And(parts)

    def _kind_field(self, kind: NodeType, name: str, tree: GivenTree, depth: int) -> Predicate:
        def again(nested: GivenTree) -> Predicate:
            return self.kind(kind, nested, depth + 1)

        combined = _combinator(name, tree, again)
        if combined is not None:
            return combined
        if name == kind.key.field:
            return self._keys(kind, tree)
        if name == "within" and kind.hierarchy is not None:
            return self._within(kind, kind.hierarchy, cast(Given, tree))
        for relation in kind.relations:
            if name == relation.end.field:
                return self._related(relation, tree, depth)
            if name == f"{relation.end.field}Count":
                counted = Counted(self._traverse(relation))
                return _conjunction(self._operator(counted, op, given) for op, given in _members(tree))
        for concrete in (self.ontology.node(each) for each in kind.concrete if kind.abstract):
            if name == concrete.field:
                return OfKind(concrete, self.kind(concrete, tree, depth + 1))
        if is_computed(kind, name):
            return _conjunction(
                self._operator(Computed(kind.name, metric), op, given)
                for metric, operators in members_of(tree)
                for op, given in _members(operators)
            )
        return self._property(kind.properties, Holder.NODE, name, tree)

    def _edge_field(self, relation: Relation, name: str, tree: GivenTree, depth: int) -> Predicate:
        def again(nested: GivenTree) -> Predicate:
            return self.relation(relation, nested, depth + 1)

        combined = _combinator(name, tree, again)
        if combined is not None:
            return combined
        if name == "node":
            return self.kind(self.ontology.node(relation.target), tree, depth + 1)
        return self._property(relation.edge.properties, Holder.EDGE, name, tree)

    def _related(self, relation: Relation, tree: GivenTree, depth: int) -> Predicate:
        traverse = self._traverse(relation)
        if not relation.many:
            predicate = self.kind(traverse.target, tree, depth + 1)
            return Quantified(Quantifier.SOME, traverse, predicate)
        return _conjunction(
            Quantified(Quantifier(name), traverse, self.relation(relation, nested, depth + 1))
            for name, nested in cast("dict[str, GivenTree]", tree).items()
            if not _is_null(nested)
        )

    def _traverse(self, relation: Relation) -> Traverse:
        return Traverse(relation, self.ontology.node(relation.target))

    def _within(self, kind: NodeType, hierarchy: EdgeType, given: Given) -> Predicate:
        roots = self.ontology.node(hierarchy.source)

        def follow(value: object, redirects: Redirects) -> list[Value]:
            return [
                now for key in convert.keys(value) for now in redirects.candidates(roots.concrete, str(key))
            ]

        parameter = self.bindings.bind(given, convert.keys, follow)
        self.sets.append(HierarchySet(len(self.sets), hierarchy, kind, roots, parameter))
        return InSet(len(self.sets) - 1)

    def _keys(self, kind: NodeType, tree: GivenTree) -> Predicate:
        self.policy.check(kind.key)
        stored = Stored(Holder.NODE, kind.key.name, nullable=not kind.key.required)
        return _conjunction(
            self._compared_key(kind, stored, _OPERATORS[name], given) for name, given in _members(tree)
        )

    def _compared_key(self, kind: NodeType, stored: Stored, operator: Operator, given: Given) -> Predicate:
        """A key compared. Where it redirects in some kinds of an interface, each is compared with its own."""
        if not kind.abstract and operator is Operator.IN:

            def follow(value: object, redirects: Redirects) -> Value:
                return convert.different(redirects.follow(kind.name, convert.plain(value)))

            return Compare(stored, operator, self.bindings.bind(given, convert.different, follow))
        if not kind.abstract:
            return Compare(stored, operator, self.bindings.bind_key(given, convert.plain, kind.name))
        same: Predicate = Compare(stored, operator, self.bindings.bind(given, convert.plain))
        moved = self.bindings.moved(given, convert.plain, kind.concrete)
        if not moved:
            return same
        kinds = [self.ontology.node(name) for name in moved]
        elsewhere = And((*(Not(OfKind(each, ALWAYS)) for each in kinds), same))
        there = (
            OfKind(each, Compare(stored, operator, self.bindings.bind_key(given, convert.plain, each.name)))
            for each in kinds
        )
        return Or((elsewhere, *there))

    def _property(
        self, properties: tuple[Property, ...], holder: Holder, name: str, tree: GivenTree
    ) -> Predicate:
        found = next(candidate for candidate in properties if candidate.field == name)
        self.policy.check(found)
        stored = Stored(holder, found.name, nullable=not found.required)
        return _conjunction(
            self._date_operator(found, stored, operator, given)
            if found.type is ScalarType.PARTIAL_DATE
            else self._text_operator(found, stored, operator, given)
            for operator, given in _members(tree)
        )

    def _text_operator(self, found: Property, stored: Stored, name: str, given: Given) -> Predicate:
        if name in _FOLDED_OPERATORS and found.folded is not None:
            operand = Stored(stored.holder, found.folded, stored.nullable)
            return Compare(operand, _FOLDED_OPERATORS[name], self.bindings.bind(given, convert.folded))
        return self._operator(stored, name, given)

    def _operator(self, operand: Operand, name: str, given: Given) -> Predicate:
        if name == "isNull":
            return IsNull(operand) if given.value else Not(IsNull(operand))
        return Compare(operand, _OPERATORS[name], self.bindings.bind(given, convert.plain))

    def _date_operator(self, found: Property, stored: Stored, name: str, given: Given) -> Predicate:
        first = Stored(stored.holder, found.first_day, stored.nullable)
        last = Stored(stored.holder, found.last_day, stored.nullable)
        bind = self.bindings.bind
        match name:
            case "gt":
                return Compare(first, Operator.GREATER, bind(given, convert.last_day))
            case "gte":
                return Compare(last, Operator.GREATER_OR_EQUAL, bind(given, convert.first_day))
            case "lt":
                return Compare(last, Operator.LESS, bind(given, convert.first_day))
            case "lte":
                return Compare(first, Operator.LESS_OR_EQUAL, bind(given, convert.last_day))
            case "within":
                after = Compare(first, Operator.GREATER_OR_EQUAL, bind(given, convert.first_day))
                return And((after, Compare(last, Operator.LESS_OR_EQUAL, bind(given, convert.last_day))))
            case "precision":
                return Compare(Length(stored), Operator.EQUAL, bind(given, convert.precision_length))
            case _:
                return self._operator(stored, name, given)


def _combinator(name: str, tree: GivenTree, compile_nested: _Combine) -> Predicate | None:
    nested = tree if isinstance(tree, list) else [tree]
    match name:
        case "and":
            return And(tuple(compile_nested(part) for part in nested))
        case "or":
            return Or(tuple(compile_nested(part) for part in nested))
        case "not":
            return Not(compile_nested(tree))
        case _:
            return None


def _members(tree: GivenTree) -> Iterator[tuple[str, Given]]:
    for name, given in cast(Mapping[str, Given], tree).items():
        if not _is_null(given):
            yield name, given


def _is_null(tree: GivenTree) -> bool:
    return isinstance(tree, Given) and tree.value is None


def _conjunction(parts: Iterator[Predicate]) -> Predicate:
    found = tuple(parts)
    return found[0] if len(found) == 1 else And(found)
