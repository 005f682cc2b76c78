"""Plans by operation and shape, each with its text and its shaper; bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from graphql import OperationDefinitionNode

from graph_api.cypher.render import render
from graph_api.cypher.statement import Statement
from graph_api.plan.cost import Cost, cost_of
from graph_api.plan.given import Variables
from graph_api.plan.redirects import NO_REDIRECTS, Redirects
from graph_api.plan.root import PlannedField
from graph_api.plan.shape_of import shape_of
from graph_api.plan.sight import Sight
from graph_api.serve.execution.by_operation import ByOperation
from graph_api.shape.compiled import Shaper, compile_shaper

MAX_OPERATIONS = 1000
"""A front end has tens of operations; ad-hoc ones come and go."""
MAX_SHAPES = 200
"""Shapes of one operation's variables: a form with eight optional filters has at most 256."""


@dataclass(frozen=True, slots=True)
class CompiledField:
    """A root field ready to run: its plan, the text of its statement, its shaper, what it can cost."""

    planned: PlannedField
    text: str
    shaper: Shaper
    cost: Cost

    def statement(self, variables: Variables, redirects: Redirects = NO_REDIRECTS) -> Statement:
        """The statement for a request; raises ``InvalidArgumentError`` for values outside their rules."""
        return Statement(self.text, self.planned.parameters(variables, redirects), plain=True)


def compile_field(planned: PlannedField) -> CompiledField:
    """Render the text and make the shaper."""
    return CompiledField(planned, render(planned.plan), compile_shaper(planned.plan), cost_of(planned.plan))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A compiled field, and what the parts of values that decided its plan were."""

    field: CompiledField
    decided: tuple[Hashable, ...]

    def holds(self, variables: Variables, redirects: Redirects) -> bool:
        """Whether planning for these variables, of the same shape, would make this plan."""
        conditions = self.field.planned.conditions
        return all(
            condition.value(variables, redirects) == value
            for condition, value in zip(conditions, self.decided, strict=True)
        )


@dataclass(slots=True)
class _Plans:
    """The plans of one operation.

    Plans of one shape differ in the parts of values that decided them, and one plan may depend on
    other parts than the next.
    """

    plans: OrderedDict[Hashable, list[_Planned]] = field(default_factory=OrderedDict)
    count: int = 0

    def keep(self, shape: Hashable, planned: _Planned) -> None:
        """Keep a plan, and forget the oldest shape when there are too many."""
        self.plans.setdefault(shape, []).insert(0, planned)
        self.count += 1
        while self.count > MAX_SHAPES:
            _, forgotten = self.plans.popitem(last=False)
            self.count -= len(forgotten)


@dataclass(slots=True)
class PlanCache:
    """Plans that were made before, for as long as the documents are kept that they were made for."""

    operations: ByOperation[_Plans] = field(default_factory=lambda: ByOperation(lambda: MAX_OPERATIONS))
    hits: int = 0
    misses: int = 0

    def field(
        self,
        operation: OperationDefinitionNode,
        response_key: str,
        variables: Mapping[str, object],
        sight: Sight,
        plan: Callable[[], PlannedField],
    ) -> CompiledField:
        """The compiled root field of an operation under these variables; planned at most once a shape."""
        found = self.known_field(operation, response_key, variables, sight)
        if found is not None:
            return found
        self.misses += 1
        compiled = compile_field(plan())
        conditions = compiled.planned.conditions
        decided = tuple(condition.value(variables, sight.redirects) for condition in conditions)
        shape = (response_key, sight.visibility, shape_of(variables))
        plans = self.operations.get(operation) or self.operations.keep(operation, _Plans())
        plans.keep(shape, _Planned(compiled, decided))
        return compiled

    def known_field(
        self,
        operation: OperationDefinitionNode,
        response_key: str,
        variables: Mapping[str, object],
        sight: Sight,
    ) -> CompiledField | None:
        """The compiled root field, when one was planned before for these variables' shape."""
        plans = self.operations.get(operation)
        if plans is None:
            return None
        shape = (response_key, sight.visibility, shape_of(variables))
        for planned in plans.plans.get(shape, ()):
            if planned.holds(variables, sight.redirects):
                self.hits += 1
                return planned.field
        return None
