"""A store that tells of each statement: counted, timed, traced, and logged when it is slow or fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Final

from graph_api.cypher.dialect import Dialect
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Profile, Row, Store, Transaction
from graph_api.errors import GraphError
from graph_api.observe.logs import logger
from graph_api.observe.metrics import Metrics, StatementKind
from graph_api.observe.traces import Span, Traces
from graph_api.settings import Settings

CANCELLED: Final = "CANCELLED"
"""The code of a statement whose caller gave up."""
_LOG: Final = logger(__name__)
_MAX_TEXTS: Final = 5


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told of statements. Statements that take ``slow_seconds`` or more are logged."""

    metrics: Metrics
    traces: Traces
    slow_seconds: float

    def statement(self, kind: StatementKind, system: str, *statements: Statement) -> _Observed:
        """A block in which these statements are answered."""
        return _Observed(self, kind, system, statements)


class ObservedStore:
    """A store around another one. Loading and other work before the first request may go past it."""

    def __init__(self, store: Store, settings: Settings, metrics: Metrics, traces: Traces) -> None:
        self._store = store
        self._watch = Watch(metrics, traces, settings.slow_seconds)
        self._system = str(store.dialect.engine)

    @property
    def dialect(self) -> Dialect:
        """The engine's differences, as data."""
        return self._store.dialect

    async def read(self, statement: Statement) -> list[Row]:
        """Run one reading statement; raises like the store within."""
        with self._watch.statement(StatementKind.READ, self._system, statement):
            return await self._store.read(statement)

    async def profile(self, statement: Statement) -> Profile:
        """Run one reading statement and count its database hits; raises like the store within."""
        with self._watch.statement(StatementKind.PROFILE, self._system, statement):
            return await self._store.profile(statement)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Open a write transaction, each of whose statements is observed; raises like the store within."""
        async with self._store.transaction() as transaction:
            yield _ObservedTransaction(transaction, self._watch, self._system)

    async def write(self, statements: Sequence[Statement]) -> None:
        """Run the statements in one transaction, observed as a whole with the times that it is retried."""
        with self._watch.statement(StatementKind.WRITE, self._system, *statements):
            await self._store.write(statements)

    async def verify(self) -> None:
        """Return when the database answers. It is not counted as a statement."""
        await self._store.verify()

    async def close(self) -> None:
        """Close the store within."""
        await self._store.close()


class _ObservedTransaction:
    def __init__(self, transaction: Transaction, watch: Watch, system: str) -> None:
        self._transaction = transaction
        self._watch = watch
        self._system = system

    async def run(self, statement: Statement) -> list[Row]:
        """Run one statement and give all its rows; raises like the transaction within."""
        with self._watch.statement(StatementKind.WRITE, self._system, statement):
            return await self._transaction.run(statement)


class _Observed:
    """The time between sending statements and their answer, and what became of them."""

    __slots__ = ("_began", "_kind", "_span", "_statements", "_watch")
    _span: AbstractContextManager[Span]
    _began: float

    def __init__(
        self, watch: Watch, kind: StatementKind, system: str, statements: Sequence[Statement]
    ) -> None:
        self._watch = watch
        self._kind = kind
        self._statements = statements
        self._span = watch.traces.statement(kind, system, _texts(statements) if watch.traces.on else "")

    def __enter__(self) -> None:
        self._watch.metrics.statement_began()
        self._span.__enter__()
        self._began = perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = perf_counter() - self._began
        self._span.__exit__(kind, error, trace)
        code = None if error is None else _code(error)
        self._watch.metrics.statement_ended(self._kind, seconds, code)
        if code is not None and code != CANCELLED:
            self._tell("statement failed", seconds, code=code, database_code=_database_code(error))
        elif seconds >= self._watch.slow_seconds:
            self._tell("slow statement", seconds, **({"code": code} if code else {}))

    def _tell(self, event: str, seconds: float, **more: object) -> None:
        # Names of parameters, never values: they are what clients looked for.
        names = sorted({name for each in self._statements for name in each.parameters})
        _LOG.warning(
            event,
            kind=str(self._kind),
            milliseconds=round(seconds * 1000, 1),
            parameters=names,
            cypher=_texts(self._statements),
            **more,
        )


def _texts(statements: Sequence[Statement]) -> str:
    """The different texts, of which a load has few however many rows it writes."""
    texts = list(dict.fromkeys(each.text for each in statements))
    more = [f"... {len(texts) - _MAX_TEXTS} more"] if len(texts) > _MAX_TEXTS else []
    return ";\n".join([*texts[:_MAX_TEXTS], *more])


def _code(error: BaseException) -> str:
    if isinstance(error, GraphError):
        return str(error.code)
    return CANCELLED if isinstance(error, asyncio.CancelledError) else type(error).__name__


def _database_code(error: BaseException | None) -> str | None:
    """The database's own code, which tells more; its message is left out, since it may repeat values."""
    found = error.place.get("database_code") if isinstance(error, GraphError) else None
    return None if found is None else str(found)
