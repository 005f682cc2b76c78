"""Install, start, load, memory, and the first question on both engines."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from benchmarks.report import Table
from graph_api.engine.neo4j_server import Neo4jServer

QUESTION = "schema/questions/members-covering.graphql"
VARIABLES = {"theme": "FIREARMS", "region": "AFRICA"}
REQUESTS = 200
WARM_UP = 50


@dataclass(frozen=True, slots=True)
class Server:
    """A server process that answered its first question ``seconds`` after it was started."""

    process: subprocess.Popen[bytes]
    address: str
    seconds: float

    def ask(self) -> float:
        """The seconds that the first question takes over HTTP."""
        body = json.dumps(
            {"query": Path(QUESTION).read_text(encoding="utf-8"), "variables": VARIABLES}
        ).encode()
        request = urllib.request.Request(
            f"{self.address}graphql", data=body, headers={"Content-Type": "application/json"}
        )
        begun = time.perf_counter()
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
        taken = time.perf_counter() - begun
        if answer.get("errors") or not answer["data"]["organizations"]["totalCount"]:
            raise RuntimeError(f"The question was not answered: {answer}")
        return taken

    def median_milliseconds(self) -> float:
        """The median of many requests, one after the other, after a warm-up."""
        for _ in range(WARM_UP):
            self.ask()
        return 1000 * statistics.median(self.ask() for _ in range(REQUESTS))

    def memory(self) -> tuple[int, int]:
        """Resident memory of the process and of all processes below it, in MiB."""
        pids = (self.process.pid, *processes.descendants(self.process.pid))
        own, *below = (processes.resident(pid) // 2**20 for pid in pids)
        return own, sum(below)


@contextmanager
def serving(data: Path, *options: str) -> Iterator[Server]:
    """A server on a free port, stopped at the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "graph_api.cli.main",
        "serve",
        "--port",
        str(port),
        "--data",
        str(data),
        *options,
    ]
    begun = time.perf_counter()
    # A question that is asked again is answered, not remembered.
    environment = {**os.environ, "NET4U_CACHE_MEGABYTES": "0"}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_until_ready(process, address)
        server = Server(process, address, 0.0)
        server.ask()
        yield Server(process, address, time.perf_counter() - begun)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _wait_until_ready(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}health/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"The server was not ready; exit code {process.poll()}.")


def _install() -> tuple[float, int]:
    """Seconds and MiB of a fresh virtual environment with everything that serving needs."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run(
            [
                f"{folder}/bin/python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--require-hashes",
                "-r",
                "requirements/runtime.txt",
            ],
            check=True,
        )
        taken = time.perf_counter() - begun
        size = sum(
            file.stat().st_size
            for file in Path(folder).rglob("*")
            if file.is_file() and not file.is_symlink()
        )
        return taken, size // 2**20


async def measure() -> Table:
    """All figures of this module."""
    rows = []
    taken, size = _install()
    rows += [("install: time", f"{taken:.0f} s"), ("install: size", f"{size} MiB")]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with serving(data) as server:
            rows.append(("first start, seeds loaded, to the first answer", f"{server.seconds:.1f} s"))
        with serving(data) as server:
            rows.append(("later start to the first answer", f"{server.seconds:.1f} s"))
            rows.append(
                (
                    "first question over HTTP, embedded engine, median",
                    f"{server.median_milliseconds():.1f} ms",
                )
            )
            parent, children = server.memory()
            rows.append(("memory of the server", f"{parent} MiB"))
            rows.append(("memory of the embedded engine", f"{children} MiB"))
        neo4j = await Neo4jServer.start(data / "neo4j")
        try:
            median = await asyncio.to_thread(_on_neo4j, data / "none", neo4j.url)
        finally:
            await neo4j.stop()
        rows.append((f"first question over HTTP, Neo4j {neo4j.version}, median", f"{median:.1f} ms"))
    note = "`make bench ARGS=start`: one run on two cores; times on a shared machine vary by a third."
    return Table(("what", "figure"), tuple(rows), note)


def _on_neo4j(data: Path, url: str) -> float:
    with serving(data, "--database", url) as server:
        return server.median_milliseconds()
