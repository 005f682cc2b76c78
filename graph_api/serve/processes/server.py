"""The server process: one socket, one store, one loop; everything it started ends with it.

With several workers this process opens the store, loads the seeds and keeps the engine; the workers
answer (``workers``).
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator
from typing import Protocol

import uvicorn

from graph_api.access.keys import first_key
from graph_api.engine.protocol import Store
from graph_api.imports.load import Progress
from graph_api.imports.report import LoadReport
from graph_api.observe.logs import configure
from graph_api.ontology import Ontology
from graph_api.serve.http.app import application
from graph_api.serve.processes.address import address_file
from graph_api.serve.processes.build import Parts, api_of, make_ready, parts_of
from graph_api.serve.processes.listening import HttpServer, address, end, listening
from graph_api.serve.processes.load import load_seeds, open_store
from graph_api.serve.processes.workers import serve_by_workers
from graph_api.settings import Settings


class Teller(Protocol):
    """How the server tells its user what it does."""

    def say(self, sentence: str) -> None:
        """A sentence."""
        ...

    def progress(self) -> contextlib.AbstractContextManager[Progress]:
        """A display of the loading, for as long as the block lasts."""
        ...

    def report(self, report: LoadReport) -> None:
        """What became of the seeds."""
        ...


async def serve(settings: Settings, teller: Teller) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises ``PortInUseError``, and whatever opening the store and loading the seeds raises.
    """
    configure(settings)
    with listening(settings) as listener:
        parts = parts_of(settings)
        if settings.workers > 1:
            async with _loaded(parts, teller) as store:
                with address_file(settings, address(settings)):
                    ready = f"Ready at {address(settings)}"
                    await serve_by_workers(settings, store, listener, lambda: teller.say(ready))
        else:
            await _serve_alone(parts, listener, teller)


async def _serve_alone(parts: Parts, listener: socket.socket, teller: Teller) -> None:
    server = HttpServer.of(parts.settings, application(parts.service))
    # The server answers from the start: that it is live, and that it is loading.
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="http")
    try:
        async with _loaded(parts, teller) as store:
            api = api_of(parts, store)
            watching = asyncio.create_task(api.runtime.versions.run(), name="version")
            try:
                await make_ready(parts, api, store)
                with address_file(parts.settings, address(parts.settings)):
                    teller.say(f"Ready at {address(parts.settings)}")
                    await asyncio.shield(serving)
            finally:
                # What is being answered needs the store to the end.
                await end(parts.service, server, serving)
                watching.cancel()
                await api.runtime.traces.close()
    finally:
        await end(parts.service, server, serving)


@contextlib.asynccontextmanager
async def _loaded(parts: Parts, teller: Teller) -> AsyncIterator[Store]:
    """The store with the seeds in it."""
    store = await open_store(parts.settings, parts.ontology, teller.say)
    try:
        if not parts.settings.database:
            await _tell_first_key(store, parts.ontology, teller)
        await _load(parts.settings, store, parts.ontology, teller)
        yield store
    finally:
        await store.close()


async def _tell_first_key(store: Store, ontology: Ontology, teller: Teller) -> None:
    """Whoever starts an empty graph is its administrator."""
    key = await first_key(store, ontology)
    if key is not None:
        teller.say(
            f"The administrator's key of this graph is {key} - it is shown this once. "
            "A server with the setting auth=keys takes it."
        )


async def _load(settings: Settings, store: Store, ontology: Ontology, teller: Teller) -> None:
    with teller.progress() as progress:
        report = await load_seeds(settings, store, ontology, progress)
    teller.report(report)
    report.raise_if_rejected()


def run(settings: Settings, teller: Teller) -> None:
    """Serve until the process is asked to stop, on the fastest event loop that uvicorn finds."""
    config = uvicorn.Config(app="", log_config=None)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(run_until_stopped(settings, teller))


async def run_until_stopped(settings: Settings, teller: Teller) -> None:
    """Serve, and end cleanly when the process is asked to stop, also while it is still loading."""
    loop = asyncio.get_running_loop()
    serving = asyncio.ensure_future(serve(settings, teller))
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        teller.say("Stopped.")
