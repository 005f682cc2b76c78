"""Scores made of what each criterion says, in whole numbers: the contributions add up exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.matching.weights import WHOLE

POINTS = WHOLE * WHOLE
"""The points of a perfect score."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one criterion says: a value in thousandths, what speaks for it, and what is missing.

    ``reason`` is empty when the value is 0, ``gap`` when it is the whole. ``sources`` are keys.
    """

    criterion: str
    value: int
    reason: str
    gap: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """An assessment with its weight in thousandths."""

    weight: int
    assessment: Assessment

    @property
    def points(self) -> int:
        """What it adds to the score, in points."""
        return self.weight * self.assessment.value


@dataclass(frozen=True)
class Score:
    """The score of what has this key."""

    key: str
    weighed: tuple[Weighed, ...]

    @cached_property
    def points(self) -> int:
        """All contributions together, from 0 to ``POINTS``."""
        return sum(each.points for each in self.weighed)

    @property
    def reasons(self) -> tuple[Weighed, ...]:
        """What adds to the score, the most first; their points add up to it."""
        found = (each for each in self.weighed if each.points)
        return tuple(sorted(found, key=lambda each: (-each.points, each.assessment.criterion)))

    @property
    def gaps(self) -> tuple[Weighed, ...]:
        """What is missing of a perfect score, the most first."""
        found = (each for each in self.weighed if each.weight and each.assessment.value < WHOLE)
        return tuple(
            sorted(
                found,
                key=lambda each: (each.weight * (each.assessment.value - WHOLE), each.assessment.criterion),
            )
        )

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands: by points, the most first, then by key."""
        return -self.points, self.key


def score_of(key: str, assessments: Iterable[Assessment], weights: Mapping[str, int]) -> Score:
    """The score under weights by criterion; a criterion without one weighs nothing and is left out."""
    weighed = (Weighed(weights.get(each.criterion, 0), each) for each in assessments)
    return Score(key, tuple(each for each in weighed if each.weight))


def ranked(scores: Iterable[Score]) -> Sequence[Score]:
    """The best first."""
    return sorted(scores, key=lambda each: each.place)
