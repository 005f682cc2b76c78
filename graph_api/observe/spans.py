"""Spans through OpenTelemetry; imported only when the settings ask for traces.

Attributes have the names of OpenTelemetry's semantic conventions for GraphQL servers and databases.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Final

from opentelemetry import context as current
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from graph_api import __version__
from graph_api.errors import GraphError
from graph_api.observe.traces import ANONYMOUS, Span, Traces

_SCOPE: Final = "graph_api"
_EXPORT_SECONDS: Final = 3.0
_CLOSE_SECONDS: Final = 3.0
_OPERATIONS: Final = frozenset({"query", "mutation", "subscription"})
_CANCELLED: Final = "CANCELLED"


class ExportedTraces(Traces):
    """Traces that a thread of their own sends to a collector, some at a time.

    A collector that does not answer costs nothing but the spans, which are dropped.
    """

    on = True

    def __init__(self, endpoint: str, known: Collection[str], service: str) -> None:
        self._known = known
        resource = Resource.create({"service.name": service, "service.version": __version__})
        # What the operator says of the service wins over what the program says.
        self._provider = TracerProvider(
            resource=resource.merge(OTELResourceDetector().detect()), shutdown_on_exit=False
        )
        self._exporter = OTLPSpanExporter(endpoint, timeout=_EXPORT_SECONDS)
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer(_SCOPE, __version__)
        self._propagator = TraceContextTextMapPropagator()

    def operation(
        self, kind: str, name: str | None, document: str, headers: Mapping[str, str] | None = None
    ) -> AbstractContextManager[Span]:
        """The span of an operation, below the client's when its ``headers`` hold a W3C ``traceparent``."""
        digest = hashlib.sha256(document.encode(errors="replace")).hexdigest()
        shown = name if name is not None and name in self._known else ANONYMOUS
        type_ = kind if kind in _OPERATIONS else "query"
        attributes = {
            "graphql.operation.type": type_,
            "graphql.operation.name": shown,
            "graphql.document.hash": f"sha256:{digest}",
        }
        # Of the W3C's headers only: baggage holds a client's text.
        given = {each: (headers or {}).get(each) for each in self._propagator.fields}
        carrier = {each: value for each, value in given.items() if value is not None}
        parent = self._propagator.extract(carrier, context=current.Context())
        return _Block(self._tracer, f"{type_} {shown}", trace.SpanKind.SERVER, attributes, parent)

    def statement(self, kind: str, system: str, text: str) -> AbstractContextManager[Span]:
        """The span of a statement, below the operation's."""
        attributes = {"db.system.name": system, "db.operation.name": kind, "db.query.text": text}
        return _Block(self._tracer, f"{kind} {system}", trace.SpanKind.CLIENT, attributes, None)

    async def close(self) -> None:
        """Send what is left, for some seconds at most."""
        ending = asyncio.ensure_future(asyncio.to_thread(self._provider.shutdown))
        done, _ = await asyncio.wait([ending], timeout=_CLOSE_SECONDS)
        if not done:
            # It is waiting to try again; this makes it give up.
            await asyncio.to_thread(self._exporter.shutdown)
            await ending


class _Block:
    """A span for as long as a block lasts, the parent of those begun in it."""

    __slots__ = ("_span", "_token")

    def __init__(
        self,
        tracer: trace.Tracer,
        name: str,
        kind: trace.SpanKind,
        attributes: Mapping[str, str],
        parent: current.Context | None,
    ) -> None:
        self._span = tracer.start_span(name, context=parent, kind=kind, attributes=attributes)

    def failed(self, code: str) -> None:
        """Record a failure by its code alone: messages may repeat what the client gave."""
        self._span.set_attribute("error.type", code)
        self._span.set_status(trace.Status(trace.StatusCode.ERROR, code))

    def __enter__(self) -> Span:
        self._token = current.attach(trace.set_span_in_context(self._span))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace_: TracebackType | None
    ) -> None:
        current.detach(self._token)
        if isinstance(error, asyncio.CancelledError):
            self.failed(_CANCELLED)
        elif isinstance(error, GraphError):
            self.failed(str(error.code))
        elif error is not None:
            self.failed(type(error).__name__)
        self._span.end()
