"""The service behind the pages: its runtime, and whether it is ready to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from graph_api.serve.questions import Question
from graph_api.serve.runtime import Runtime


class Readiness(Enum):
    """How far the service has come."""

    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


@dataclass(slots=True)
class Service:
    """What the pages and the API answer from. ``runtime`` is there once the store is open.

    ``explains`` says whether clients may ask how an answer was made.
    """

    title: str
    summary: str
    docs: Path
    sdl: str
    questions: Mapping[str, Question]
    readiness: Readiness = Readiness.STARTING
    runtime: Runtime | None = None
    explains: bool = False
    figures: Mapping[str, int] = field(default_factory=dict)
    synthetic: int = 0
