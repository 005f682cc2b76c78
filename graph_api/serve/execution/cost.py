"""What an operation can cost: ``extensions.cost``, beside the most that the server allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from strawberry.extensions import SchemaExtension

from graph_api.serve.execution.context import COST, RUNTIME

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime


class CostExtension(SchemaExtension):
    """Adds the cost to the extensions of the result."""

    def get_results(self) -> dict[str, object]:
        """``cost``; nothing for an operation that asks the graph nothing."""
        context = cast("Mapping[str, object]", self.execution_context.context or {})
        if COST not in context:
            return {}
        runtime = cast("Runtime", context[RUNTIME])
        return cost_extension(cast(int, context[COST]), runtime.max_cost)


def cost_extension(cost: int, limit: int | None) -> dict[str, object]:
    """The extension as clients read it; no limit is null."""
    return {"cost": {"value": cost, "limit": limit}}
