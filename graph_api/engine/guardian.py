"""A program of its own between us and a server: it ends the server when we are gone, however we went.

    python guardian.py LOG_FILE LOG_BYTES STOP_SECONDS COMMAND...

It starts the command, prints its process id, keeps the command's output in a log of at most two
files of LOG_BYTES, and ends the command when its own standard input closes, which the operating
system does when our process ends, even by SIGKILL. It leaves with the command's exit code.
Standard library only: it is run by its path, outside the package.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, Final

_TICK_SECONDS: Final = 0.5
_CHUNK_BYTES: Final = 65536
_CANNOT_START: Final = 127
_WAKE: Final = "wake"
_PARENT: Final = "parent"
_OUTPUT: Final = "output"


class BoundedLog:
    """The newest output, in a file and its predecessor."""

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = limit
        self._file = path.open("ab")

    def write(self, chunk: bytes) -> None:
        """Append; a full disk loses the output, since the server must live on without its log."""
        try:
            if self._file.tell() + len(chunk) > self._limit:
                self._file.close()
                os.replace(self._path, self._path.with_suffix(".old.log"))
                self._file = self._path.open("ab")
            self._file.write(chunk)
            self._file.flush()
        except OSError:
            return

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Guardian:
    """Runs one command until it ends or the parent's pipe closes."""

    def __init__(self, log: BoundedLog, stop_seconds: float, command: list[str]) -> None:
        self._log = log
        self._stop_seconds = stop_seconds
        self._command = command
        self._asked_to_stop = False

    def run(self) -> int:
        """Give the command's exit code, as a shell would."""
        with selectors.DefaultSelector() as selector:
            selector.register(_wake_on_signals(self._note_signal), selectors.EVENT_READ, _WAKE)
            try:
                child = subprocess.Popen(
                    self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
                )
            except OSError as error:
                print(f"error {error}", flush=True)
                return _CANNOT_START
            print(child.pid, flush=True)
            selector.register(0, selectors.EVENT_READ, _PARENT)
            selector.register(_output(child), selectors.EVENT_READ, _OUTPUT)
            code = self._watch(child, selector)
        return code if code >= 0 else 128 - code

    def _watch(self, child: subprocess.Popen[bytes], selector: selectors.BaseSelector) -> int:
        """Wait for the child's end itself: it may close its output long before, as Neo4j does."""
        deadline: float | None = None
        while (code := child.poll()) is None:
            # What happens wakes us by a signal or a pipe; the time limit is for the deadline alone.
            self._take(selector, _TICK_SECONDS)
            if self._asked_to_stop and deadline is None:
                deadline = time.monotonic() + self._stop_seconds
                child.terminate()
            if deadline is not None and time.monotonic() > deadline:
                child.kill()
        while self._take(selector, 0):
            pass
        return code

    def _take(self, selector: selectors.BaseSelector, seconds: float) -> bool:
        """Take what the pipes hold; gives whether there was any output of the child."""
        output = False
        for key, _ in selector.select(seconds):
            chunk = os.read(key.fd, _CHUNK_BYTES)
            if key.data == _OUTPUT and chunk:
                self._log.write(chunk)
                output = True
            elif not chunk:
                selector.unregister(key.fileobj)
                self._asked_to_stop = self._asked_to_stop or key.data == _PARENT
        return output

    def _note_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = self._asked_to_stop or number == signal.SIGTERM


def _wake_on_signals(note: Callable[[int, FrameType | None], None]) -> int:
    """Make our own end and the child's end readable, so that one wait covers everything."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, note)
    return reader


def _output(child: subprocess.Popen[bytes]) -> IO[bytes]:
    assert child.stdout is not None
    return child.stdout


def main(arguments: list[str]) -> int:
    """Read the command line and run."""
    log_file, log_bytes, stop_seconds, *command = arguments
    log = BoundedLog(Path(log_file), int(log_bytes))
    try:
        return Guardian(log, float(stop_seconds), command).run()
    finally:
        log.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
