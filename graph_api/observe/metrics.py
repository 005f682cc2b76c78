"""What is counted, for Prometheus: requests, root fields, caches, statements, errors, limits.

No label ever holds a client's text. A label's values are known before (root fields of the schema) or
come from the program (codes, names of limits), and their number is bounded all the same: a metric with
a value for each stranger's word would fill the memory of the server and of Prometheus.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from enum import StrEnum
from typing import Final, Generic, Literal, TypeAlias, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics import MetricWrapperBase

from graph_api import __version__
from graph_api.observe.multiprocess import multiprocess_directory, summed

OTHER: Final = "other"
"""The label's value for everything beyond those that are known or allowed."""
MAX_LABELS: Final = 100
"""Values of one label where they are not known before: codes, limits, statuses."""

_PREFIX: Final = "graph"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_Mode: TypeAlias = Literal["livesum", "livemax"]
# How workers' values become one. Those of a worker that ended do not count: it has nothing open.
_SUM: Final[_Mode] = "livesum"
_LARGEST: Final[_Mode] = "livemax"

Key = TypeVar("Key", bound=Hashable)
Child = TypeVar("Child", bound=MetricWrapperBase)


class Transport(StrEnum):
    """How a client speaks to the server."""

    HTTP = "http"
    WEBSOCKET = "ws"
    SERVER_SENT_EVENTS = "sse"


class Cache(StrEnum):
    """What may have been kept from before."""

    RESPONSE = "response"
    PLAN = "plan"
    DOCUMENT = "document"


class StatementKind(StrEnum):
    """What a statement is sent for."""

    READ = "read"
    WRITE = "write"
    PROFILE = "profile"


class _Children(dict[Key, Child], Generic[Key, Child]):
    """The parts of a metric by the values of its labels, each looked up once; bounded."""

    def __init__(self, metric: Child, known: Collection[Key] | None = None, *, labels: int = 1) -> None:
        super().__init__()
        self._metric = metric
        self._known = known
        self._others = (OTHER,) * labels

    def __missing__(self, key: Key) -> Child:
        refused = len(self) >= MAX_LABELS if self._known is None else key not in self._known
        if refused:
            return self._metric.labels(*self._others)
        found = self[key] = self._metric.labels(*(key if isinstance(key, tuple) else (key,)))
        return found


