"""Rows on their way from the database to a file: in memory while they are few, then on the disk.

An export is read to its end before the first byte of the file is sent. So whatever goes wrong is an error
and not half a file, a graph that changed meanwhile is read again, and the file's head can say what follows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Final, Generic, TypeVar, cast

import orjson

_IN_MEMORY: Final = 1_000_000
"""Bytes."""
Row = TypeVar("Row")


class Spool(Generic[Row]):
    """Rows of JSON values, written once and read as often as needed. The disk is given back at the end."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # it lives as long as the spool
        self.count = 0

    def add(self, row: Row) -> None:
        """Keep a row."""
        self._file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        self.count += 1

    def __iter__(self) -> Iterator[Row]:
        """All rows, from the first; one reader at a time."""
        self._file.seek(0)
        for line in self._file:
            yield cast(Row, orjson.loads(line))

    def close(self) -> None:
        """Give back the memory and the disk."""
        self._file.close()
