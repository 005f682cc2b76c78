"""Our own API inside this process: answers, and the statements that they took."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

from benchmarks.operations import PAGE, Place, Request
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import parse_database_url
from graph_api.serve.execution.context import RUNTIME
from graph_api.serve.runtime import Runtime, runtime_of
from graph_api.values import Value
from schema import ontology

LARGEST_PAGE = 1000


@dataclass(slots=True)
class Ours:
    """The runtime of a database, with what was sent to it."""

    runtime: Runtime
    sent: list[Statement] = field(default_factory=list)

    async def answer(self, request: Request) -> dict[str, object]:
        """The data of an operation; raises ``ValueError`` when there are errors."""
        result = await self.runtime.schema.strawberry.execute(
            request.text,
            variable_values=dict(request.variables),
            context_value={RUNTIME: self.runtime},
        )
        if result.errors or result.data is None:
            raise ValueError(f"Our API answered with errors: {result.errors}")
        return result.data

    async def statements(self, request: Request) -> list[Statement]:
        """The statements that an operation takes."""
        self.sent.clear()
        await self.answer(request)
        return list(self.sent)

    async def place(self, depth: int) -> Place:
        """The row that ends this many organizations by name; found by walking the pages."""
        text = PAGE.replace("edges {", "pageInfo { endCursor } edges {")
        cursor: str | None = None
        for before in range(0, depth, LARGEST_PAGE):
            variables: dict[str, Value] = {
                "first": min(LARGEST_PAGE, depth - before),
                **({"after": cursor} if cursor else {}),
            }
            data = await self.answer(Request(text, variables))
            page = cast("dict[str, dict[str, str]]", data["organizations"])
            cursor = page["pageInfo"]["endCursor"]
        values = await self.runtime.store.read(
            Statement(
                "MATCH (o:Organization) WHERE o.name_folded IS NOT NULL "
                "WITH o ORDER BY o.name_folded, o.key SKIP $skip LIMIT 1 RETURN o.name_folded, o.key",
                {"skip": depth - 1},
            )
        )
        if cursor is None:
            raise ValueError("The first page follows no row.")
        return Place(cursor, str(values[0][0]), str(values[0][1]))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Ours]:
    """Our API on a database."""
    sent: list[Statement] = []
    store = await BoltStore.connect(parse_database_url(url), observe=sent.append)
    try:
        yield Ours(runtime_of(ontology, store), sent)
    finally:
        await store.close()