class Metrics:
    """Everything that is counted, in a registry of its own. Made once in a process, by its server.

    ``fields`` are the names of the schema's root fields. In multiprocess mode ``prepare_multiprocess``
    comes first. Counting takes about a microsecond for each call, some two in multiprocess mode.
    """

    def __init__(self, fields: Collection[str], *, engine: str, pool_size: int) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._alone = multiprocess_directory() is None
        if self._alone:
            # Of one process only: those of the worker that happens to answer would mislead.
            ProcessCollector(registry=self.registry)
        self._make_requests()
        self._make_operations(frozenset(fields))
        self._make_statements()
        self._version = self._gauge(
            "version", "The version of the graph that this server knows of.", _LARGEST
        )
        about = self._gauge("server_info", "What runs here.", _LARGEST, "version", "engine")
        about.labels(__version__, engine).set(1)
        self._gauge("database_pool_size", "Connections that may be open to the database.").set(pool_size)

    def request_began(self) -> None:
        """A request arrived."""
        self._running_requests += 1
        if not self._alone:
            self._in_flight.set(self._running_requests)

    def request_ended(self, transport: Transport, status: int, seconds: float) -> None:
        """A request was answered with a status: of HTTP, or what HTTP would have said; or it was given up."""
        self._running_requests -= 1
        if not self._alone:
            self._in_flight.set(self._running_requests)
        self._requests[transport, status].inc()
        self._request_seconds[transport].observe(seconds)

    def rejected(self, limit: str) -> None:
        """A request was refused because of the limit with this name."""
        self._rejected[limit].inc()

    def error_met(self, code: str) -> None:
        """An error went to a client, with this code."""
        self._errors[code].inc()

    def connection_opened(self, transport: Transport) -> None:
        """A client keeps a connection open."""
        self._connections[transport].inc()

    def connection_closed(self, transport: Transport) -> None:
        """It does no longer."""
        self._connections[transport].dec()

    def subscription_began(self) -> None:
        """A client follows something."""
        self._subscriptions.inc()

    def subscription_ended(self) -> None:
        """It does no longer."""
        self._subscriptions.dec()

    def field_answered(self, field: str, seconds: float) -> None:
        """A root field was answered: planned, read and shaped. ``field`` is its name in the schema."""
        self._fields[field].observe(seconds)

    def row_shaped(self, *, compiled: bool) -> None:
        """A row became a response: by generated code, or completed by the GraphQL library."""
        (self._compiled if compiled else self._completed).inc()

    def lane_taken(self, *, short: bool) -> None:
        """An operation went the short way of known ones, or through the whole pipeline."""
        (self._short if short else self._whole).inc()

    def looked_up(self, cache: Cache, *, hit: bool) -> None:
        """A cache was asked."""
        (self._hits if hit else self._misses)[cache].inc()

    def statement_began(self) -> None:
        """A statement, or a transaction, was sent to the database."""
        self._running.inc()

    def statement_ended(self, kind: StatementKind, seconds: float, code: str | None) -> None:
        """The database answered it, or it failed with a code."""
        self._running.dec()
        self._statements[kind].observe(seconds)
        if code is not None:
            self._statement_errors[code].inc()

    def graph_version(self, number: int) -> None:
        """The version that this server has seen last."""
        self._version.set(number)

    def render(self, accept: str) -> tuple[bytes, str]:
        """The metrics of all workers in the format that an ``Accept`` header asks for, and its media type."""
        directory = multiprocess_directory()
        encode, media_type = choose_encoder(accept)
        return encode(self.registry if directory is None else summed(directory)), media_type

    def _make_requests(self) -> None:
        self._running_requests = 0
        self._in_flight = self._gauge("requests_in_flight", "Requests that are being answered.")
        if self._alone:
            # Read when somebody asks: each request would pay for two changes that nobody sees.
            self._in_flight.set_function(lambda: self._running_requests)
        requests = self._counter(
            "requests", "Requests answered, by transport and status.", "transport", "status"
        )
        self._requests = _Children[tuple[Transport, int], Counter](requests, labels=2)
        seconds = self._histogram("request_seconds", "How long requests took, as a whole.", "transport")
        self._request_seconds = _Children[Transport, Histogram](seconds)
        rejected = self._counter("rejected", "Requests refused because of a limit.", "limit")
        self._rejected = _Children[str, Counter](rejected)
        self._errors = _Children[str, Counter](self._counter("errors", "Errors told to clients.", "code"))
        connections = self._gauge(
            "connections_open", "Connections that clients keep open.", _SUM, "transport"
        )
        self._connections = _Children[Transport, Gauge](connections)
        self._subscriptions = self._gauge("subscriptions_open", "What clients follow now.")

    def _make_operations(self, fields: Collection[str]) -> None:
        seconds = self._histogram("field_seconds", "How long root fields took.", "field")
        self._fields = _Children[str, Histogram](seconds, fields)
        rows = self._counter("rows", "Rows made into responses, compiled or completed.", "way")
        self._compiled, self._completed = rows.labels("compiled"), rows.labels("completed")
        lane = self._counter("operations", "Operations by their way through the server.", "way")
        self._short, self._whole = lane.labels("short"), lane.labels("whole")
        lookups = self._counter("cache_lookups", "What was looked for in caches.", "cache", "result")
        self._hits = {cache: lookups.labels(cache, "hit") for cache in Cache}
        self._misses = {cache: lookups.labels(cache, "miss") for cache in Cache}

    def _make_statements(self) -> None:
        self._running = self._gauge("statements_running", "Statements that the database is answering.")
        seconds = self._histogram("statement_seconds", "How long the database took.", "kind")
        self._statements = {kind: seconds.labels(kind) for kind in StatementKind}
        errors = self._counter("statement_errors", "Statements that failed.", "code")
        self._statement_errors = _Children[str, Counter](errors)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"{_PREFIX}_{name}", text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, *labels: str) -> Histogram:
        return Histogram(f"{_PREFIX}_{name}", text, labels, registry=self.registry, buckets=_SECONDS)

    def _gauge(self, name: str, text: str, mode: _Mode = _SUM, *labels: str) -> Gauge:
        return Gauge(f"{_PREFIX}_{name}", text, labels, registry=self.registry, multiprocess_mode=mode)
