"""Several processes that answer at one address, watched by the one that holds the store.

Each worker has a loop, a driver and caches of its own; they share the listening socket and the counter of
commits. A worker that ends unexpectedly is replaced. When the watching process ends, however it does,
they end too.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import BinaryIO

import uvicorn

from graph_api.cypher.dialect import DIALECTS, Engine
from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import ConnectionSettings
from graph_api.engine.protocol import Store
from graph_api.errors import InvalidSettingError
from graph_api.observe.logs import configure
from graph_api.observe.multiprocess import prepare_multiprocess
from graph_api.serve.http.app import application
from graph_api.serve.processes.build import api_of, make_ready, parts_of
from graph_api.serve.processes.listening import HttpServer, end
from graph_api.serve.versions import COUNTER_BYTES, SharedCommits
from graph_api.settings import Settings

_LOG = logging.getLogger(__name__)
_SPAWN = multiprocessing.get_context("spawn")
_PAUSE_SECONDS = 1.0
"""Before a worker is replaced: one that cannot start must not keep the machine busy."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What a worker is told."""

    settings: Settings
    connection: ConnectionSettings
    engine: Engine
    counter: str
    figures: str


async def serve_by_workers(
    settings: Settings, store: Store, listener: socket.socket, ready: Callable[[], None]
) -> None:
    """Serve until cancelled; ``ready`` is called once when every worker answers."""
    if not isinstance(store, BoltStore):
        raise InvalidSettingError("This store cannot be shared by workers.", setting="workers")
    with _counter() as counter, tempfile.TemporaryDirectory(prefix="figures-") as figures:
        work = _Work(settings, store.settings, store.dialect.engine, counter.name, figures)
        async with asyncio.TaskGroup() as group:
            started = [asyncio.Event() for _ in range(settings.workers)]
            for event in started:
                group.create_task(_keep(work, listener, event, settings.shutdown_seconds))
            for event in started:
                await event.wait()
            ready()


@contextlib.contextmanager
def _counter() -> Iterator[BinaryIO]:
    with tempfile.NamedTemporaryFile(prefix="commits-") as file:
        file.write(bytes(COUNTER_BYTES))
        file.flush()
        yield file  # type: ignore[misc]  # the wrapper has all of BinaryIO


async def _keep(work: _Work, listener: socket.socket, started: asyncio.Event, patience: float) -> None:
    """Keep one worker alive."""
    while True:
        # A pipe, because locks shared between processes stay locked when one of them is killed.
        told, answers = _SPAWN.Pipe(duplex=False)
        process = _SPAWN.Process(target=run_worker, args=(work, listener, answers), name="worker")
        process.start()
        answers.close()
        try:
            # The pipe ends when the worker does, so this returns either way.
            await _readable(told.fileno())
            told.close()
            started.set()
            await _ended(process)
            _LOG.error("A worker ended unexpectedly (exit code %s); it is replaced.", process.exitcode)
            await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            await asyncio.shield(_stop(process, patience))


async def _ended(process: SpawnProcess) -> None:
    """Return when the process has ended."""
    await _readable(process.sentinel)
    process.join()


async def _readable(descriptor: int) -> None:
    """Return when there is something to read, or the other side is closed."""
    loop = asyncio.get_running_loop()
    found = asyncio.Event()
    loop.add_reader(descriptor, found.set)
    try:
        await found.wait()
    finally:
        loop.remove_reader(descriptor)


async def _stop(process: SpawnProcess, patience: float) -> None:
    """Let a process finish what it does, within the time that it has for that."""
    if process.is_alive():
        process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(_ended(process), patience + 5)
    if process.is_alive():
        process.kill()
        await _ended(process)
    process.close()


def run_worker(work: _Work, listener: socket.socket, answers: Connection) -> None:
    """The life of a worker; it closes ``answers`` when it can answer."""
    # A terminal sends Ctrl-C to every process; only the watching one acts on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    config = uvicorn.Config(app="", log_config=None)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_work(work, listener, answers.close))


async def _work(work: _Work, listener: socket.socket, answers: Callable[[], None]) -> None:
    configure(work.settings)
    prepare_multiprocess(Path(work.figures))
    parts = parts_of(work.settings)
    store = await BoltStore.connect(work.connection, DIALECTS[work.engine])
    with open(work.counter, "r+b") as counter:
        api = api_of(parts, store, SharedCommits(counter.fileno()))
    server = HttpServer.of(work.settings, application(parts.service))
    stop = asyncio.Event()
    _stop_when_asked(stop)
    watching = asyncio.create_task(api.runtime.versions.run(), name="version")
    try:
        await make_ready(parts, api, store)
        serving = asyncio.create_task(server.serve(sockets=[listener]), name="http")
        answers()
        await stop.wait()
        await end(parts.service, server, serving)
    finally:
        watching.cancel()
        await api.runtime.traces.close()
        await store.close()


def _stop_when_asked(stop: asyncio.Event) -> None:
    """Stop on SIGTERM, and when the watching process has gone."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel

        def gone() -> None:
            loop.remove_reader(sentinel)
            stop.set()

        loop.add_reader(sentinel, gone)
