"""What every engine offers: positional rows for a statement, and transactions for writes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from graph_api.cypher.dialect import Dialect
from graph_api.cypher.statement import Statement

Row: TypeAlias = list[object]


class Transaction(Protocol):
    """One write transaction: everything in it becomes visible together, or nothing does."""

    async def run(self, statement: Statement) -> list[Row]:
        """Run one statement and give all its rows, each a positional list."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """The rows of a statement and how often it touched the stored data, where the engine counts that."""

    rows: list[Row]
    hits: int | None


class Store(Protocol):
    """A graph database. Errors are those of ``graph_api.errors``, never the driver's own."""

    @property
    def dialect(self) -> Dialect:
        """The engine's differences, as data."""
        ...

    async def read(self, statement: Statement) -> list[Row]:
        """Run one reading statement; it is retried once when the connection was lost."""
        ...

    async def profile(self, statement: Statement) -> Profile:
        """Run one reading statement and count its database hits; not retried."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a write transaction: commits at the end of the block, rolls back on an error."""
        ...

    async def write(self, statements: Sequence[Statement]) -> None:
        """Run the statements in one transaction, retried as a whole on a lost write conflict."""
        ...

    async def verify(self) -> None:
        """Return when the database answers; raises ``DatabaseError`` when it does not."""
        ...

    async def close(self) -> None:
        """Give back every connection, and end the engine if this store started it."""
        ...
