"""A store that speaks Bolt through the official driver: Neo4j itself, and the embedded engine."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import neo4j

from graph_api.cypher.dialect import NEO4J, Dialect
from graph_api.cypher.statement import Statement
from graph_api.engine.availability import AlwaysAvailable, Availability
from graph_api.engine.connection import ConnectionSettings
from graph_api.engine.driver_errors import timed_out, translated
from graph_api.engine.hold import held_until, is_held, passes
from graph_api.engine.plain import make_plain
from graph_api.engine.protocol import Profile, Row, Transaction
from graph_api.engine.retry import until_won
from graph_api.engine.writers import WriterGate
from graph_api.errors import DatabaseUnreachableError

Observer = Callable[[Statement], None]

# Neo4j looks at its own limit about once a second; ours is for servers that do not look at all.
_GRACE_SECONDS: Final = 2.0
_HELD_POLL_SECONDS: Final = 0.1

# Without a handler, Python prints the driver's warnings beside the one line a command owes its user.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class BoltTransaction:
    """One open write transaction."""

    def __init__(
        self,
        transaction: neo4j.AsyncTransaction,
        settings: ConnectionSettings,
        dialect: Dialect,
        observe: Observer | None,
    ) -> None:
        self._transaction = transaction
        self._settings = settings
        self._dialect = dialect
        self._observe = observe

    async def run(self, statement: Statement) -> list[Row]:
        """Run one statement and give all its rows; raises the errors of DatabaseError."""
        if self._observe is not None:
            self._observe(statement)
        with translated(self._settings, self._dialect):
            async with _limited(self._settings, self._settings.transaction_seconds):
                result = await self._transaction.run(statement.text, dict(statement.parameters))
                rows = await _rows(result)
        # The driver keeps every result until the end of the transaction, and with it the parameters.
        self._transaction._results.clear()
        return rows


class BoltStore:
    """A database behind the store interface. Made inside the event loop that uses it.

    ``observe`` is called with each statement that is sent, so that callers can count them.
    """

    def __init__(
        self,
        settings: ConnectionSettings,
        dialect: Dialect = NEO4J,
        *,
        observe: Observer | None = None,
        availability: Availability | None = None,
    ) -> None:
        self._settings = settings
        self._dialect = dialect
        self._observe = observe
        self._availability = availability or AlwaysAvailable()
        self._writers = WriterGate(one_writer=dialect.one_writer)
        self._bookmarks = neo4j.AsyncGraphDatabase.bookmark_manager() if settings.routed else None
        with translated(settings, dialect):
            self._driver = _driver(settings)

    @classmethod
    async def connect(
        cls, settings: ConnectionSettings, dialect: Dialect = NEO4J, *, observe: Observer | None = None
    ) -> Self:
        """Open a store and prove that it answers.

        Raises DatabaseUnreachableError, DatabaseLoginRefusedError, DatabaseTimeoutError or DatabaseError.
        """
        store = cls(settings, dialect, observe=observe)
        try:
            await store.verify()
        except BaseException:
            await store.close()
            raise
        return store

    @property
    def dialect(self) -> Dialect:
        """The engine's differences, as data."""
        return self._dialect

    @property
    def settings(self) -> ConnectionSettings:
        """Where the database is and how it is spoken to."""
        return self._settings

    async def verify(self) -> None:
        """Ask the smallest question; raises like ``read``. It is not counted as a statement."""
        await self._read_once(Statement("RETURN 1"))

    async def read(self, statement: Statement) -> list[Row]:
        """Run one reading statement; it is retried once when the connection was lost.

        Raises the errors of DatabaseError.
        """
        if self._observe is not None:
            self._observe(statement)
        await self._availability.wait()
        try:
            return await self._read_once(statement)
        except DatabaseUnreachableError:
            await self._availability.wait_after_loss()
            return await self._read_once(statement)

    async def profile(self, statement: Statement) -> Profile:
        """Run one reading statement and count its database hits, where the engine counts them.

        Raises the errors of DatabaseError.
        """
        if not self._dialect.counts_hits:
            return Profile(await self.read(statement), None)
        if self._observe is not None:
            self._observe(statement)
        query = neo4j.Query(f"PROFILE {statement.text}", timeout=self._settings.statement_seconds)
        with translated(self._settings, self._dialect):
            async with (
                _limited(self._settings, self._settings.statement_seconds),
                self._session(neo4j.READ_ACCESS) as session,
            ):
                result = await session.run(query, dict(statement.parameters))
                rows = await _rows(result, plain=statement.plain)
                summary = await result.consume()
        return Profile(rows, _hits(summary.profile or {}))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Open a write transaction: commits at the end of the block, rolls back on an error.

        Raises the errors of DatabaseError, also for a block opened inside another one of its task.
        """
        await self._availability.wait()
        # Before the turn is taken: the holder needs turns of its own.
        await self._wait_while_held()
        async with self._writers.enter():
            # Around the caller's block too: leaving it closes the driver's objects, which may fail.
            with translated(self._settings, self._dialect):
                async with self._session(neo4j.WRITE_ACCESS) as session:
                    opened = await session.begin_transaction(timeout=self._settings.transaction_seconds)
                    async with opened:
                        yield BoltTransaction(opened, self._settings, self._dialect, self._observe)
                        async with _limited(self._settings, self._settings.transaction_seconds):
                            await opened.commit()

    async def write(self, statements: Sequence[Statement]) -> None:
        """Run the statements in one transaction, retried as a whole on a lost write conflict.

        A connection lost before the commit is retried once; lost in the commit it is not, since the
        write may be there. Raises DatabaseConflictError when another write kept winning or a key
        already exists, and the other errors of DatabaseError.
        """
        await until_won(self._dialect, lambda: self._write_once(statements))

    async def close(self) -> None:
        """Give back every connection."""
        await self._driver.close()

    async def _wait_while_held(self) -> None:
        """Return when nobody holds writers up (``hold``); raises DatabaseTimeoutError."""
        if self._dialect.locks_nodes or passes():
            return
        deadline = asyncio.get_running_loop().time() + self._settings.transaction_seconds
        while is_held(await self._read_once(held_until())):
            if asyncio.get_running_loop().time() > deadline:
                raise timed_out(self._settings, self._settings.transaction_seconds)
            await asyncio.sleep(_HELD_POLL_SECONDS)

    async def _write_once(self, statements: Sequence[Statement], *, again: bool = True) -> None:
        """Write once; ``again`` also when the connection was lost before the commit."""
        committing = False
        try:
            async with self.transaction() as transaction:
                for statement in statements:
                    await transaction.run(statement)
                committing = True
        except DatabaseUnreachableError:
            if committing or not again:
                raise
            await self._availability.wait_after_loss()
            await self._write_once(statements, again=False)

    async def _read_once(self, statement: Statement) -> list[Row]:
        query = neo4j.Query(
            statement.text,
            timeout=self._settings.statement_seconds,
        )
        with translated(self._settings, self._dialect):
            async with (
                _limited(self._settings, self._settings.statement_seconds),
                self._session(neo4j.READ_ACCESS) as session,
            ):
                result = await session.run(query, dict(statement.parameters))
                return await _rows(result, plain=statement.plain)

    def _session(self, access: str) -> neo4j.AsyncSession:
        return self._driver.session(
            database=self._settings.database,
            default_access_mode=access,
            fetch_size=self._settings.fetch_size,
            bookmark_manager=self._bookmarks,
        )


def _driver(settings: ConnectionSettings) -> neo4j.AsyncDriver:
    return neo4j.AsyncGraphDatabase.driver(
        settings.uri,
        auth=None if settings.user is None else (settings.user, settings.password),
        max_connection_pool_size=settings.max_pool_size,
        connection_acquisition_timeout=settings.acquisition_seconds,
        connection_timeout=settings.connection_seconds,
        max_connection_lifetime=settings.max_lifetime_seconds,
        liveness_check_timeout=settings.liveness_seconds,
        keep_alive=True,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
        user_agent="graph-api",
    )


def _hits(operator: Mapping[str, Any]) -> int:
    """The hits of an operator of a profile and of all below it."""
    below = sum(_hits(child) for child in operator.get("children", ()))
    return below + int(operator.get("dbHits", 0))


async def _rows(result: neo4j.AsyncResult, *, plain: bool = False) -> list[Row]:
    if plain:
        return [record.values() async for record in result]
    return [make_plain(record.values()) async for record in result]


@asynccontextmanager
async def _limited(settings: ConnectionSettings, seconds: float) -> AsyncIterator[None]:
    limit = seconds + _GRACE_SECONDS
    try:
        async with asyncio.timeout(limit):
            yield
    except TimeoutError as error:
        raise timed_out(settings, limit) from error
