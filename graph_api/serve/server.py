"""The server process: one socket, one store, one loop; everything it started ends with it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Protocol, cast

import uvicorn

from graph_api.engine.protocol import Store
from graph_api.errors import InvalidSettingError, PortInUseError
from graph_api.imports.count import count_graph
from graph_api.imports.load import Progress
from graph_api.imports.report import LoadReport
from graph_api.ontology import Ontology
from graph_api.plan.vocabulary import vocabulary_of
from graph_api.serve.app import application
from graph_api.serve.documents import DocumentCache
from graph_api.serve.load import load_seeds, open_store
from graph_api.serve.questions import load_questions
from graph_api.serve.runtime import Runtime, api_schema, imported
from graph_api.serve.service import Readiness, Service
from graph_api.settings import Mode, Settings

ADDRESS_FILE = "server.json"
"""In the data directory while a server runs on it, so that commands can ask that server."""
_COLLECTIONS = (20_000, 20, 50)
"""Objects between garbage collections. An answer makes thousands that die by themselves at its end."""


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


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers, which would end the process before the store is closed."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: Settings, teller: Teller) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises ``PortInUseError``, and whatever opening the store and loading the seeds raises.
    """
    with _listening(settings) as listener:
        ontology = imported(settings.ontology, Ontology)
        documents = DocumentCache()
        schema = api_schema(ontology, documents)
        questions = load_questions(imported(settings.questions, Path), schema.core)
        service = Service(
            title=ontology.title,
            summary=ontology.summary,
            docs=settings.docs,
            sdl=schema.sdl(),
            questions=questions,
            explains=settings.mode is Mode.DEVELOPMENT,
        )
        server = _Server(uvicorn.Config(application(service), log_level="warning", lifespan="off", ws="none"))
        serving = asyncio.create_task(server.serve(sockets=[listener]), name="http")
        try:
            async with _store(settings, ontology, teller) as store:
                await _make_ready(
                    settings, service, Runtime(vocabulary_of(ontology), schema, store, documents), teller
                )
                with _address_file(settings):
                    teller.say(f"Ready at {address(settings)}")
                    await serving
        finally:
            service.readiness = Readiness.FAILED
            server.should_exit = True
            await asyncio.gather(serving, return_exceptions=True)


def run(settings: Settings, teller: Teller) -> None:
    """Serve until the process is asked to stop, on the fastest event loop that uvicorn finds."""
    config = uvicorn.Config(app="")
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


def address(settings: Settings) -> str:
    """The address of the server, for a browser."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/"


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except socket.gaierror as problem:
        raise InvalidSettingError(
            f"The host '{settings.host}' cannot be found: {problem.strerror}.", setting="host"
        ) from problem
    except OSError as problem:
        raise PortInUseError(
            f"The port {settings.port} of {settings.host} cannot be opened: {problem.strerror}.",
            remedy="Stop the program that uses it, or choose another port: make serve PORT=8123.",
            port=settings.port,
        ) from problem
    # asyncio does this only for sockets that name their protocol; without it a body that follows its
    # headers waits for the client's delayed acknowledgement, some 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listener:
        yield listener


@contextlib.asynccontextmanager
async def _store(settings: Settings, ontology: Ontology, teller: Teller) -> AsyncIterator[Store]:
    store = await open_store(settings, ontology, teller.say)
    try:
        yield store
    finally:
        await store.close()


async def _make_ready(settings: Settings, service: Service, runtime: Runtime, teller: Teller) -> None:
    ontology, store = runtime.vocabulary.ontology, runtime.store
    with teller.progress() as progress:
        report = await load_seeds(settings, store, ontology, progress)
    teller.report(report)
    report.raise_if_rejected()
    counts = await count_graph(store, ontology, ontology.public)
    service.synthetic = counts.synthetic
    service.figures = {"nodes": counts.node_total, "edges": counts.edge_total, "synthetic": service.synthetic}
    # What is there now stays: looking through it at every collection would cost more than a request.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTIONS)
    service.runtime = runtime
    service.readiness = Readiness.READY


@contextlib.contextmanager
def _address_file(settings: Settings) -> Iterator[None]:
    if settings.database:
        yield
        return
    file = settings.data / ADDRESS_FILE
    file.write_text(json.dumps({"address": address(settings), "pid": os.getpid()}), encoding="utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def running_server(settings: Settings) -> str | None:
    """The address of the server that runs on the data directory, as it left it; nothing when none did."""
    try:
        found = cast(
            "Mapping[str, object]", json.loads((settings.data / ADDRESS_FILE).read_text(encoding="utf-8"))
        )
        os.kill(cast(int, found["pid"]), 0)
    except (OSError, ValueError, KeyError):
        return None
    return str(found["address"])
