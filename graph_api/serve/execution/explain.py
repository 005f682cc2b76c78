"""How an answer was made: ``extensions.explain``, for whoever asks with ``X-Explain: 1`` and may."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from strawberry.extensions import SchemaExtension

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Row, Store

EXPLAIN_HEADER = "X-Explain"
EXPLANATIONS = "explanations"
"""The key of the operation's context under which the view puts a place for explanations."""


@dataclass(slots=True)
class Explanation:
    """What became of one root field, with the milliseconds of each stage."""

    cypher: str = ""
    parameters: list[str] = field(default_factory=list)
    compiled: bool = False
    hits: int | None = None
    milliseconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def stage(self, name: str) -> None:
        """Say that a stage has ended."""
        now = time.perf_counter()
        self.milliseconds[name] = round(1000 * (now - self._since), 3)
        self._since = now

    async def read(self, store: Store, statement: Statement) -> list[Row]:
        """Run the statement, counting its hits."""
        self.cypher, self.parameters = statement.text, list(statement.parameters)
        self.stage("plan")
        profile = await store.profile(statement)
        self.hits = profile.hits
        self.stage("database")
        return profile.rows

    def as_json(self) -> dict[str, object]:
        """The explanation as clients read it."""
        found: dict[str, object] = {
            "cypher": self.cypher,
            "parameters": self.parameters,
            "compiled": self.compiled,
            "milliseconds": self.milliseconds,
        }
        return found if self.hits is None else {**found, "dbHits": self.hits}


class ExplainExtension(SchemaExtension):
    """Adds the explanations to the extensions of the result."""

    def get_results(self) -> dict[str, object]:
        """``explain``, by response key of the root field; nothing when nobody asked."""
        context = cast("Mapping[str, object]", self.execution_context.context)
        found = cast("Mapping[str, Explanation] | None", context.get(EXPLANATIONS))
        if found is None:
            return {}
        return {"explain": {key: explanation.as_json() for key, explanation in found.items()}}
