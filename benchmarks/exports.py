"""Exports of a list of 100,000 rows and of 10,000: how long they take, and the memory of the server."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import imports, processes, servers
from benchmarks.report import Table

FORMATS = ("csv", "jsonl", "xlsx", "gexf", "graphml")
_BLOCK = 2**16
_MIB = 2**20


def _export(server: servers.Server, form: str) -> tuple[float, int, float, float]:
    """Seconds, bytes, and the memory of the server before and at its peak, in MiB."""
    pid = server.process.pid
    before = processes.resident(pid) / _MIB
    processes.forget_peak(pid)
    begun, size = time.perf_counter(), 0
    address = f"http://127.0.0.1:{server.port}/export/sources.{form}"
    with urllib.request.urlopen(address, timeout=600) as answer:
        while block := answer.read(_BLOCK):
            size += len(block)
    return time.perf_counter() - begun, size, before, processes.peak(pid) / _MIB


@contextmanager
def _filled(rows: int) -> Iterator[servers.Server]:
    """A server with the project's data and so many sources more."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        data = Path(folder) / "data"
        path = imports.write(Path(folder), rows)["csv"]
        imports.importing(path, data, "--commit")
        settings = {"NET4U_MAX_EXPORT_ROWS": str(2 * rows)}
        with servers.embedded(data, min(os.sched_getaffinity(0)), settings) as server:
            yield server


async def measure() -> Table:
    """The table of exports."""
    return await asyncio.to_thread(_measure)


def _measure() -> Table:
    lines: list[tuple[str, ...]] = []
    for rows in (imports.ROWS // 10, imports.ROWS):
        with _filled(rows) as server:
            for form in FORMATS:
                seconds, size, before, peak = _export(server, form)
                figures = (f"{seconds:.1f} s", f"{size / _MIB:.1f}", f"{before:.0f}", f"{peak:.0f}")
                lines.append((f"{form}, {rows:,} sources", *figures))
    note = "`make bench ARGS=export`: one server a size, one export after the other, embedded engine."
    return Table(
        ("export", "time", "MiB sent", "server before, MiB", "server at most, MiB"), tuple(lines), note
    )
