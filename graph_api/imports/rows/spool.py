"""Outcomes on disk: a file of 100,000 rows has as many, and memory holds only the first of each kind."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import orjson

from graph_api.imports.rows.outcomes import Outcome, OutcomeKind, Problem, PropertyChange, Shown

MOST_SHOWN = 20
"""So many outcomes of each kind, and more of rejected rows, stand in the report itself."""
MOST_REJECTED_SHOWN = 200
COLUMNS = ("sheet", "row", "outcome", "about", "column", "value", "before", "after", "reason", "suggestion")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Spool:
    """Writes outcomes to a file as they come; counts them by sheet and keeps the first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self.counts: dict[str, Counter[OutcomeKind]] = {}
        self.shown: list[Outcome] = []
        self._kept: Counter[OutcomeKind] = Counter()

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, outcome: Outcome) -> None:
        """One outcome more."""
        assert self._file is not None, "the spool is open"
        self._file.write(orjson.dumps(outcome) + b"\n")
        self.counts.setdefault(outcome.sheet, Counter())[outcome.kind] += 1
        most = MOST_REJECTED_SHOWN if outcome.kind is OutcomeKind.REJECTED else MOST_SHOWN
        if self._kept[outcome.kind] < most:
            self._kept[outcome.kind] += 1
            self.shown.append(outcome)


def read_outcomes(path: Path) -> Iterator[Outcome]:
    """All outcomes of a file that a spool wrote."""
    with path.open("rb") as file:
        for line in file:
            yield outcome_of(cast("dict[str, object]", orjson.loads(line)))


def outcome_of(found: dict[str, object]) -> Outcome:
    """An outcome from its JSON form."""
    changes = cast("list[dict[str, Shown]]", found["changes"])
    problems = cast("list[dict[str, str]]", found["problems"])
    return Outcome(
        str(found["sheet"]),
        cast(int, found["row"]),
        OutcomeKind(str(found["kind"])),
        str(found["of"]),
        tuple(PropertyChange(str(each["column"]), each["before"], each["after"]) for each in changes),
        tuple(
            Problem(each["column"], each["value"], each["reason"], each["suggestion"]) for each in problems
        ),
        str(found["like"]),
    )


def outcomes_csv(outcomes: Iterator[Outcome]) -> Iterator[str]:
    """A table of outcomes, a line for each change and each problem; no cell of it is taken for a formula."""
    yield _line(COLUMNS)
    for each in outcomes:
        start = (each.sheet, str(each.row), str(each.kind), each.of)
        for change in each.changes:
            before, after = _text(change.before), _text(change.after)
            yield _line((*start, change.column, "", before, after, "", ""))
        for problem in each.problems:
            yield _line((*start, problem.column, problem.value, "", "", problem.reason, problem.suggestion))
        if not each.changes and not each.problems:
            yield _line((*start, "", "", "", "", f"like {each.like}" if each.like else "", ""))


def _text(value: Shown) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
        case _:
            return " ; ".join(value)


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    # An apostrophe in front keeps spreadsheets from working out what a cell of somebody else says.
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue()
