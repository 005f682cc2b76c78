"""What became of every row of a spreadsheet: one outcome each, with all that is wrong and what may help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from graph_api.errors import RejectedFileError
from graph_api.imports.mapping import ColumnMatch

Shown: TypeAlias = str | int | float | bool | Sequence[str] | None
"""A value as it stands in a report."""


class OutcomeKind(StrEnum):
    """What became of a row."""

    CREATE = "CREATE"
    CHANGE = "CHANGE"
    UNCHANGED = "UNCHANGED"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"


class Mode(StrEnum):
    """What is stored: nothing, all rows or none, or the good ones."""

    DRY_RUN = "dry run"
    ALL = "all or nothing"
    ROWS = "row by row"


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """A column whose value a row changes."""

    column: str
    before: Shown
    after: Shown


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row. ``column`` is the heading, empty when it is about the row as a whole."""

    column: str
    value: str
    reason: str
    suggestion: str = ""

    def __str__(self) -> str:
        text = f"{self.column}: {self.reason}" if self.column else self.reason
        text += f" (value: {self.value!r})" if self.value else ""
        return f"{text} - {self.suggestion}" if self.suggestion else text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row. ``of`` is the node or edge that it is about.

    ``like`` says what a duplicate is a duplicate of: a row of the file, or a node that is there.
    """

    sheet: str
    row: int
    kind: OutcomeKind
    of: str = ""
    changes: tuple[PropertyChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """One sheet: what it is for, what its headings mean, and how many of its rows became what."""

    name: str
    target: str = ""
    chosen: str = ""
    matches: tuple[ColumnMatch, ...] = ()
    ignored: tuple[str, ...] = ()
    skipped: str = ""
    remarks: int = 0
    counts: Mapping[OutcomeKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A whole import. ``shown`` are the first outcomes of each kind; all of them are in the spool.

    ``stored`` says whether the graph now holds what the report says, ``change`` which change in its history
    that is; none where nothing differed.
    """

    file: str
    mode: Mode
    stored: bool
    sheets: tuple[SheetReport, ...]
    shown: tuple[Outcome, ...]
    seconds: float
    change: int | None = None

    def count(self, kind: OutcomeKind) -> int:
        """How many rows became this."""
        return sum(sheet.counts.get(kind, 0) for sheet in self.sheets)

    @property
    def rows(self) -> int:
        """How many rows there are, without remarks."""
        return sum(self.count(kind) for kind in OutcomeKind)

    @property
    def changes_something(self) -> bool:
        """Whether a row creates or changes something."""
        return bool(self.count(OutcomeKind.CREATE) or self.count(OutcomeKind.CHANGE))

    def raise_if_not_stored(self) -> None:
        """Raise ``RejectedFileError`` when rows that were to be stored are not, because of broken ones."""
        rejected = self.count(OutcomeKind.REJECTED)
        if self.mode is Mode.ALL and rejected:
            raise RejectedFileError(
                f"{rejected:,} of {self.rows:,} rows are rejected, nothing is stored.",
                remedy="Correct the rows, or store the good ones alone (--rows).",
                file=self.file,
            )
