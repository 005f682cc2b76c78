"""Where the tables lie, and what other tables are looked up for."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
OWN = HERE / "own"


def reference(name: str) -> Path:
    """A table of the reference data."""
    return REFERENCE / f"{name}.csv"


def columns(names: str) -> tuple[str, ...]:
    """The columns of a table, written as its header without commas."""
    return tuple(names.split())


def own(name: str) -> Path:
    """A table of this project's own."""
    return OWN / f"{name}.csv"


@cache
def country_names() -> Mapping[str, str]:
    """The English name of each country and area by its ISO 3166-1 alpha-3 code."""
    return {row["iso3"]: row["name_en"] for row in rows(reference("countries"))}


@cache
def country_codes() -> Mapping[str, str]:
    """The ISO 3166-1 alpha-3 code of each country and area by its English name."""
    return {name: code for code, name in country_names().items()}


@cache
def event_starts() -> Mapping[str, str]:
    """When each event begins, as precisely as known; an empty text where it is not."""
    return {row["code"]: row["start"] for row in rows(reference("events"))}


@cache
def event_codes() -> frozenset[str]:
    """The codes of all events."""
    return frozenset(event_starts())


@cache
def organization_names() -> frozenset[str]:
    """The names of all organizations seen, as written."""
    return frozenset(row["name_as_written"] for row in rows(reference("organizations_seen")))


@cache
def register_dates() -> Mapping[str, tuple[str, ...]]:
    """The session dates of each name in the register: a name can stand there more than once."""
    dates: dict[str, list[str]] = defaultdict(list)
    for row in rows(reference("ecosoc_status_granted_1998_2024")):
        dates[row["ngo_name"]].append(row["committee_session_date"])
    return {name: tuple(found) for name, found in dates.items()}


@cache
def topic_themes() -> Mapping[str, tuple[str, ...]]:
    """The thematic areas of each topic as events word it; none where the topic says too little."""
    themes = rows(own("topic_themes"))
    return {row["topic"]: tuple(filter(None, row["themes"].split("|"))) for row in themes}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table, cells without outer spaces."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(file)]
