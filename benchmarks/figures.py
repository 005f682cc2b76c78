"""What the rounds of one server with one operation came to, and how it is printed."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.load import CLIENTS


@dataclass(slots=True)
class Figures:
    """The rounds together. ``failure`` says why there are none."""

    clients: int
    seconds: float = 0.0
    cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failure: str = ""

    def add(self, other: Figures) -> None:
        """Count another round in."""
        self.seconds += other.seconds
        self.cpu += other.cpu
        self.latencies += other.latencies
        self.failure = self.failure or other.failure

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    @property
    def cpu_each(self) -> float:
        """CPU milliseconds of the server's process a request."""
        return 1000 * self.cpu / len(self.latencies)

    def shown_rate(self) -> str:
        """Requests a second, and with how many clients where not all could be borne."""
        digits = 0 if self.rate >= 100 else 1 if self.rate >= 10 else 2
        clients = "" if self.clients == CLIENTS else f" ({self.clients} client; fails with {CLIENTS})"
        return f"{self.rate:,.{digits}f}{clients}"

    def shown_median(self) -> str:
        """The median latency in milliseconds."""
        return f"{1000 * statistics.median(self.latencies):,.1f}"

    def shown_cpu(self) -> str:
        """CPU milliseconds a request."""
        return f"{self.cpu_each:.2f}"


def cell(figures: Figures | None, show: Callable[[Figures], str]) -> str:
    """A figure, or why there is none."""
    if figures is None:
        return "not built"
    return f"failed: {figures.failure[:100]}" if figures.failure else show(figures)


def ratio(one: Figures | None, other: Figures | None, of: Callable[[Figures], float], *, digits: int) -> str:
    """One server's figure by another's; a dash where one of them has none."""
    if one is None or other is None or one.failure or other.failure:
        return "-"
    return f"{of(one) / of(other):.{digits}f}"
