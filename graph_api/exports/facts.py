"""What a file says about itself: of what it is an export, of which version, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, TypeAlias

import orjson

from graph_api.changes.version import GraphVersion
from graph_api.errors import InvalidArgumentError

Fact: TypeAlias = str | int | None


class Format(StrEnum):
    """The formats of exports; each is also the end of a file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    GEXF = "gexf"
    GRAPHML = "graphml"


TABLES: Final = (Format.CSV, Format.XLSX, Format.JSONL)
"""The formats of rows."""
GRAPHS: Final = (Format.GEXF, Format.GRAPHML, Format.JSONL)
"""The formats of nodes and edges."""
MEDIA_TYPES: Final = {
    # RFC 4180 with RFC 7111's parameters.
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl; charset=utf-8",
    Format.GEXF: "application/gexf+xml; charset=utf-8",
    Format.GRAPHML: "application/graphml+xml; charset=utf-8",
}


def format_named(name: str, allowed: tuple[Format, ...] = tuple(Format)) -> Format:
    """The format with this name; raises ``InvalidArgumentError``."""
    for found in allowed:
        if found == name:
            return found
    raise InvalidArgumentError(
        f"There is no format {name!r:.40} here.",
        remedy=f"There are: {', '.join(allowed)}.",
        argument="format",
        value=name[:40],
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """``filters`` is what chose the rows; ``total`` says how many there are beyond those in the file.

    ``synthetic`` of the rows were made up for demonstration. ``exported`` is an ISO 8601 time in UTC.
    """

    title: str
    filters: Mapping[str, object]
    as_of: str | None
    version: GraphVersion | None
    role: str
    rows: int
    synthetic: int
    total: int | None = None
    edges: int | None = None
    exported: str = ""

    def items(self) -> dict[str, Fact]:
        """The facts by name, as every format writes them."""
        facts: dict[str, Fact] = {
            "export": self.title,
            "filters": self.filters_text,
            "as_of": self.as_of,
            "graph": self.version.graph if self.version else None,
            "graph_version": self.version.number if self.version else None,
            "graph_changed": self.version.changed if self.version else None,
            "exported": self.exported,
            "role": self.role,
            "rows" if self.edges is None else "nodes": self.rows,
            "synthetic": self.synthetic,
        }
        if self.total is not None:
            facts["total"] = self.total
        if self.edges is not None:
            facts["edges"] = self.edges
        return facts

    @property
    def filters_text(self) -> str:
        """The filters as JSON; empty when there are none."""
        given = {name: value for name, value in self.filters.items() if value not in (None, [], {})}
        return orjson.dumps(given).decode() if given else ""


def now() -> str:
    """The time of an export."""
    return datetime.now(UTC).isoformat(timespec="seconds")
