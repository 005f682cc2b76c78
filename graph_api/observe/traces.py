"""Traces for a collector that speaks OTLP over HTTP: a span an operation, and one for each statement below.

Off, which is the default, nothing of OpenTelemetry is imported and a span is one shared object that does
nothing. Spans hold the parameterised Cypher and hashes of documents; never values, nor documents, in which
clients may have written values, nor messages of errors, which may repeat them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Final, Protocol
from urllib.parse import urlsplit

from graph_api.errors import InvalidSettingError
from graph_api.settings import Settings

ANONYMOUS: Final = "anonymous"
"""The name of operations whose own name is nobody's but the client's."""
_PATH: Final = "/v1/traces"
_REMEDY: Final = "Write the address of a collector, such as http://127.0.0.1:4318."


class Span(Protocol):
    """What is being traced. An exception that leaves its block is recorded by itself."""

    def failed(self, code: str) -> None:
        """It failed, with this code."""
        ...


class _Nothing:
    """The span of a server that does not trace."""

    __slots__ = ()

    def failed(self, code: str) -> None:
        pass

    def __enter__(self) -> Span:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


_NOTHING: Final = _Nothing()


class Traces:
    """Traces that are off; ``Traces.of`` gives those that the settings ask for."""

    on: bool = False

    @staticmethod
    def of(settings: Settings, *, known: Collection[str] = frozenset(), service: str = "graph-api") -> Traces:
        """The traces of ``settings.traces``, an http(s) address of a collector; off when it is empty.

        ``known`` are the names of operations that spans may have: those of stored and registered documents.
        The variables of OpenTelemetry's own (``OTEL_TRACES_SAMPLER``, ``OTEL_EXPORTER_OTLP_HEADERS``,
        ``OTEL_RESOURCE_ATTRIBUTES``) hold too. Raises ``InvalidSettingError`` for an address that cannot be
        used, and when OpenTelemetry is not installed.
        """
        if not settings.traces:
            return Traces()
        endpoint = endpoint_of(settings.traces)
        try:
            from graph_api.observe.spans import ExportedTraces
        except ImportError as problem:
            raise InvalidSettingError(
                "Traces need OpenTelemetry, which is not installed.",
                remedy="Install opentelemetry-sdk and opentelemetry-exporter-otlp-proto-http.",
                setting="traces",
            ) from problem
        try:
            return ExportedTraces(endpoint, known, service)
        except (ValueError, RuntimeError) as problem:
            raise InvalidSettingError(
                f"A variable of OpenTelemetry (OTEL_...) cannot be used: {problem}.", setting="traces"
            ) from problem

    def operation(
        self, kind: str, name: str | None, document: str, headers: Mapping[str, str] | None = None
    ) -> AbstractContextManager[Span]:
        """The span of an operation, below the client's when its ``headers`` hold a W3C ``traceparent``.

        ``kind`` is query, mutation or subscription. The headers' names are in lower case.
        """
        return _NOTHING

    def statement(self, kind: str, system: str, text: str) -> AbstractContextManager[Span]:
        """The span of a statement, below the operation's. ``system`` names the engine."""
        return _NOTHING

    async def close(self) -> None:
        """Send what is left, for some seconds at most."""


def endpoint_of(address: str) -> str:
    """Where a collector takes traces: the address, with the path of OTLP/HTTP unless it is there.

    Raises ``InvalidSettingError``, which does not repeat an address that holds a password.
    """
    try:
        parts = urlsplit(address.strip())
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise InvalidSettingError(
            "The address for traces cannot be read.", remedy=_REMEDY, setting="traces"
        ) from None
    if parts.username is not None or parts.password is not None:
        raise InvalidSettingError(
            "The address for traces holds a login.",
            remedy="Set it as a header, in OTEL_EXPORTER_OTLP_HEADERS.",
            setting="traces",
        )
    if not fits or parts.query or parts.fragment:
        raise InvalidSettingError(f"'{address}' is no address for traces.", remedy=_REMEDY, setting="traces")
    path = parts.path.rstrip("/")
    return parts._replace(path=path if path.endswith(_PATH) else path + _PATH).geturl()
