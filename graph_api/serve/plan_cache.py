"""Plans by operation and shape, each with its text and its shaper; bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from graphql import OperationDefinitionNode

from graph_api.cypher.render import render
from graph_api.cypher.statement import Statement
from graph_api.plan.bindings import Condition
from graph_api.plan.given import Variables
from graph_api.plan.root import PlannedField
from graph_api.plan.shape_of import shape_of
from graph_api.shape.compiled import Shaper, compile_shaper

MAX_OPERATIONS = 1000
"""A front end has tens of operations; ad-hoc ones come and go."""
MAX_SHAPES = 200
"""Shapes of one operation's variables: a form with eight optional filters has at most 256."""


@dataclass(frozen=True, slots=True)
class CompiledField:
    """A root field ready to run: its plan, the text of its statement, its shaper."""

    planned: PlannedField
    text: str
    shaper: Shaper

    def statement(self, variables: Variables) -> Statement:
        """The statement for a request; raises ``InvalidArgumentError`` for values outside their rules."""
        return Statement(self.text, self.planned.parameters(variables), plain=True)


def compile_field(planned: PlannedField) -> CompiledField:
    """Render the text and make the shaper."""
    return CompiledField(planned, render(planned.plan), compile_shaper(planned.plan))


@dataclass(slots=True)
class _Operation:
    """The plans of one operation, which is held so that its identity cannot be given to another."""

    operation: OperationDefinitionNode
    conditions: dict[Hashable, tuple[Condition, ...]] = field(default_factory=dict)
    fields: OrderedDict[tuple[Hashable, Hashable], CompiledField] = field(default_factory=OrderedDict)


@dataclass(slots=True)
class PlanCache:
    """Plans that were made before. Documents are cached too, so an operation's identity lasts."""

    operations: OrderedDict[int, _Operation] = field(default_factory=OrderedDict)
    hits: int = 0
    misses: int = 0

    def field(
        self,
        operation: OperationDefinitionNode,
        response_key: str,
        variables: Mapping[str, object],
        role: str,
        plan: Callable[[], PlannedField],
    ) -> CompiledField:
        """The compiled root field of an operation under these variables; planned at most once a shape."""
        found = self.known_field(operation, response_key, variables, role)
        if found is not None:
            return found
        self.misses += 1
        known = self._operation(operation)
        shape = (response_key, role, shape_of(variables))
        compiled = compile_field(plan())
        conditions = compiled.planned.conditions
        known.conditions[shape] = conditions
        known.fields[shape, _values(conditions, variables)] = compiled
        while len(known.fields) > MAX_SHAPES:
            (oldest, _), _ = known.fields.popitem(last=False)
            known.conditions.pop(oldest, None)
        return compiled

    def known_field(
        self,
        operation: OperationDefinitionNode,
        response_key: str,
        variables: Mapping[str, object],
        role: str,
    ) -> CompiledField | None:
        """The compiled root field, when one was planned before for these variables' shape."""
        known = self._operation(operation)
        shape = (response_key, role, shape_of(variables))
        conditions = known.conditions.get(shape)
        if conditions is None:
            return None
        found = known.fields.get((shape, _values(conditions, variables)))
        self.hits += found is not None
        return found

    def _operation(self, operation: OperationDefinitionNode) -> _Operation:
        known = self.operations.get(id(operation))
        if known is None or known.operation is not operation:
            known = self.operations[id(operation)] = _Operation(operation)
            while len(self.operations) > MAX_OPERATIONS:
                self.operations.popitem(last=False)
        else:
            self.operations.move_to_end(id(operation))
        return known


def _values(conditions: tuple[Condition, ...], variables: Mapping[str, object]) -> Hashable:
    return tuple(condition.value(variables) for condition in conditions)
