"""Archives that spreadsheets are, looked at before anything of them is unpacked."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading.sheets import ReadLimits, exceeded

_SMALL = 1_000_000
"""Parts that do not become larger than this may be packed as tightly as they like."""
_ENCRYPTED = 0x1


@contextlib.contextmanager
def opened(path: Path, limits: ReadLimits) -> Iterator[zipfile.ZipFile]:
    """The archive, once it is known to be harmless.

    Raises ``LimitExceededError`` for one that would become too large and ``UnreadableFileError`` for one that
    is damaged, also while it is read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, limits)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
        raise UnreadableFileError(
            f"The file is damaged: {problem}.", remedy="Save it again and send the whole file."
        ) from problem


def _check(archive: zipfile.ZipFile, limits: ReadLimits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.entries:
        raise exceeded("entries", "parts", len(parts), limits.entries)
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked_bytes:
        raise exceeded("unpacked_bytes", "bytes when it is unpacked", total, limits.unpacked_bytes)
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise UnreadableFileError(
                "The file is protected by a password.",
                remedy="Save it without one.",
                part=part.filename[:200],
            )
        packed = max(part.compress_size, 1)
        if part.file_size > max(_SMALL, packed * limits.ratio):
            raise exceeded(
                "ratio", "times the size when it is unpacked", part.file_size // packed, limits.ratio
            )


def part(archive: zipfile.ZipFile, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
    """A part of an archive, to be read; raises ``UnreadableFileError`` when there is none of this name."""
    try:
        return cast("contextlib.AbstractContextManager[BinaryIO]", archive.open(name))
    except KeyError:
        raise UnreadableFileError(
            f"The file has no part {name}.", remedy="Save it again as a spreadsheet.", part=name
        ) from None
