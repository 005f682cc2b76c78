"""A server process under a guardian, seen from our side."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from graph_api.engine import guardian
from graph_api.errors import DatabaseError

_LOG_BYTES: Final = 1_000_000
_POLL_SECONDS: Final = 0.02
# How much longer than the server the guardian may take, so that it can kill the server itself.
_GUARDIAN_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Launch:
    """What to start and how. ``kept_files`` stay open until the server has ended, with their locks."""

    command: Sequence[str]
    directory: Path
    environment: Mapping[str, str]
    log_file: Path
    stop_seconds: float
    kept_files: tuple[int, ...] = ()


class GuardedProcess:
    """A running server that ends with us: a Ctrl-C of the terminal does not reach it, our end does."""

    def __init__(
        self, process: subprocess.Popen[bytes], pid: int, launch: Launch, log_begins: int = 0
    ) -> None:
        self._process = process
        self._launch = launch
        self._log_begins = log_begins
        self.pid = pid

    @classmethod
    def start(cls, launch: Launch) -> Self:
        """Start the server; raises DatabaseError when the operating system cannot run it."""
        log_begins = launch.log_file.stat().st_size if launch.log_file.exists() else 0
        limits = [str(launch.log_file), str(_LOG_BYTES), str(launch.stop_seconds)]
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", guardian.__file__, *limits, *launch.command],
            cwd=launch.directory,
            env=dict(launch.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=launch.kept_files,
            # A Ctrl-C goes to the whole session of the terminal; the server is ended by us, in order.
            start_new_session=True,
        )
        assert process.stdout is not None
        answer = process.stdout.readline().decode().strip()
        if not answer.isdigit():
            process.communicate()
            raise DatabaseError(f"The database program could not be started: {answer or 'no answer'}")
        return cls(process, int(answer), launch, log_begins)

    def exit_code(self) -> int | None:
        """The server's exit code, or None while it runs."""
        return self._process.poll()

    def log_tail(self, lines: int = 40) -> str:
        """The last lines that the server wrote since it was started."""
        written = self._launch.log_file.read_bytes()
        # A log that is shorter now was begun anew in the meantime.
        own = written[self._log_begins :] if len(written) >= self._log_begins else written
        return "\n".join(own.decode(errors="replace").splitlines()[-lines:])

    def ask_to_stop(self) -> None:
        """Close the pipe, upon which the guardian ends the server."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def stop(self) -> int:
        """End the server in order, by force when it takes too long, and give its exit code."""
        self.ask_to_stop()
        deadline = time.monotonic() + self._launch.stop_seconds + _GUARDIAN_SECONDS
        while self.exit_code() is None and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        return self.reap()

    def reap(self) -> int:
        """Make sure that nothing runs any more, without waiting for an orderly end."""
        if self.exit_code() is None:
            self._process.kill()
        code = self._process.wait()
        if code < 0:
            # The guardian itself was killed, by us or by someone; nobody else ends the server then.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return code
