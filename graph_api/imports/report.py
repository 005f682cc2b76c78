"""What became of every row of an import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph_api.errors import RejectedFileError
from graph_api.imports.records import RowError, SetAside


class FileStatus(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: ``rows = loaded + len(set_aside) + rejected_rows + held_back``.

    ``held_back`` are sound rows of a file that was rejected because of others. ``nodes`` and ``edges``
    count what the file says, also when it was there already.
    """

    label: str
    status: FileStatus
    rows: int
    nodes: int
    edges: int
    set_aside: tuple[SetAside, ...] = ()
    rejected: tuple[RowError, ...] = ()

    @property
    def rejected_rows(self) -> int:
        """How many rows are broken; one row can have several errors."""
        return len({error.place.line for error in self.rejected}) if self.rows else 0

    @property
    def loaded(self) -> int:
        """How many rows are in the graph."""
        return 0 if self.status is FileStatus.REJECTED else self.rows - len(self.set_aside)

    @property
    def held_back(self) -> int:
        """How many sound rows were not loaded because the file has broken ones."""
        return self.rows - self.loaded - len(self.set_aside) - self.rejected_rows


@dataclass(frozen=True, slots=True)
class LoadReport:
    """All files of a load, in the order in which they were taken."""

    files: tuple[FileReport, ...]
    seconds: float

    @property
    def rows(self) -> int:
        """How many rows all files have."""
        return sum(file.rows for file in self.files)

    def lines(self) -> Iterator[str]:
        """Every row that is not in the graph, with its file, line, column, value and reason."""
        for file in self.files:
            yield from (str(found) for found in (*file.set_aside, *file.rejected))

    def raise_if_rejected(self) -> None:
        """Raise ``RejectedFileError`` when a file was rejected; it names the first broken row."""
        broken = [file for file in self.files if file.status is FileStatus.REJECTED]
        if broken:
            first = broken[0].rejected[0]
            raise RejectedFileError(
                f"{len(broken)} of {len(self.files)} files are rejected, nothing of them is loaded: {first}.",
                remedy="Correct the rows and load again.",
                file=first.place.file,
                line=first.place.line,
                column=first.column,
                value=first.value,
            )
