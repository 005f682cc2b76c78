"""From a result to the reply that clients read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from strawberry.types import ExecutionResult

from graph_api.errors import GraphError


@dataclass(frozen=True, slots=True)
class Reply:
    """What clients get. ``refused`` says that nothing was executed: there is no ``data``."""

    payload: Mapping[str, object]
    refused: bool = False

    @property
    def complete(self) -> bool:
        """Whether it holds data without errors, so that it may be kept."""
        return "errors" not in self.payload

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        errors = cast("list[dict[str, dict[str, object]]]", self.payload.get("errors", []))
        return [str(each.get("extensions", {}).get("code", "")) for each in errors]


def reply_of(result: ExecutionResult) -> Reply:
    """The reply for a result. One without data is refused when no error has a path in the answer."""
    payload: dict[str, object] = {}
    errors = result.errors or []
    refused = result.data is None and all(each.path is None for each in errors)
    if errors:
        payload["errors"] = [each.formatted for each in errors]
    if not refused:
        payload["data"] = result.data
    if result.extensions:
        payload["extensions"] = result.extensions
    return Reply(payload, refused)


def refusal(error: GraphError) -> Reply:
    """The reply for a request that was not even executed."""
    return Reply({"errors": [{"message": error.message, "extensions": error.extensions}]}, refused=True)
