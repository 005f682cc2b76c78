"""The execution of an operation: plan -> statement -> rows -> records -> response.

Each root field that the graph answers becomes one plan and one statement; the statements of an
operation run concurrently. graphql-core then completes the records that the rows were shaped into.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from graphql import GraphQLObjectType, GraphQLResolveInfo, OperationType
from graphql.execution.collect_fields import DeferUsage, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import AwaitableOrValue
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from graph_api.cypher.render import render
from graph_api.cypher.statement import Statement
from graph_api.errors import DatabaseError, GraphError, InternalError
from graph_api.plan.root import PlannedField, plan_root_field
from graph_api.shape.records import Record, shape_root

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

RUNTIME = "runtime"
"""The key of the operation's context under which the server puts its runtime."""


def read_record(source: object, info: GraphQLResolveInfo, **_arguments: object) -> object:
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
        return self.collect_subfields(type_, details).grouped_field_set

    async def _fetch_and_complete(
        self,
        runtime: Runtime,
        root_type: GraphQLObjectType,
        planned: Mapping[str, FieldDetailsList],
        grouped_field_set: GroupedFieldSet,
    ) -> dict[str, object]:
        found = await asyncio.gather(
            *(self._fetch_or_fail(runtime, root_type, details) for details in planned.values())
        )
        record = Record(root_type.name, dict(zip(planned, found, strict=True)))
        completed = super().execute_collected_root_fields(root_type, record, grouped_field_set, False, ())
        return await completed if self.is_awaitable(completed) else completed

    async def _fetch_or_fail(
        self, runtime: Runtime, root_type: GraphQLObjectType, details: FieldDetailsList
    ) -> object:
        """The value of a root field, or the error that it is completed with."""
        try:
            return await self._fetch(runtime, root_type, details)
        except GraphError as error:
            return error
        except Exception as error:  # noqa: BLE001  # a defect must not reach clients; the log has it
            incident = uuid.uuid4().hex[:12]
            masked = InternalError(f"Something went wrong on the server; the log has it as {incident}.", id=incident)
            masked.__cause__ = error
            return masked

    async def _fetch(self, runtime: Runtime, root_type: GraphQLObjectType, details: FieldDetailsList) -> object:
        field = root_type.fields[details[0].node.name.value]
        variables = self.variable_values.coerced
        planned = plan_root_field(runtime.vocabulary, self, variables, field, details)
        statement = statement_of(planned, variables)
        rows = await runtime.store.read(statement)
        if len(rows) != 1:
            raise DatabaseError(f"The database gave {len(rows)} rows where a statement gives one.")
        return shape_root(planned.plan, rows[0], statement.parameters)


def statement_of(planned: PlannedField, variables: Mapping[str, object]) -> Statement:
    """The one statement of a root field."""
    return Statement(render(planned.plan), planned.parameters(variables))
