"""The servers that are compared, each in a process of its own on one core."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import processes
from benchmarks.operations import Operation, Request
from benchmarks.reference.app import URL_VARIABLE
from graph_api.engine.connection import parse_database_url
from graph_api.errors import MissingToolError

PEER = Path(__file__).parent / "peer"
OLDEST_NODE = 20
START_SECONDS = 120.0
_SERVE = [sys.executable, "-m", "graph_api.cli.main", "serve", "--port"]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    name: str
    process: subprocess.Popen[bytes]
    port: int

    def request(self, operation: Operation) -> bytes | None:
        """The bytes that ask this server for an operation; None when it cannot be asked."""
        if self.name == "reference":
            return _get(f"/{operation.reference}?{urlencode(operation.parameters)}")
        asked = operation.peer if self.name == "peer" else operation.ours
        return None if asked is None else post(asked)

    def cpu_seconds(self) -> float:
        """The CPU time that the process took since it began, all its threads together."""
        return processes.cpu_seconds(self.process.pid)


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def post(request: Request, *headers: str, accept: str = "application/json") -> bytes:
    """The bytes of a POST of a GraphQL request; each header is a line without its end."""
    body = json.dumps({"query": request.text, "variables": dict(request.variables)}).encode()
    lines = (
        "POST /graphql HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Accept: {accept}",
        *headers,
        f"Content-Length: {len(body)}",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode() + body


@contextmanager
def ours(database: str, core: int) -> Iterator[Server]:
    """Our server with the benchmark's places as its only seeds; like the others it remembers no answers."""
    settings = {
        "NET4U_DATABASE": database,
        "NET4U_SEEDS": "benchmarks.generate:places_and_themes",
        "NET4U_CACHE_MEGABYTES": "0",
    }
    with _started("ours", _SERVE, settings, core, ready="health/ready") as server:
        yield server


@contextmanager
def embedded(data: Path, core: int, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Our server with the project's own data in its embedded engine, which runs on any core."""
    given = {"NET4U_DATA": str(data), **(settings or {})}
    with _started("ours", _SERVE, given, None, ready="health/ready") as server:
        processes.pin(server.process.pid, core)
        yield server


def load_seeds(data: Path) -> None:
    """Fill the embedded engine of a data directory, so that the next server on it only starts."""
    with embedded(data, min(os.sched_getaffinity(0))):
        pass


@contextmanager
def bare(answer: Path, core: int) -> Iterator[Server]:
    """A server that does nothing but answer every request to ``/graphql`` with the JSON in this file."""
    command = [sys.executable, "-m", "benchmarks.bare", str(answer)]
    with _started("bare", command, {}, core, ready="") as server:
        yield server


@contextmanager
def reference(database: str, core: int) -> Iterator[Server]:
    """The hand-written server."""
    command = [sys.executable, "-m", "benchmarks.reference.app"]
    with _started("reference", command, {URL_VARIABLE: database}, core, ready="") as server:
        yield server


@contextmanager
def peer(database: str, core: int) -> Iterator[Server]:
    """The peer in production mode; its packages are installed first, as its lock file says.

    Raises ``MissingToolError`` without a Node.js that is new enough.
    """
    _install_peer()
    settings = parse_database_url(database)
    environment = {
        "NODE_ENV": "production",
        "PEER_URI": settings.uri,
        "PEER_USER": settings.user or "",
        "PEER_PASSWORD": settings.password,
    }
    command = ["node", str(PEER / "server.mjs")]
    with _started("peer", command, environment, core, ready="graphql?query={__typename}") as server:
        yield server


def _install_peer() -> None:
    program = shutil.which("node")
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout if program else ""
    if not program or int(version.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        raise MissingToolError(
            f"The peer needs Node.js {OLDEST_NODE} or later; {version.strip() or 'none'} was found.",
            remedy="Install Node.js with npm.",
            tool="node",
        )
    lock, installed = PEER / "package-lock.json", PEER / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(
            ["npm", "--prefix", str(PEER), "ci", "--omit=dev", "--no-progress"], check=True, stdout=sys.stderr
        )


@contextmanager
def _started(
    name: str, command: list[str], settings: Mapping[str, str], core: int | None, *, ready: str
) -> Iterator[Server]:
    port = _free_port()
    with _pinned(core) if core is not None else nullcontext():
        process = subprocess.Popen(
            [*command, str(port)], env={**os.environ, **settings}, stdout=subprocess.DEVNULL
        )
    try:
        _wait(process, f"http://127.0.0.1:{port}/{ready}")
        yield Server(name, process, port)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _pinned(core: int) -> Iterator[None]:
    """What is started inside the block runs on this core, with all its threads."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as error:
            # An answer all the same, unless it says to wait.
            if error.code != 503:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"The server was not ready; exit code {process.poll()}: {process.args!r}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
