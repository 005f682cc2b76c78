"""The subscription ``changes``: each change that the viewer may see, in order, as it is committed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, cast

import strawberry
from graphql import GraphQLResolveInfo
from strawberry.types import Info

from graph_api.api_types.build import Resolvers, generated_type
from graph_api.changes import log
from graph_api.plan.entities import EntityRef
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.execution.entities import fetched

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

AT_ONCE = 100
"""Changes that are read at once; a client that is behind gets more when it took these."""
_After = Annotated[
    int | None,
    strawberry.argument(
        description="The number of the last change that is known; the changes after it come first. "
        "Left out, only what is changed from now on is told."
    ),
]


def change_subscription() -> type:
    """The subscription, for an ontology that shows changes."""

    async def changes(info: Info[dict[str, object], None], after: _After = None) -> AsyncIterator[int]:
        async for number in _numbers(info.context, after):
            yield number

    # What it gives becomes a change when it is completed (``change_resolvers``).
    changes.__annotations__["return"] = AsyncIterator[generated_type(log.CHANGE)]  # type: ignore[misc]  # made at run time
    made = strawberry.subscription(
        resolver=changes,
        description="Every change that you may see, in the order in which they were made, none left out.",
    )
    return strawberry.type(type("ChangeSubscription", (), {"changes": made, "__module__": __name__}))


def change_resolvers() -> Resolvers:
    """How each number that the subscription gives becomes a change."""
    return {("Subscription", "changes"): _change}


async def _numbers(context: dict[str, object], after: int | None) -> AsyncIterator[int]:
    runtime = cast("Runtime", context[RUNTIME])
    ontology = runtime.vocabulary.ontology
    role = str(context.get(ROLE, ontology.public))
    level = ontology.roles.index(role) if role in ontology.roles else 0
    seen = after
    async for version in runtime.versions.follow():
        if seen is None:
            seen = version.number
        while seen < version.number:
            rows = await runtime.store.read(log.numbers_after(seen, level, AT_ONCE))
            numbers = cast("list[int]", rows[0][0])
            for number in numbers:
                yield number
            seen = numbers[-1] if len(numbers) == AT_ONCE else max([version.number, *numbers])


async def _change(
    number: object, info: GraphQLResolveInfo[dict[str, object]], **_arguments: object
) -> object:
    return (await fetched(info, [EntityRef(log.CHANGE, log.change_key(cast(int, number)))]))[0]
