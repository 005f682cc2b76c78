"""A server under a fixed load for minutes: whether its memory stays what it is.

Clients ask at fixed times, whether or not the answers are late: reads that are kept, reads that are not, new
documents, refusals. They connect anew now and then, and subscriptions come and go. The caches fill first;
what grows after that would never stop.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import processes, questions, servers
from benchmarks.load import FailedRequestError, complete_body, once
from benchmarks.questions import Asked
from benchmarks.report import Table
from benchmarks.servers import Server
from benchmarks.subscriptions import WAYS

MINUTES = 10.0
RATE = float(os.environ.get("BENCHMARK_SOAK_RATE", "200"))
"""Requests a second."""
CLIENTS = 16
REQUESTS_A_CONNECTION = 100
SAMPLE_SECONDS = 1.0
PARTS = 10
"""Rows of the table."""
CACHE_MEGABYTES = 4
"""Small, so that the cache of answers is full long before the end."""
COLUMNS = (
    *("minutes", "requests/s", "median ms", "99 % within ms", "CPU, ms a second"),
    *("server, MiB", "embedded engine, MiB"),
)
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class _Sample:
    """What a process was at a moment, in seconds since the beginning; memory in bytes."""

    at: float
    memory: int
    engine: int
    cpu: float


@dataclass(slots=True)
class _Seen:
    """Everything that was seen: when each answer came with the seconds that it took, and the samples."""

    begun: float
    answers: list[tuple[float, float]] = field(default_factory=list)
    samples: list[_Sample] = field(default_factory=list)


async def measure(minutes: float = MINUTES) -> Table:
    """The load for so many minutes; raises ``FailedRequestError`` for an answer that is not as expected."""
    cores = sorted(os.sched_getaffinity(0))
    settings = {"NET4U_CACHE_MEGABYTES": str(CACHE_MEGABYTES)}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        servers.load_seeds(data)
        with servers.embedded(data, cores[0], settings) as server:
            seen = await _soaked(server, 60 * minutes)
    part = 60 * minutes / PARTS
    rows = tuple(_row(seen, number * part, (number + 1) * part) for number in range(PARTS))
    return Table(COLUMNS, rows, _note(seen, minutes))


def _note(seen: _Seen, minutes: float) -> str:
    growth = _growth([each for each in seen.samples if each.at >= 30 * minutes])
    return (
        f"`make bench ARGS='soak --minutes {minutes:g}'`: {RATE:g} requests a second at fixed times, of ten "
        "four kept from before, two searches, a new document, three refusals; a subscription a second; "
        f"{CACHE_MEGABYTES} MB for kept answers. In the second half the server's memory grew by "
        f"{growth:+.2f} MiB a minute."
    )


async def _soaked(server: Server, seconds: float) -> _Seen:
    asked = _mix()
    for each in asked:
        # What is kept has to be asked for once.
        await once(server.port, each.next_request())
    seen = _Seen(time.perf_counter())
    mix = itertools.cycle(asked)
    watching = asyncio.create_task(_watch(server, seen))
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(CLIENTS):
                group.create_task(_ask(server.port, mix, number / RATE, seconds, seen))
            group.create_task(_subscribe(server.port, seconds, seen))
    finally:
        watching.cancel()
    return seen


def _mix() -> Sequence[Asked]:
    """What is asked in turns."""
    deep, wide, costly, *_ = questions.bad_documents()
    kept = (questions.lookup(), questions.stored(), questions.linked(), questions.linked("If-None-Match: *"))
    search = questions.searches()
    return (*kept[:2], search, deep, *kept[2:], search, wide, questions.new_documents(), costly)


async def _ask(port: int, mix: Iterator[Asked], first: float, seconds: float, seen: _Seen) -> None:
    """One client: at its own times it asks what is next, and takes a new connection now and then."""
    times = itertools.takewhile(
        lambda due: due < seconds, (first + number * CLIENTS / RATE for number in itertools.count())
    )
    while turn := list(itertools.islice(times, REQUESTS_A_CONNECTION)):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for due in turn:
                await asyncio.sleep(seen.begun + due - time.perf_counter())
                await _answered(next(mix), reader, writer)
                now = time.perf_counter() - seen.begun
                seen.answers.append((now, now - due))
        finally:
            writer.close()


async def _answered(asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(asked.next_request())
    answer = bytearray()
    while (body := complete_body(answer)) is None:
        piece = await reader.read(2**16)
        if not piece:
            raise FailedRequestError(f"{asked.name}: the connection was closed.")
        answer += piece
    if not asked.expected.fits(answer, body):
        raise FailedRequestError(f"{asked.name}: {bytes(answer[:300])!r}")


async def _subscribe(port: int, seconds: float, seen: _Seen) -> None:
    """A subscription after the other, each way in turn, each for a second."""
    ways = itertools.cycle(WAYS.values())
    while time.perf_counter() - seen.begun < seconds:
        async with AsyncExitStack() as stack:
            await next(ways)(port, stack)
            await asyncio.sleep(1)


async def _watch(server: Server, seen: _Seen) -> None:
    pid = server.process.pid
    while True:
        engine = sum(processes.resident(each) for each in processes.descendants(pid))
        at = time.perf_counter() - seen.begun
        seen.samples.append(_Sample(at, processes.resident(pid), engine, processes.cpu_seconds(pid)))
        await asyncio.sleep(SAMPLE_SECONDS)


def _row(seen: _Seen, begin: float, end: float) -> tuple[str, ...]:
    taken = [took for at, took in seen.answers if begin <= at < end]
    samples = [each for each in seen.samples if begin <= each.at < end]
    first, last = samples[0], samples[-1]
    return (
        f"{begin / 60:g} to {end / 60:g}",
        f"{len(taken) / (end - begin):,.0f}",
        f"{1000 * statistics.median(taken):,.1f}",
        f"{1000 * statistics.quantiles(taken, n=100)[-1]:,.1f}",
        f"{1000 * (last.cpu - first.cpu) / (last.at - first.at):,.0f}",
        f"{statistics.mean(each.memory for each in samples) / _MIB:.1f}",
        f"{statistics.mean(each.engine for each in samples) / _MIB:.0f}",
    )


def _growth(samples: Sequence[_Sample]) -> float:
    """MiB a minute, by the straight line that fits best."""
    line = statistics.linear_regression(
        [each.at / 60 for each in samples], [each.memory / _MIB for each in samples]
    )
    return line.slope
