"""Nodes in fields written by hand: a resolver names them, the compiler fetches what is asked of them.

``entities`` and ``entity`` are for resolvers of fields whose type is a kind of the ontology. All nodes that
one field of a response gives back, in every item of a list around it, are fetched by one statement.
``record_of`` makes an object of a generated type out of values that Python has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, cast

from graphql import GraphQLResolveInfo, get_named_type
from graphql.execution.collect_fields import FieldDetails
from strawberry.types import Info

from graph_api.errors import DatabaseError
from graph_api.plan.entities import EntityRef, plan_entities, with_refs
from graph_api.serve.execution.computed_values import computed_for
from graph_api.serve.execution.context import (
    COST,
    EXECUTION,
    ROLE,
    RUNTIME,
    PlannedExecutionContext,
    check_cost,
)
from graph_api.shape.records import Record, refuse_unknown_keys, shape_root

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

_WAITING = "entities waiting"
"""The key of the operation's context for the nodes that fields wait for."""
Context: TypeAlias = "dict[str, object]"


@dataclass(slots=True)
class _Batch:
    """The nodes that one field waits for, and the task that fetches them once all are named."""

    refs: dict[EntityRef, None] = field(default_factory=dict)
    task: asyncio.Task[Mapping[EntityRef, Record]] | None = None


async def entities(
    info: Info[Context, None], refs: Sequence[EntityRef], day: date | None = None
) -> list[Record | None]:
    """What the field's selection set asks of these nodes; nothing where the viewer sees none.

    With a ``day``, relations are those that hold, or may hold, on it. Raises the errors of
    ``InvalidArgumentError`` and ``DatabaseError``.
    """
    return await fetched(cast("GraphQLResolveInfo[Context]", info._raw_info), refs, day)


async def fetched(
    raw: GraphQLResolveInfo[Context], refs: Sequence[EntityRef], day: date | None = None
) -> list[Record | None]:
    """The same for a resolver of graphql-core's own."""
    waiting = cast("dict[str, _Batch]", raw.context.setdefault(_WAITING, {}))
    place = ".".join(str(step) for step in raw.path.as_list() if isinstance(step, str))
    batch = waiting.setdefault(place, _Batch())
    batch.refs.update(dict.fromkeys(refs))
    if batch.task is None:
        batch.task = asyncio.create_task(_fetch_all(raw, waiting, place, day))
    found = await batch.task
    return [found.get(ref) for ref in refs]


async def entity(info: Info[Context, None], ref: EntityRef, day: date | None = None) -> Record | None:
    """What the field's selection set asks of one node; raises as ``entities`` does."""
    return (await entities(info, [ref], day))[0]


def record_of(info: Info[Context, None], values: Mapping[str, object]) -> Record:
    """An object of the field's own, generated type: what is asked of these values by field name."""
    return recorded(cast("GraphQLResolveInfo[Context]", info._raw_info), values)


def recorded(raw: GraphQLResolveInfo[Context], values: Mapping[str, object]) -> Record:
    """The same for a resolver of graphql-core's own."""
    execution = cast("PlannedExecutionContext", raw.context[EXECUTION])
    type_ = execution.object_type(get_named_type(raw.return_type).name)
    asked = execution.subfields(type_, _details(raw))
    named = {key: details[0].node.name.value for key, details in asked.items()}
    return Record(type_.name, {key: values[name] for key, name in named.items() if name in values})


async def _fetch_all(
    raw: GraphQLResolveInfo[Context], waiting: dict[str, _Batch], place: str, day: date | None
) -> Mapping[EntityRef, Record]:
    # Two turns of the loop: the resolvers of the same field in other items run before it goes on.
    for _ in range(2):
        await asyncio.sleep(0)
    return await _fetch(raw, list(waiting.pop(place).refs), place, day)


async def _fetch(
    raw: GraphQLResolveInfo[Context], refs: Sequence[EntityRef], place: str, day: date | None
) -> Mapping[EntityRef, Record]:
    context = raw.context
    runtime = cast("Runtime", context[RUNTIME])
    execution = cast("PlannedExecutionContext", context[EXECUTION])
    vocabulary, variables = runtime.vocabulary, execution.variable_values.coerced
    sight = runtime.sight(cast(str, context.get(ROLE, vocabulary.ontology.public)))
    kind = vocabulary.ontology.node(get_named_type(raw.return_type).name)
    # Whether there is a day decides the plan, and no variable of the document need show it.
    on_a_day = day is not None
    compiled = runtime.plans.field(
        execution.operation,
        f"{place} on a day" if on_a_day else place,
        variables,
        sight,
        lambda: plan_entities(
            vocabulary, execution, variables, kind, _details(raw), sight, on_a_day=on_a_day
        ),
    )
    named = with_refs(variables, refs, day)
    if compiled.planned.computed:
        named = await computed_for(runtime, sight.visibility.role, compiled.planned, named)
    statement = compiled.statement(named, sight.redirects)
    context[COST] = cast(int, context.get(COST, 0)) + compiled.cost(statement.parameters)
    check_cost(cast(int, context[COST]), runtime.max_cost)
    rows = await runtime.store.read(statement)
    if len(rows) != 1:
        raise DatabaseError(f"The database gave {len(rows)} rows where a statement gives one.")
    refuse_unknown_keys(compiled.planned.unknown(rows[0][1:], variables, sight.redirects))
    records = shape_root(compiled.planned.plan, rows[0][0], statement.parameters)
    listed = cast("list[Record | None]", records)
    return {ref: record for ref, record in zip(refs, listed, strict=True) if record is not None}


def _details(raw: GraphQLResolveInfo[Context]) -> list[FieldDetails]:
    return [FieldDetails(node, None) for node in raw.field_nodes]
