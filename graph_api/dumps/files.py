"""Dumps as files: plain or gzip, written whole or not at all, read only when whole and unaltered."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from graph_api.dumps.lines import (
    BrokenLineError,
    EdgeLine,
    Header,
    Line,
    NodeLine,
    Trailer,
    decoded,
    encoded,
)
from graph_api.errors import InvalidSettingError, UnusableDumpError

LONGEST_LINE: Final = 64_000_000
"""Bytes: no node is that large, and a file of one endless line must not fill the memory."""
_GZIP: Final = b"\x1f\x8b"
_LEVEL: Final = 6


class DumpWriter:
    """Counts and digests the lines that it writes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._lines = 0

    def write(self, line: Line) -> None:
        """Write a line; raises ``UndumpableGraphError``."""
        text = encoded(line)
        self._digest.update(text)
        self._lines += 1
        self._stream.write(text)

    def begin_again(self) -> None:
        """Forget everything written so far."""
        self._stream.seek(0)
        self._stream.truncate()
        self._digest, self._lines = hashlib.sha256(), 0

    def finish(self) -> str:
        """Write the trailer, and give the digest of everything before it."""
        digest = self._digest.hexdigest()
        self._stream.write(encoded(Trailer(self._lines, digest)))
        return digest


@contextmanager
def new_dump(path: Path) -> Iterator[DumpWriter]:
    """A writer to a file that appears under its name when the block has ended well.

    Only its owner can read it: it holds what is hidden from most, and digests of keys. The name's end
    ``.gz`` compresses it. Raises ``InvalidSettingError`` when it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise _unwritable(path, problem) from problem
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield DumpWriter(file)
            file.flush()
            os.fsync(file.fileno())
        if path.suffix == ".gz":
            _compress(part)
        part.replace(path)
    except OSError as problem:
        raise _unwritable(path, problem) from problem
    finally:
        part.unlink(missing_ok=True)


def _compress(part: Path) -> None:
    """Replace a file by the same one compressed: no name and no time in it, so that equal ones stay equal."""
    packed = part.with_name(f"{part.name}.gz")
    descriptor = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file, part.open("rb") as plain:
            with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as stream:
                while block := plain.read(1_000_000):
                    stream.write(block)
            file.flush()
            os.fsync(file.fileno())
        packed.replace(part)
    finally:
        packed.unlink(missing_ok=True)


def _unwritable(path: Path, problem: OSError) -> InvalidSettingError:
    return InvalidSettingError(f"{path} cannot be written: {problem.strerror}.", setting="file")


@dataclass(frozen=True, slots=True)
class CheckedDump:
    """A dump that was read to its end and found whole; ``sha256`` is that of its trailer."""

    path: Path
    header: Header
    sha256: str

    def lines(self) -> Iterator[NodeLine | EdgeLine]:
        """Its nodes, then its edges; raises ``UnusableDumpError`` when the file has changed meanwhile."""
        reading = _Reading(self.path)
        for line in reading.lines():
            if isinstance(line, NodeLine | EdgeLine):
                yield line
        if reading.sha256 != self.sha256:
            raise UnusableDumpError(f"{self.path} has changed while it was loaded.", file=str(self.path))


def check_dump(path: Path) -> CheckedDump:
    """Read a dump to its end without keeping it.

    Raises ``UnusableDumpError`` for one that is cut, altered, of another format, or that does not hold
    what it says, with the line where that shows.
    """
    reading = _Reading(path)
    for _ in reading.lines():
        pass
    if reading.header is None:
        raise reading.unusable("it is empty")
    return CheckedDump(path, reading.header, reading.sha256)


class _Reading:
    """One pass through a file, which checks all that can be known without keeping lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = 0
        self._digest = hashlib.sha256()
        self._last: NodeLine | EdgeLine | None = None
        self._nodes: Counter[str] = Counter()
        self._edges: Counter[str] = Counter()
        self.header: Header | None = None
        self.sha256 = ""

    def lines(self) -> Iterator[Line]:
        """Each line; raises ``UnusableDumpError``, at the end for what only the end shows."""
        try:
            with self._path.open("rb") as file:
                compressed = file.read(2) == _GZIP
                file.seek(0)
                with gzip.GzipFile(fileobj=file) if compressed else file as stream:
                    yield from self._read(stream)
        except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
            raise self.unusable(f"it cannot be unpacked: {problem}") from problem
        except OSError as problem:
            raise self.unusable(f"it cannot be read: {problem.strerror}") from problem

    def _read(self, stream: IO[bytes] | gzip.GzipFile) -> Iterator[Line]:
        while text := stream.readline(LONGEST_LINE):
            self._number += 1
            if not text.endswith(b"\n"):
                raise self.unusable("the line has no end")
            try:
                line = decoded(text)
            except BrokenLineError as problem:
                raise self.unusable(str(problem)) from problem
            self._check(line)
            if isinstance(line, Trailer):
                self._end(line, stream.read(1))
                yield line
                return
            self._digest.update(text)
            yield line
        raise self.unusable("its end is missing")

    def _check(self, line: Line) -> None:
        if (self._number == 1) != isinstance(line, Header):
            raise self.unusable("a dump begins with its header")
        if isinstance(line, Header):
            self.header = line
        elif isinstance(line, NodeLine | EdgeLine):
            last = self._last
            back = isinstance(line, NodeLine) and isinstance(last, EdgeLine)
            if back or (last is not None and type(last) is type(line) and line.rank <= last.rank):
                raise self.unusable("it is not in its order")
            self._last = line
            if isinstance(line, NodeLine):
                self._nodes[":".join(line.labels)] += 1
            else:
                self._edges[line.type] += 1

    def _end(self, trailer: Trailer, more: bytes) -> None:
        self.sha256 = self._digest.hexdigest()
        if trailer.lines != self._number - 1 or trailer.sha256 != self.sha256:
            raise self.unusable("its checksum is another one: it was altered")
        if more:
            raise self.unusable("something comes after its end")
        header = self.header
        if header is None or self._nodes != header.nodes or self._edges != header.edges:
            raise self.unusable("it does not hold what its header says")

    def unusable(self, reason: str) -> UnusableDumpError:
        """The error of this file at the line that was read last."""
        return UnusableDumpError(
            f"{self._path} is no whole dump: {reason} (line {self._number}).",
            remedy="Take another copy of it; nothing was loaded.",
            file=str(self._path),
            line=self._number,
        )
