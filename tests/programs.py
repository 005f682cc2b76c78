"""The program as its users run it: ``net4u`` in processes of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
NET4U = [sys.executable, "-m", "graph_api.cli.main"]
_READY_SECONDS = 60.0
_END_SECONDS = 30.0
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed and left with."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line of an error; a second line or a traceback fails the test."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        assert len(lines) == 1, self.err
        return lines[0]


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours without anybody's settings, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NET4U_")}
    return {**kept, "PYTHONPATH": str(ROOT), **(settings or {})}


def net4u(
    *words: str | Path,
    settings: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
    directory: Path = ROOT,
) -> Outcome:
    """Run a command of the program to its end; ``prefix`` is a command that runs it."""
    ended = subprocess.run(
        [*prefix, *NET4U, *map(str, words)],
        cwd=directory,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Outcome(ended.returncode, ended.stdout, ended.stderr)


def with_limit(kilobytes: int) -> list[str]:
    """A prefix under which no file grows beyond the limit, as on a disk without room."""
    return ["bash", "-c", f"ulimit -f {kilobytes}; exec " + '"$@"', "limited"]


def as_nobody() -> list[str]:
    """A prefix that gives up the superuser's power to write everywhere; nothing for anybody else."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "--securebits=+noroot"]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()[:1] not in {"", "Z"}


def descendants(pid: int) -> dict[int, str]:
    """The processes below one, with the names of their programs."""
    shown = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid=,comm="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in shown.splitlines()]
    found: dict[int, str] = {}
    sought = [pid]
    for parent in sought:
        for child, of, name in rows:
            if int(of) == parent:
                found[int(child)] = name.strip()
                sought.append(int(child))
    return found


class Server:
    """A running ``net4u serve``."""

    def __init__(self, process: subprocess.Popen[str], port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self.address = f"http://127.0.0.1:{port}/"
        self.seen: list[int] = []
        """The answers of ``/health/ready`` on the way to 200."""
        self._log = log
        self._said: str | None = None

    @property
    def said(self) -> str:
        """All that it wrote on standard error so far; what it wrote before an answer is in it."""
        if self._said is not None:
            return self._said
        return self._log.read_text(encoding="utf-8", errors="replace")

    def url(self, path: str) -> str:
        """The address of a page."""
        return self.address + path.removeprefix("/")

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The answer to a GET; redirects are not followed."""
        return httpx.get(self.url(path), headers=headers, timeout=_READY_SECONDS)

    def ask(self, document: str, variables: Mapping[str, object] | None = None) -> dict[str, object]:
        """The whole answer to an operation."""
        body = {"query": document, "variables": dict(variables or {})}
        answered = httpx.post(self.url("graphql"), json=body, timeout=_READY_SECONDS)
        found: dict[str, object] = answered.json()
        return found

    def engine(self) -> int:
        """The process id of the embedded engine."""
        [found] = [pid for pid, name in descendants(self.process.pid).items() if name == "java"]
        return found

    def wait_until_listening(self) -> None:
        """Return when it answers that it lives."""
        self._wait("health/live", {200})

    def wait_until_ready(self) -> None:
        """Return when it can answer questions."""
        self._wait("health/ready", {200})

    def wait_until_said(self, words: str) -> None:
        """Return when it has said this."""
        deadline = time.monotonic() + _READY_SECONDS
        while words not in self.said:
            assert time.monotonic() < deadline, f"{words!r} was not said: {self.said}"
            time.sleep(_POLL_SECONDS)

    def _wait(self, path: str, wanted: set[int]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            with contextlib.suppress(httpx.TransportError):
                status = self.get(path).status_code
                if path == "health/ready":
                    self.seen.append(status)
                if status in wanted:
                    return
            assert self.process.poll() is None, f"the server ended: {self.said}"
            assert time.monotonic() < deadline, f"{path} is not {wanted}: {self.said}"
            time.sleep(_POLL_SECONDS)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal, wait for the end and give the exit code."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end and give the exit code."""
        code = self.process.wait(_END_SECONDS)
        # The file goes with the server.
        self._said = self.said
        return code


@contextlib.contextmanager
def serving(
    *words: str | Path, settings: Mapping[str, str] | None = None, port: int | None = None
) -> Iterator[Server]:
    """A server with these options, for as long as the block lasts; it need not be ready yet."""
    chosen = free_port() if port is None else port
    # A file: a pipe would be behind the answers, and full when nobody reads it.
    with tempfile.NamedTemporaryFile("ab", prefix="net4u-", suffix=".log") as log:
        process = subprocess.Popen(
            [*NET4U, "serve", "--port", str(chosen), *map(str, words)],
            cwd=ROOT,
            env=environment(settings),
            stdout=subprocess.DEVNULL,
            stderr=log,
            text=True,
            # As in a terminal of its own, so that a signal to its group does not reach the tests.
            start_new_session=True,
        )
        server = Server(process, chosen, Path(log.name))
        try:
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(_END_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            server.ended()
