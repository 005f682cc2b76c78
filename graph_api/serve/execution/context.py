"""The execution of an operation: plan -> statement -> rows -> records -> response.

Each root field that the graph answers becomes one plan and one statement; the statements of an
operation run concurrently. A generated shaper makes the response of the row. What it does not expect
is made into records instead, which graphql-core completes, with its conversions and its errors.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, cast

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    OperationType,
    get_argument_values,
)
from graphql.execution.collect_fields import DeferUsage, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import AwaitableOrValue
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Row
from graph_api.errors import DatabaseError, GraphError, InternalError
from graph_api.limits.document import exceeded
from graph_api.observe.metrics import Cache
from graph_api.plan.root import PlannedField, plan_root_field
from graph_api.plan.sight import Sight
from graph_api.serve.execution.computed_values import computed_for
from graph_api.serve.execution.explain import EXPLANATIONS, Explanation
from graph_api.serve.execution.lane import ALREADY_READ, Read
from graph_api.serve.execution.plan_cache import CompiledField
from graph_api.shape.records import Record, refuse_unknown_keys, shape_root
from graph_api.values import Value

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

RUNTIME = "runtime"
"""The key of the operation's context under which the server puts its runtime."""
ROLE = "role"
"""The key under which it puts the viewer's role; without it, the viewer sees least."""
VIEWER = "viewer"
"""The key under which it puts the viewer."""
COST = "cost"
"""The key under which the execution puts what the operation can cost at most."""
EXECUTION = "execution"
"""The key under which it puts itself, for the resolvers of fields that are written by hand."""


def read_record(source: object, info: GraphQLResolveInfo[object], **_arguments: object) -> object:
    """Resolve a generated field: the value stands in the record under the response key."""
    record = cast(Record, source)
    value = record.values.get(cast(str, info.path.key))
    if isinstance(value, Exception):
        raise value
    return value


