"""The short way for operations that were answered before.

Most requests repeat an operation with other variables. Once such an operation went through the whole
pipeline and all its root fields were shaped by generated code, its next requests need only: the
variables coerced by graphql-core, the statements run, the rows shaped. Anything else (another shape of
the variables, an error, a row that a shaper does not expect) takes the whole pipeline, which is handed
what was already read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

from graphql import FieldNode, OperationDefinitionNode
from graphql.execution.values import get_variable_values

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Row, Store
from graph_api.errors import GraphError
from graph_api.observe.metrics import Cache, Metrics
from graph_api.serve.execution.by_operation import ByOperation
from graph_api.serve.execution.plan_cache import CompiledField

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

MAX_OPERATIONS = 1000
ALREADY_READ = "already read"
"""The key of the operation's context for what the short way read before it gave up."""
Read: TypeAlias = "list[Row] | Exception"


@dataclass(frozen=True, slots=True)
class KnownOperation:
    """An operation whose root fields are all answered by plans, under these response keys."""

    keys: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaneAnswer:
    """The data of an operation, and what it could have cost at most."""

    data: dict[str, object]
    cost: int


@dataclass(slots=True)
class Lane:
    """Known operations by identity. ``taken`` counts the requests that were answered here."""

    known: ByOperation[KnownOperation] = field(default_factory=lambda: ByOperation(lambda: MAX_OPERATIONS))
    taken: int = 0

    def remember(self, operation: OperationDefinitionNode, keys: tuple[str, ...]) -> None:
        """Let the next request of an operation take the short way.

        One whose root fields depend on directives or fragments does not: they could be others then.
        """
        selections = operation.selection_set.selections
        fields = tuple(each.name.value for each in selections if isinstance(each, FieldNode))
        if len(fields) == len(selections) and not any(each.directives for each in selections):
            self.known.keep(operation, KnownOperation(keys, fields))

    async def answer(
        self,
        runtime: Runtime,
        operation: OperationDefinitionNode,
        given: Mapping[str, object],
        role: str,
        read: dict[str, Read],
    ) -> LaneAnswer | None:
        """The operation's answer, or nothing when it has to take the whole pipeline.

        ``read`` receives what the database gave, so that nothing is read twice.
        """
        known = self.known.get(operation)
        if known is None:
            return None
        definitions = operation.variable_definitions or ()
        variables = get_variable_values(runtime.schema.core, definitions, dict(given))
        if isinstance(variables, list):
            return None
        sight = runtime.sight(role)
        fields: dict[str, CompiledField] = {}
        try:
            # Both look into values, and refuse some: which plan an id asks for, what a cursor holds.
            for key in known.keys:
                found = runtime.plans.known_field(operation, key, variables.coerced, sight)
                if found is None or found.planned.computed:
                    return None
                fields[key] = found
            statements = {
                key: each.statement(variables.coerced, sight.redirects) for key, each in fields.items()
            }
        except GraphError:
            return None
        cost = sum(each.cost(statements[key].parameters) for key, each in fields.items())
        if runtime.max_cost is not None and cost > runtime.max_cost:
            return None
        began = perf_counter()
        read.update(await _read(runtime.store, statements))
        data = _shaped(fields, statements, read)
        if data is None:
            return None
        self.taken += 1
        if runtime.metrics is not None:
            _count(runtime.metrics, known.fields, perf_counter() - began)
        return LaneAnswer(data, cost)


def _count(metrics: Metrics, fields: tuple[str, ...], seconds: float) -> None:
    metrics.lane_taken(short=True)
    for name in fields:
        metrics.field_answered(name, seconds)
        metrics.row_shaped(compiled=True)
        metrics.looked_up(Cache.PLAN, hit=True)
    metrics.looked_up(Cache.DOCUMENT, hit=True)


async def _read(store: Store, statements: Mapping[str, Statement]) -> dict[str, Read]:
    """What the database gives for each statement: rows, or the error it failed with."""

    async def one(statement: Statement) -> Read:
        try:
            return await store.read(statement)
        except Exception as error:  # noqa: BLE001  # the whole pipeline reports it, and masks a defect
            return error

    if len(statements) == 1:
        return {key: await one(statement) for key, statement in statements.items()}
    found = await asyncio.gather(*map(one, statements.values()))
    return dict(zip(statements, found, strict=True))


def _shaped(
    fields: Mapping[str, CompiledField], statements: Mapping[str, Statement], read: Mapping[str, Read]
) -> dict[str, object] | None:
    data: dict[str, object] = {}
    for key, compiled in fields.items():
        rows = read[key]
        if isinstance(rows, Exception) or len(rows) != 1 or any(rows[0][1:]):
            return None
        try:
            data[key] = compiled.shaper(rows[0][0], statements[key].parameters)
        except Exception:  # noqa: BLE001  # whatever it did not expect, the whole pipeline reports
            return None
    return data
