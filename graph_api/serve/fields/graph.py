"""What the server says of the graph itself: its version, as a field and as a subscription."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING

import strawberry
from strawberry.types import Info

from graph_api.changes.version import GraphVersion
from graph_api.errors import DatabaseError
from graph_api.serve.execution.context import RUNTIME

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime


@strawberry.type(
    name="GraphVersion", description="A state of the graph. Every committed write makes the next one."
)
class GraphVersionType:
    """A state of the graph."""

    id: strawberry.ID = strawberry.field(description="Tells this state from every other one, of any graph.")
    number: int = strawberry.field(description="How many writes made this state.")
    changed: datetime = strawberry.field(description="When this state was reached.")


@strawberry.type
class GraphQuery:
    """Questions about the graph itself."""

    @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        description="The version that the graph has now."
    )
    async def graph(self, info: Info[dict[str, object], None]) -> GraphVersionType:
        """Ask for the version."""
        found = await _runtime(info).versions.ask()
        if found is None:
            raise DatabaseError("Nothing was ever written to this graph, so that it has no version.")
        return _as_type(found)


@strawberry.type(description="What the server tells on its own, as it happens.")
class Subscription:
    """What the server tells on its own."""

    @strawberry.subscription(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        description="The version of the graph, now and after every change. Changes that follow one another "
        "faster than they can be sent are told as one."
    )
    async def graph_version(self, info: Info[dict[str, object], None]) -> AsyncIterator[GraphVersionType]:
        """Follow the version."""
        async for found in _runtime(info).versions.follow():
            yield _as_type(found)


def _runtime(info: Info[dict[str, object], None]) -> Runtime:
    found: Runtime = info.context[RUNTIME]  # type: ignore[assignment]  # the view puts it there
    return found


def _as_type(version: GraphVersion) -> GraphVersionType:
    return GraphVersionType(
        id=strawberry.ID(f"{version.graph}:{version.number}"),
        number=version.number,
        changed=datetime.fromisoformat(version.changed),
    )
