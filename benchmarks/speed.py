"""Requests a second and CPU a request: ours, the hand-written reference and the peer, in turns.

The servers stand on one core and the load on another. Each operation is asked of one server after the
other in short rounds, again and again, so that what else the machine does falls on all of them alike.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks import servers
from benchmarks.agreement import compare
from benchmarks.databases import NEO4J_VERSION, database
from benchmarks.figures import Figures, cell, ratio
from benchmarks.load import CLIENTS, FailedRequestError, load
from benchmarks.operations import DEPTH, Operation, operations
from benchmarks.ours import opened
from benchmarks.report import Table
from benchmarks.servers import Server

ROUNDS = 3
ROUND_SECONDS = float(os.environ.get("BENCHMARK_ROUND_SECONDS", "1.5"))
WARM_UP_SECONDS = 1.0
SLOW_SECONDS = 5.0
"""A server whose round took longer is asked in one round only: it is far from any doubt."""
COLUMNS = (
    *("operation", "ours, requests/s", "reference", "peer"),
    *("ours, median ms", "reference", "peer"),
    *("ours, CPU ms a request", "reference", "peer"),
    *("CPU ours / reference", "goal", "requests/s ours / peer", "goal"),
)


async def measure() -> Table:
    """All operations on the database of scale 1."""
    cores = sorted(os.sched_getaffinity(0))
    async with database(1) as url:
        async with opened(url) as api:
            asked = operations(await api.place(DEPTH))
        with ExitStack() as stack:
            running = tuple(
                stack.enter_context(start(url, cores[0]))
                for start in (servers.ours, servers.reference, servers.peer)
            )
            os.sched_setaffinity(0, {cores[-1]})
            try:
                rows = [await _row(operation, running) for operation in asked]
            finally:
                os.sched_setaffinity(0, cores)
    return Table(COLUMNS, tuple(rows), _note(len(cores)))


def _note(cores: int) -> str:
    return (
        f"`make bench ARGS=speed`: Neo4j {NEO4J_VERSION}, 50,000 organizations, some 410,000 edges, "
        f"{CLIENTS} clients, {ROUNDS} rounds of {ROUND_SECONDS:g} s in turns; each server on one core, the "
        f"load on another, Neo4j on any of {cores}. Before an operation was measured, ours and the reference "
        "gave the same answer to it, byte for byte, and the peer the same values where nothing else is said."
    )


@dataclass(slots=True)
class _Contest:
    """One operation, asked of the servers in turns."""

    requests: dict[Server, bytes]
    figures: dict[str, Figures]

    async def warm_up(self) -> None:
        """A round of each server; kept only where it was so long that it is the measurement."""
        for server, request in self.requests.items():
            seen = await _seen(server, request, WARM_UP_SECONDS)
            self.figures[server.name] = seen if _is_settled(seen) else Figures(seen.clients)

    async def rounds(self) -> None:
        """All rounds of those that are not settled."""
        for _ in range(ROUNDS):
            for server, request in self.requests.items():
                found = self.figures[server.name]
                if not _is_settled(found):
                    found.add(await _round(server, request, ROUND_SECONDS, found.clients))


async def _row(operation: Operation, running: tuple[Server, ...]) -> tuple[str, ...]:
    requests = {server: request for server in running if (request := server.request(operation))}
    remark = await compare(operation, requests)
    contest = _Contest(requests, {})
    await contest.warm_up()
    await contest.rounds()
    return tuple(_cells(operation, contest.figures, remark))


def _is_settled(found: Figures) -> bool:
    return bool(found.failure) or found.seconds > SLOW_SECONDS


async def _seen(server: Server, request: bytes, seconds: float) -> Figures:
    """One round; where a server does not bear all clients, with one of them."""
    found = await _round(server, request, seconds, CLIENTS)
    return await _round(server, request, seconds, 1) if found.failure else found


async def _round(server: Server, request: bytes, seconds: float, clients: int) -> Figures:
    before = server.cpu_seconds()
    try:
        seen = await load(server.port, request, seconds, clients)
    except FailedRequestError as error:
        return Figures(clients, failure=str(error))
    return Figures(clients, seen.seconds, server.cpu_seconds() - before, list(seen.latencies))


def _cells(operation: Operation, found: dict[str, Figures], remark: str) -> Iterator[str]:
    ours, reference, peer = (found.get(name) for name in ("ours", "reference", "peer"))
    yield operation.name
    for show in (Figures.shown_rate, Figures.shown_median, Figures.shown_cpu):
        yield from (cell(figures, show) for figures in (ours, reference, peer))
    yield ratio(ours, reference, lambda one: one.cpu_each, digits=2)
    yield f"{operation.goals.cpu:g}"
    yield ratio(ours, peer, lambda one: one.rate, digits=1) + remark
    yield f"{operation.goals.peer:g}"
