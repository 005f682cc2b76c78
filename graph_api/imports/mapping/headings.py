"""Which column of a target each heading of a sheet means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from graph_api.errors import InvalidArgumentError
from graph_api.imports.mapping.targets import Column, Target, squeezed

CLOSE = 85.0
"""From this score on, out of 100, a heading that no column has is taken for the nearest one."""
_LEAD = 5.0
"""By so much the nearest has to be nearer than the next: otherwise nobody knows which one is meant."""
IGNORED = ""
"""The column that a heading is mapped to when it says nothing."""


class How(StrEnum):
    """How a heading was understood."""

    GIVEN = "given"
    EXACT = "exact"
    SAME = "same name"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A heading, the column that it means, how that was found, and how near they are, up to 100."""

    heading: str
    column: str
    how: How
    score: float = 100.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """The headings of a sheet that mean something, and those that do not."""

    target: Target
    matches: tuple[ColumnMatch, ...]
    ignored: tuple[str, ...]

    def columns(self) -> dict[str, Column]:
        """The columns by the headings that mean them."""
        found = {each.heading: self.target.column(each.column) for each in self.matches}
        return {heading: column for heading, column in found.items() if column is not None}

    def heading(self, column: str) -> str:
        """The heading that means a column; the column's own name where no heading does."""
        return next((each.heading for each in self.matches if each.column == column), column)

    def has(self, column: str) -> bool:
        """Whether a heading means this column."""
        return any(each.column == column for each in self.matches)


def overrides(texts: Sequence[str]) -> dict[str, str]:
    """Headings and what they mean, from ``HEADING=column``; raises ``InvalidArgumentError``."""
    found: dict[str, str] = {}
    for text in texts:
        heading, equals, column = text.rpartition("=")
        if not equals or not heading.strip():
            raise InvalidArgumentError(
                f"'{text[:80]}' maps nothing.",
                remedy="Write HEADING=column; HEADING= ignores the column.",
                argument="map",
                value=text[:80],
            )
        found[" ".join(heading.split())] = column.strip()
    return found


def map_columns(target: Target, headings: Sequence[str], given: dict[str, str]) -> Mapping:
    """What each heading means: as given, by a name of a column, or by the nearest one.

    Raises ``InvalidArgumentError`` when a column that was given does not exist.
    """
    best: dict[str, ColumnMatch] = {}
    for heading in headings:
        found = _given(target, heading, given) if heading in given else _guess(target, heading)
        if found is not None and found.column != IGNORED:
            earlier = best.get(found.column)
            if earlier is None or _rank(found) > _rank(earlier):
                best[found.column] = found
    taken = {each.heading for each in best.values()}
    matches = tuple(sorted(best.values(), key=lambda each: headings.index(each.heading)))
    return Mapping(target, matches, tuple(each for each in headings if each not in taken))


def _rank(match: ColumnMatch) -> tuple[bool, float, bool]:
    return match.how is How.GIVEN, match.score, match.how is How.EXACT


def _given(target: Target, heading: str, given: dict[str, str]) -> ColumnMatch:
    column = given[heading]
    if column != IGNORED and target.column(column) is None:
        names = [each.name for each in target.columns]
        near = process.extractOne(column, names, scorer=fuzz.ratio)
        raise InvalidArgumentError(
            f"{target.title} has no column '{column[:60]}'.",
            remedy=f"Did you mean {near[0]}? There are: {', '.join(names)}.",
            argument="map",
            value=column[:60],
        )
    return ColumnMatch(heading, column, How.GIVEN)


def _guess(target: Target, heading: str) -> ColumnMatch | None:
    if target.column(heading) is not None:
        return ColumnMatch(heading, heading, How.EXACT)
    wanted = squeezed(heading)
    if not wanted:
        return None
    names = dict(_names(target))
    if wanted in names:
        return ColumnMatch(heading, names[wanted], How.SAME)
    near = process.extract(wanted, list(names), scorer=fuzz.ratio, limit=5, score_cutoff=CLOSE - _LEAD)
    if not near or near[0][1] < CLOSE:
        return None
    others = [score for name, score, _ in near if names[name] != names[near[0][0]]]
    if others and near[0][1] - others[0] < _LEAD:
        return None
    return ColumnMatch(heading, names[near[0][0]], How.CLOSE, round(near[0][1], 1))


def _names(target: Target) -> Iterator[tuple[str, str]]:
    """Every spelling of every column; where two share one, the column whose own name it is comes last."""
    for own in (False, True):
        for column in target.columns:
            for name in (column.name,) if own else column.names:
                if squeezed(name):
                    yield squeezed(name), column.name