class PlannedExecutionContext(StrawberryGraphQLCoreExecutionContext):
    """Executes queries by plans; everything else is graphql-core's own."""

    def execute_collected_root_fields(
        self,
        root_type: GraphQLObjectType,
        root_value: object,
        grouped_field_set: GroupedFieldSet,
        serially: bool,
        new_defer_usages: Sequence[DeferUsage],
    ) -> AwaitableOrValue[dict[str, object]]:
        """Fetch what the graph answers, then complete all root fields."""
        runtime: Runtime = self.context_value[RUNTIME]
        self.context_value[EXECUTION] = self
        planned = {
            key: details
            for key, details in grouped_field_set.items()
            if details[0].node.name.value in runtime.vocabulary.roots
        }
        if self.operation.operation is not OperationType.QUERY or not planned:
            return super().execute_collected_root_fields(
                root_type, root_value, grouped_field_set, serially, new_defer_usages
            )
        return self._fetch_and_complete(runtime, root_type, planned, grouped_field_set)

    def object_type(self, name: str) -> GraphQLObjectType:
        """The object type with this name."""
        return cast(GraphQLObjectType, self.schema.type_map[name])

    def subfields(self, type_: GraphQLObjectType, details: FieldDetailsList) -> GroupedFieldSet:
        """The fields that the selections in ``details`` make on an object of this type."""
        found = self.collect_subfields(type_, details).grouped_field_set
        for each in found.values():
            self._check_arguments(type_, each)
        return found

    def _check_arguments(self, type_: GraphQLObjectType, details: FieldDetailsList) -> None:
        """Raise ``GraphQLError`` when a variable is null where an argument must not be.

        Validation lets such a variable pass when it has a default value, and no plan would notice.
        """
        node = details[0].node
        if node.arguments:
            get_argument_values(type_.fields[node.name.value], node, self.variable_values)

    async def _fetch_and_complete(
        self,
        runtime: Runtime,
        root_type: GraphQLObjectType,
        planned: Mapping[str, FieldDetailsList],
        grouped_field_set: GroupedFieldSet,
    ) -> dict[str, object]:
        prepared = {
            key: await self._prepare(runtime, root_type, key, details) for key, details in planned.items()
        }
        self._check_cost(runtime, prepared.values())
        names = {key: details[0].node.name.value for key, details in planned.items()}
        waiting = [self._answer(runtime, key, names[key], each) for key, each in prepared.items()]
        # Most operations have one root field, and a task of its own costs more than its plan.
        answers = [await waiting[0]] if len(waiting) == 1 else await asyncio.gather(*waiting)
        found = dict(zip(planned, answers, strict=True))
        data: dict[str, object] = dict.fromkeys(grouped_field_set)
        data.update({key: answer.value for key, answer in found.items() if answer.shaped})
        rest = {
            key: details
            for key, details in grouped_field_set.items()
            if key not in found or not found[key].shaped
        }
        if not rest:
            runtime.lane.remember(self.operation, tuple(data))
        else:
            record = Record(
                root_type.name, {key: answer.value for key, answer in found.items() if not answer.shaped}
            )
            completed = super().execute_collected_root_fields(root_type, record, rest, False, ())
            data.update(
                cast("dict[str, object]", await completed if self.is_awaitable(completed) else completed)
            )
        return data

    async def _prepare(
        self, runtime: Runtime, root_type: GraphQLObjectType, key: str, details: FieldDetailsList
    ) -> Prepared | Exception:
        """A root field ready to run, or what is wrong with it."""
        try:
            variables = self.variable_values.coerced
            sight = runtime.sight(self.context_value.get(ROLE, runtime.vocabulary.ontology.public))
            misses = runtime.plans.misses
            compiled = runtime.plans.field(
                self.operation,
                key,
                variables,
                sight,
                lambda: self._plan(runtime, root_type, details, sight),
            )
            if runtime.metrics is not None:
                runtime.metrics.looked_up(Cache.PLAN, hit=runtime.plans.misses == misses)
            filled: Mapping[str, object] = variables
            if compiled.planned.computed:
                role = sight.visibility.role
                filled = await computed_for(runtime, role, compiled.planned, variables)
            return Prepared(compiled, compiled.statement(filled, sight.redirects), sight)
        except (GraphError, GraphQLError) as error:
            return error
        except Exception as error:  # noqa: BLE001  # a defect must not reach clients; the log has it
            return masked(error)

    def _check_cost(self, runtime: Runtime, prepared: Iterable[Prepared | Exception]) -> None:
        """Say what the operation can cost, and raise ``GraphQLError`` when that is too much."""
        cost = sum(each.cost for each in prepared if isinstance(each, Prepared))
        self.context_value[COST] = cost
        check_cost(cost, runtime.max_cost)

    async def _answer(self, runtime: Runtime, key: str, name: str, prepared: Prepared | Exception) -> Answer:
        """A root field's part of the response, or what graphql-core makes it of: a record, or an error."""
        if isinstance(prepared, Exception):
            return Answer(prepared, shaped=False)
        try:
            began = perf_counter()
            answer = await self._fetch(runtime, key, prepared)
            if runtime.metrics is not None:
                runtime.metrics.field_answered(name, perf_counter() - began)
                runtime.metrics.row_shaped(compiled=answer.shaped)
            return answer
        except (GraphError, GraphQLError) as error:
            return Answer(error, shaped=False)
        except Exception as error:  # noqa: BLE001  # a defect must not reach clients; the log has it
            return Answer(masked(error), shaped=False)

    async def _fetch(self, runtime: Runtime, key: str, prepared: Prepared) -> Answer:
        explanation = self._explanation(key)
        compiled, statement = prepared.field, prepared.statement
        rows = await self._rows(runtime, key, statement, explanation)
        if len(rows) != 1:
            raise DatabaseError(f"The database gave {len(rows)} rows where a statement gives one.")
        refuse_unknown_keys(
            compiled.planned.unknown(rows[0][1:], self.variable_values.coerced, prepared.sight.redirects)
        )
        answer = _shaped(runtime, compiled, rows[0][0], statement.parameters)
        if explanation:
            explanation.compiled = answer.shaped
            explanation.stage("shape")
        return answer

    def _plan(
        self, runtime: Runtime, root_type: GraphQLObjectType, details: FieldDetailsList, sight: Sight
    ) -> PlannedField:
        self._check_arguments(root_type, details)
        field = root_type.fields[details[0].node.name.value]
        return plan_root_field(runtime.vocabulary, self, self.variable_values.coerced, field, details, sight)

    async def _rows(
        self, runtime: Runtime, key: str, statement: Statement, explanation: Explanation | None
    ) -> list[Row]:
        if explanation:
            return await explanation.read(runtime.store, statement)
        already: Mapping[str, Read] = self.context_value.get(ALREADY_READ, {})
        read = already.get(key)
        if isinstance(read, Exception):
            raise read
        return await runtime.store.read(statement) if read is None else read

    def _explanation(self, key: str) -> Explanation | None:
        """The place for the explanation of a root field, when somebody asked for it."""
        found: dict[str, Explanation] | None = self.context_value.get(EXPLANATIONS)
        if found is None:
            return None
        return found.setdefault(key, Explanation())


def _shaped(
    runtime: Runtime, compiled: CompiledField, value: object, parameters: Mapping[str, Value]
) -> Answer:
    if runtime.compiled:
        try:
            return Answer(compiled.shaper(value, parameters), shaped=True)
        except Exception:  # noqa: BLE001  # whatever the shaper did not expect, the complete path reports
            runtime.completed_rows += 1
    return Answer(shape_root(compiled.planned.plan, value, parameters), shaped=False)


def check_cost(cost: int, most: int | None) -> None:
    """Raise ``GraphQLError`` when an operation can cost more than is allowed."""
    if most is not None and cost > most:
        error = exceeded("cost", cost, most, f"The operation can cost {cost:,}")
        raise GraphQLError(error.message, original_error=error)


def masked(error: Exception) -> InternalError:
    """The error that clients see in the place of a defect; the log has the defect, under the same id."""
    incident = uuid.uuid4().hex[:12]
    found = InternalError(f"Something went wrong on the server; the log has it as {incident}.", id=incident)
    found.__cause__ = error
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A root field ready to run, with the statement of this request and what it looks through."""

    field: CompiledField
    statement: Statement
    sight: Sight

    @property
    def cost(self) -> int:
        """What its answer can cost at most."""
        return self.field.cost(self.statement.parameters)


@dataclass(frozen=True, slots=True)
class Answer:
    """A root field's value: in its final form when ``shaped``, otherwise for graphql-core to complete."""

    value: object
    shaped: bool
