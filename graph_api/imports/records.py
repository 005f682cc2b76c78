"""What an import is made of: rows that were read, records made from them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeAlias

from graph_api.changes.items import NodeRef
from graph_api.errors import RejectedFileError
from graph_api.ontology import PartialDate
from graph_api.values import Value

__all__ = [
    "BrokenRowError",
    "EdgeRecord",
    "NodeRecord",
    "NodeRef",
    "Raw",
    "Record",
    "Row",
    "RowError",
    "RowPlace",
    "SetAside",
    "StoredEdge",
    "StoredNode",
]

Raw: TypeAlias = str | int | float | bool | date | PartialDate | Enum | Sequence[str] | None
"""A property's value as a converter gives it; texts are read by the property's type."""


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: the file and the line on which the row begins, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row cannot be loaded. ``column`` is empty when the row as a whole is broken."""

    place: RowPlace
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.place}, {self.column}" if self.column else str(self.place)
        return f"{where}: {self.reason} (value: {self.value!r})" if self.value else f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that a declared rule keeps out of the graph; its file is loaded all the same."""

    place: RowPlace
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}, {self.column}: set aside: {self.reason} (value: {self.value!r})"


class BrokenRowError(RejectedFileError):
    """One row with everything that is wrong in it."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. Cells are without outer spaces; an empty text means that nothing is stated."""

    place: RowPlace
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def stated(self, column: str) -> str | None:
        """The cell's text, or None where nothing is stated."""
        return self.cells.get(column) or None

    def broken(self, column: str, reason: str) -> BrokenRowError:
        """The error to raise when this cell cannot be used."""
        return BrokenRowError([RowError(self.place, column, self.cells.get(column, ""), reason)])

    def set_aside(self, column: str, reason: str) -> SetAside:
        """The outcome when a rule keeps this row out because of this cell."""
        return SetAside(self.place, column, self.cells.get(column, ""), reason)


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """A node to be stored, replacing what is stored under its key.

    A ``mention`` only makes sure that the node exists: one that is already there stays as it is.
    """

    kind: str
    key: str
    properties: Mapping[str, Raw]
    mention: bool = False

    @property
    def ref(self) -> NodeRef:
        """The node by its kind and its key."""
        return NodeRef(self.kind, self.key)


@dataclass(frozen=True, slots=True)
class EdgeRecord:
    """An edge to be stored; its key is made of its ends and what tells it from its parallels."""

    edge: str
    source: NodeRef
    target: NodeRef
    properties: Mapping[str, Raw] = field(default_factory=dict)


Record: TypeAlias = NodeRecord | EdgeRecord


@dataclass(frozen=True, slots=True)
class StoredNode:
    """A validated node with the properties as they are stored; absent ones are None."""

    ref: NodeRef
    properties: Mapping[str, Value]
    mention: bool
    place: RowPlace


@dataclass(frozen=True, slots=True)
class StoredEdge:
    """A validated edge with the properties as they are stored; absent ones are None."""

    edge: str
    key: str
    source: NodeRef
    target: NodeRef
    properties: Mapping[str, Value]
    place: RowPlace
