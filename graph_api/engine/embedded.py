"""The embedded engine: started, watched, started again once after a crash, and ended with us."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import Enum, auto
from pathlib import Path
from typing import Final, Self, TypeAlias

from graph_api.cypher.dialect import EMBEDDED
from graph_api.engine.bolt import BoltStore, Observer
from graph_api.engine.connection import ConnectionSettings
from graph_api.engine.embedded_command import (
    EngineSettings,
    Ports,
    connection,
    free_ports,
    joined,
    launch,
)
from graph_api.engine.embedded_directory import DataDirectory, in_use, published, unusable
from graph_api.engine.guarded import GuardedProcess
from graph_api.engine.protocol import Transaction
from graph_api.errors import (
    DatabaseError,
    DatabaseLoginRefusedError,
    DatabaseUnreachableError,
    EngineStoppedError,
    GraphError,
)

Say: TypeAlias = Callable[[str], None]

_LOG: Final = logging.getLogger(__name__)
_WATCH_SECONDS: Final = 0.1
_READY_POLL_SECONDS: Final = 0.03
# A lost connection is seen before the end of the process that caused it.
_NOTICE_SECONDS: Final = 1.0
_LOCKED: Final = "is locked by another process"
_DISK_FULL: Final = ("No space left on device", "Disk quota exceeded", "File too large")
_NO_MEMORY: Final = "java.lang.OutOfMemoryError"
_UNCLEAR: Final = (DatabaseError, DatabaseUnreachableError)
"""Errors whose reason the engine's output may tell."""
# A full disk is far above the end of the log, since Java writes long traces; and it is not always there.
_TRACE_LINES: Final = 500
_NO_ROOM_BYTES: Final = 10_000_000


class _State(Enum):
    RUNNING = auto()
    RESTARTING = auto()
    STOPPED = auto()


class EmbeddedEngine:
    """One engine on one data directory. Made by ``start``, inside the event loop that uses it."""

    def __init__(self, directory: DataDirectory, settings: EngineSettings, say: Say) -> None:
        self._directory = directory
        self._settings = settings
        self._say = say
        self._ports: Ports = free_ports()
        self._state = _State.RUNNING
        self._settled = asyncio.Event()
        self._settled.set()
        self._end = "was stopped"
        self._process = GuardedProcess.start(launch(directory, self._ports, settings))
        self._watcher: asyncio.Task[None] | None = None

    @classmethod
    async def start(
        cls,
        data_directory: Path,
        settings: EngineSettings | None = None,
        *,
        say: Say = _LOG.warning,
    ) -> Self:
        """Start the engine and return when it answers. ``say`` gets a sentence when it crashes.

        Raises DataDirectoryInUseError, DataDirectoryUnusableError, MissingToolError and
        EngineStoppedError.
        """
        directory = await DataDirectory.claim(data_directory)
        try:
            engine = cls(directory, settings or EngineSettings(), say)
        except BaseException:
            directory.release()
            raise
        try:
            await engine._ready()
            directory.publish(engine.connection.uri)
        except DatabaseError as error:
            await engine.stop()
            raise engine.explained(error) from error
        except BaseException:
            await engine.stop()
            raise
        engine._watcher = asyncio.create_task(engine._watch(), name="embedded engine")
        return engine

    @property
    def connection(self) -> ConnectionSettings:
        """How to reach it."""
        return connection(self._directory, self._ports, self._settings)

    @property
    def pid(self) -> int:
        """The process id of the engine itself; another one after a crash."""
        return self._process.pid

    async def wait(self) -> None:
        """Return when the engine takes statements; raises EngineStoppedError when it never will."""
        await self._settled.wait()
        if self._state is _State.STOPPED:
            raise EngineStoppedError(
                f"The embedded database engine {self._end}.",
                remedy=f"Start again; its output is in {self._directory.log_file}.",
                log=str(self._directory.log_file),
            )

    async def wait_after_loss(self) -> None:
        """As ``wait``, after giving a crash the time to be noticed."""
        deadline = asyncio.get_running_loop().time() + _NOTICE_SECONDS
        while self._state is _State.RUNNING and asyncio.get_running_loop().time() < deadline:
            if self._process.exit_code() is not None:
                self._state = _State.RESTARTING
                self._settled.clear()
            else:
                await asyncio.sleep(_READY_POLL_SECONDS)
        await self.wait()

    def explained(self, error: DatabaseError) -> GraphError:
        """The error of a full disk or an exhausted memory where the engine tells so, else the same error."""
        output = self._process.log_tail(_TRACE_LINES)
        no_room = shutil.disk_usage(self._directory.path).free < _NO_ROOM_BYTES
        if no_room or any(sign in output for sign in _DISK_FULL):
            return unusable(self._directory.path, "its disk is full")
        if type(error) in _UNCLEAR and _NO_MEMORY in output:
            return DatabaseError(
                f"The memory of the embedded database engine, {self._settings.heap}, is too small for this.",
                remedy="Do less at once, or give it more (the setting heap).",
                heap=self._settings.heap,
                log=str(self._directory.log_file),
            )
        return error

    async def stop(self) -> None:
        """End the engine in order, by force after a limit, and give up the data directory."""
        if self._watcher is not None:
            self._watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watcher
            self._watcher = None
        self._process.ask_to_stop()
        await asyncio.to_thread(self._process.stop)
        if self._state is not _State.STOPPED:
            self._state = _State.STOPPED
            self._settled.set()
            self._directory.release()

    async def _watch(self) -> None:
        """Restart after the first crash, give up after the second."""
        await self._crash()
        self._say(f"The embedded database engine {self._end}; it is being started again.")
        self._process.reap()
        try:
            self._process = GuardedProcess.start(launch(self._directory, self._ports, self._settings))
            await self._ready()
        except GraphError as error:
            self._give_up(f"{self._end} and did not start again: {error.message}")
            return
        self._state = _State.RUNNING
        self._settled.set()
        self._say("The embedded database engine answers again.")
        await self._crash()
        self._give_up(f"{self._end} a second time")

    async def _crash(self) -> None:
        while (code := self._process.exit_code()) is None:
            await asyncio.sleep(_WATCH_SECONDS)
        self._state = _State.RESTARTING
        self._settled.clear()
        self._end = f"ended unexpectedly (exit code {code})"

    def _give_up(self, end: str) -> None:
        self._end = end
        self._say(f"The embedded database engine {end}.")
        self._process.reap()
        self._state = _State.STOPPED
        self._settled.set()
        self._directory.release()

    async def _ready(self) -> None:
        """Return when a query is answered: the port opens about a second earlier."""
        deadline = asyncio.get_running_loop().time() + self._settings.start_seconds
        store = BoltStore(self.connection, EMBEDDED)
        try:
            while (reason := await _reason_of_no_answer(store)) is not None:
                if self._process.exit_code() is not None:
                    raise self._start_error()
                if asyncio.get_running_loop().time() > deadline:
                    raise EngineStoppedError(
                        f"The embedded database engine gave no answer in {self._settings.start_seconds:g} s. "
                        f"{reason.message}",
                        remedy=f"Its output is in {self._directory.log_file}.",
                    )
                await asyncio.sleep(_READY_POLL_SECONDS)
        finally:
            await store.close()

    def _start_error(self) -> GraphError:
        output = self._process.log_tail()
        if _LOCKED in output:
            return in_use(self._directory.path)
        return self.explained(
            EngineStoppedError(
                f"The embedded database engine ended while starting (exit code {self._process.exit_code()}).",
                remedy=f"Its output is in {self._directory.log_file}.",
                log=str(self._directory.log_file),
            )
        )


