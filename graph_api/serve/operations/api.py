"""Everything that answering a request needs, beside the runtime: who may ask, how much, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from graph_api.access.authenticate import Authenticator
from graph_api.limits.admission import Admission
from graph_api.limits.rate import RateLimit
from graph_api.observe.health import HealthCheck
from graph_api.observe.metrics import Metrics
from graph_api.serve.operations.disclosure import Disclosure
from graph_api.serve.operations.response_cache import ResponseCache
from graph_api.serve.operations.trusted import TrustedDocuments
from graph_api.serve.runtime import Runtime


class Closing(Protocol):
    """What imports over HTTP are to the rest of the server."""

    async def close(self) -> None:
        """Give up what runs."""
        ...


@dataclass(slots=True)
class Api:
    """The API of a server that is ready.

    ``admission`` holds the requests answered at once, ``lasting`` the connections that stay open,
    ``exports`` the exports among the former, each of ``max_export_rows`` at most and read in
    ``export_seconds``; ``max_body`` is in bytes, ``max_batch`` in operations. ``imports`` answers uploads.
    """

    runtime: Runtime
    authenticator: Authenticator
    metrics: Metrics
    health: HealthCheck
    disclosure: Disclosure = field(default_factory=Disclosure)
    trusted: TrustedDocuments = field(default_factory=lambda: TrustedDocuments({}))
    cache: ResponseCache = field(default_factory=lambda: ResponseCache(0))
    admission: Admission = field(default_factory=lambda: Admission(100))
    lasting: Admission = field(default_factory=lambda: Admission(2000))
    rate: RateLimit | None = None
    max_body: int = 1_000_000
    max_batch: int = 5
    exports: Admission = field(default_factory=lambda: Admission(4))
    max_export_rows: int = 100_000
    export_seconds: float = 300.0
    imports: Closing | None = None
