"""The service behind the pages: its API, and whether it is ready to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from graph_api.serve.operations.api import Api
from graph_api.serve.questions import Question


class Readiness(Enum):
    """How far the service has come."""

    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


@dataclass(slots=True)
class Service:
    """What the pages and the API answer from. ``api`` is there once the store is open.

    ``query_page``, ``schema_page`` and ``metrics`` say which pages there are; ``origins`` are the sites
    whose pages may ask; a WebSocket has ``subscriptions`` operations at most; ``credentials`` says that
    nobody may ask without some.
    """

    title: str
    summary: str
    docs: Path
    sdl: str
    questions: Mapping[str, Question]
    query_page: bool = True
    schema_page: bool = True
    metrics: bool = True
    origins: Sequence[str] = ()
    subscriptions: int = 50
    credentials: bool = False
    readiness: Readiness = Readiness.STARTING
    api: Api | None = None
    figures: Mapping[str, int] = field(default_factory=dict)
    synthetic: int = 0