async def _reason_of_no_answer(store: BoltStore) -> DatabaseError | None:
    """Nothing when it answers. While it opens the database it refuses every question in some way."""
    try:
        await store.verify()
    except DatabaseLoginRefusedError:
        raise
    except DatabaseError as error:
        return error
    return None


async def join_embedded(data_directory: Path) -> BoltStore:
    """A store on the engine that another program of this user runs on the directory; closing leaves it on.

    Raises DataDirectoryInUseError when that engine cannot be reached, as while it starts or ends.
    """
    found = published(data_directory)
    if found is None:
        raise in_use(data_directory)
    address, password = found
    try:
        return await BoltStore.connect(joined(address, password), EMBEDDED)
    except DatabaseUnreachableError as error:
        raise in_use(data_directory) from error


class EmbeddedStore(BoltStore):
    """The store of an embedded engine that it owns: closing it ends the engine."""

    def __init__(self, engine: EmbeddedEngine, *, observe: Observer | None = None) -> None:
        super().__init__(engine.connection, EMBEDDED, observe=observe, availability=engine)
        self.engine = engine

    @classmethod
    async def start(
        cls,
        data_directory: Path,
        settings: EngineSettings | None = None,
        *,
        observe: Observer | None = None,
        say: Say = _LOG.warning,
    ) -> Self:
        """Start an engine on the directory and open its store; raises like ``EmbeddedEngine.start``."""
        return cls(await EmbeddedEngine.start(data_directory, settings, say=say), observe=observe)

    async def close(self) -> None:
        """Give back every connection, then end the engine."""
        await super().close()
        await self.engine.stop()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """As every store's; an engine that was lost because of its disk or its memory says so."""
        try:
            async with super().transaction() as opened:
                yield opened
        except DatabaseError as error:
            if type(error) not in _UNCLEAR:
                raise
            # What the engine tells of its end comes a moment after the connection's.
            await asyncio.sleep(_WATCH_SECONDS)
            raise self.engine.explained(error) from error
