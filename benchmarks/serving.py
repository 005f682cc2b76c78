"""Requests a second and CPU a request of the server itself: trivial questions, cached reads, refusals.

Cached reads are measured against the bare server (``bare``), which answers the same bytes to the same
requests. Both stand on one core and the load on another; they are asked in turns, in short rounds, so that
what else the machine does falls on both alike. A figure is the median of the rounds, a ratio that of the
rounds' ratios.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import questions, servers
from benchmarks.load import CLIENTS, load, once
from benchmarks.questions import Asked
from benchmarks.report import Table
from benchmarks.servers import Server

ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "7"))
ROUND_SECONDS = float(os.environ.get("BENCHMARK_ROUND_SECONDS", "1.5"))
WARM_UP_SECONDS = 1.0
GOAL = 1.3
"""The CPU of a cached read may be so many times that of the bare response."""
COLUMNS = (
    *("question", "body, bytes", "requests/s", "CPU a request, µs"),
    *("bare: requests/s", "CPU a request, µs", "CPU ours / bare", "goal"),
)


@dataclass(frozen=True, slots=True)
class Cores:
    """Where the servers run and where the load is made."""

    servers: int
    load: int


@dataclass(frozen=True, slots=True)
class Group:
    """Questions to one server of ours with these settings; ``bare`` is measured too where it is said."""

    title: str
    settings: Mapping[str, str]
    questions: Sequence[Asked]
    bare: bool


@dataclass(slots=True)
class _Rounds:
    """The rounds of one server with one question."""

    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    async def add(self, server: Server, asked: Asked) -> None:
        """Ask for one more round."""
        before = server.cpu_seconds()
        seen = await load(server.port, asked.requests, ROUND_SECONDS, CLIENTS, asked.expected)
        self.rates.append(seen.rate)
        self.cpu.append(1e6 * (server.cpu_seconds() - before) / len(seen.latencies))

    def cells(self) -> tuple[str, str]:
        """Requests a second and CPU microseconds a request."""
        return f"{statistics.median(self.rates):,.0f}", f"{statistics.median(self.cpu):,.0f}"


async def measure() -> Table:
    """All questions, on the project's own data in the embedded engine."""
    available = sorted(os.sched_getaffinity(0))
    cores = Cores(available[0], available[-1])
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        servers.load_seeds(data)
        os.sched_setaffinity(0, {cores.load})
        try:
            for group in _groups(_key(data)):
                rows += await _rows(group, data, cores)
        finally:
            os.sched_setaffinity(0, available)
    return Table(COLUMNS, tuple(rows), _note())


def _note() -> str:
    return (
        "`make bench ARGS=serving`: the project's own data in the embedded engine, "
        f"{CLIENTS} clients, medians of {ROUNDS} rounds of {ROUND_SECONDS:g} s in turns; the servers on one "
        "core, the load on another. The bare server gives the same body as Starlette's JSONResponse, on the "
        "same uvicorn. Refused documents differ in each request."
    )


def _groups(key: str) -> tuple[Group, ...]:
    bearer = f"Authorization: Bearer {key}"
    cached = (
        questions.trivial(),
        questions.lookup(),
        questions.stored(),
        questions.many(),
        questions.linked(),
    )
    return (
        Group("not cached", {"NET4U_CACHE_MEGABYTES": "0"}, (questions.trivial(), questions.lookup()), False),
        Group("cached", {}, cached, True),
        Group(
            "cached, with a key and a rate limit",
            {"NET4U_AUTH": "keys", "NET4U_RATE": "1000000000/minute"},
            (questions.lookup(bearer), questions.stored(bearer)),
            True,
        ),
        Group("cached", {}, (questions.linked("If-None-Match: *"),), False),
        Group("refused", {}, questions.bad_documents(), False),
    )


def _key(data: Path) -> str:
    """A key for the graph in this data."""
    command = [sys.executable, "-m", "graph_api.cli.main", "keys", "create", "--role", "CSU"]
    found = subprocess.run(
        [*command, "--name", "benchmark", "--data", str(data)], check=True, capture_output=True, text=True
    )
    return found.stdout.strip()


async def _rows(group: Group, data: Path, cores: Cores) -> list[tuple[str, ...]]:
    with servers.embedded(data, cores.servers, group.settings) as ours:
        return [await _row(group, asked, ours, data.parent, cores) for asked in group.questions]


async def _row(group: Group, asked: Asked, ours: Server, folder: Path, cores: Cores) -> tuple[str, ...]:
    first = asked.next_request()
    body = await once(ours.port, first)
    with ExitStack() as stack:
        running = [ours]
        if group.bare:
            answer = folder / "answer.json"
            answer.write_bytes(body)
            running.append(stack.enter_context(servers.bare(answer, cores.servers)))
            if await once(running[1].port, first) != body:
                raise ValueError(f"{asked.name}: the bare server's answer is another one.")
        found = await _measured(asked, running)
    return (f"{asked.name}, {group.title}", f"{len(body):,}", *found[0].cells(), *_against(found))


async def _measured(asked: Asked, running: Sequence[Server]) -> list[_Rounds]:
    for server in running:
        await load(server.port, asked.requests, WARM_UP_SECONDS, CLIENTS, asked.expected)
    found = [_Rounds() for _ in running]
    for _ in range(ROUNDS):
        for server, rounds in zip(running, found, strict=True):
            await rounds.add(server, asked)
    return found


def _against(found: Sequence[_Rounds]) -> Iterator[str]:
    """The bare server's cells; empty ones where there is none."""
    if len(found) == 1:
        yield from ("", "", "", "")
        return
    ours, bare = found
    ratios = [one / other for one, other in zip(ours.cpu, bare.cpu, strict=True)]
    yield from (*bare.cells(), f"{statistics.median(ratios):.2f}", f"{GOAL:g}")
