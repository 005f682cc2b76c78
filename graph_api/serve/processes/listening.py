"""Sockets and the HTTP server on them; how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from graph_api.errors import InvalidSettingError, PortInUseError
from graph_api.serve.http.service import Readiness, Service
from graph_api.serve.processes.protocols import BoundedWebSocket, bounded_http
from graph_api.settings import Settings

_BACKLOG = 2048


class HttpServer(uvicorn.Server):
    """uvicorn without its own signal handlers, which would end the process before the store is closed."""

    @classmethod
    def of(cls, settings: Settings, app: ASGIApp) -> HttpServer:
        """A server with the limits that the settings name."""
        return cls(
            uvicorn.Config(
                app,
                interface="asgi3",
                log_config=None,
                log_level="warning",
                access_log=False,
                lifespan="off",
                server_header=False,
                http=bounded_http(settings.max_header_bytes, settings.header_seconds),
                ws=BoundedWebSocket,
                ws_max_size=settings.max_body_bytes,
                # Compression would keep some 300 kB for each connection.
                ws_per_message_deflate=False,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=settings.trusted_proxies or None,
                timeout_graceful_shutdown=max(1, round(settings.shutdown_seconds)),
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the process."""
        yield


async def end(service: Service, server: HttpServer, serving: asyncio.Task[None]) -> None:
    """Take no new request, finish those that are answered, end every subscription."""
    service.readiness = Readiness.FAILED
    if service.api is not None:
        await service.api.runtime.versions.close()
    server.should_exit = True
    await asyncio.gather(serving, return_exceptions=True)
    if service.api is not None and service.api.imports is not None:
        await service.api.imports.close()
    if service.api is not None and service.api.rate is not None:
        await service.api.rate.close()


@contextlib.contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """The socket of a server's address; raises ``InvalidSettingError`` and ``PortInUseError``."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
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


def address(settings: Settings) -> str:
    """The address of the server, for a browser."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/"
