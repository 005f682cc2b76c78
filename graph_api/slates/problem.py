"""What a slate is chosen from and what it has to keep: candidates with whole-number scores, and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from graph_api.errors import InvalidArgumentError, LimitExceededError

MOST_CANDIDATES = 20_000
MOST_RULES = 50
MOST_SEATS = 500
MOST_SCORE = 10_000_000
"""The solver calculates in floating point: 500 such scores add up to far less than 2^53."""
_SHOWN = 80
Label: TypeAlias = "tuple[str, str]"
"""A scheme and a value in it: whatever candidates are counted by."""
KEY = "key"
"""The scheme of every candidate's own key, for rules that fix it in or out."""


class Bound(Enum):
    """Which way a rule bounds a count."""

    AT_LEAST = "At least so many."
    AT_MOST = "At most so many."


@dataclass(frozen=True, slots=True)
class Candidate:
    """What can have a seat. ``score`` is a whole number from 0 on; a scheme may have several labels of it."""

    key: str
    score: int
    labels: frozenset[Label] = frozenset()

    def has(self, label: Label) -> bool:
        """Whether it counts under a label; under its own key it always does."""
        return label in self.labels or label == (KEY, self.key)


@dataclass(frozen=True, slots=True)
class Rule:
    """At least or at most so many seats for those with a label.

    Without a ``value`` the rule holds for each value of the scheme that a candidate has, one by one.
    """

    name: str
    bound: Bound
    number: int
    scheme: str
    value: str | None = None

    def keeps(self, count: int) -> bool:
        """Whether so many seats for one label are within the rule."""
        return count >= self.number if self.bound is Bound.AT_LEAST else count <= self.number


def fixed_in(key: str) -> Rule:
    """The rule that a candidate has a seat."""
    return Rule(f"with {key}", Bound.AT_LEAST, 1, KEY, key)


def fixed_out(key: str) -> Rule:
    """The rule that a candidate has none."""
    return Rule(f"without {key}", Bound.AT_MOST, 0, KEY, key)


@dataclass(frozen=True)
class Problem:
    """``size`` seats for the candidates, with rules; names of rules and keys of candidates are unique.

    Raises ``InvalidArgumentError`` for what contradicts itself and ``LimitExceededError`` for too much.
    """

    candidates: tuple[Candidate, ...]
    size: int
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        _check_limits(self)
        _check_candidates(self.candidates)
        _check_rules(self)

    @cached_property
    def labels(self) -> tuple[tuple[Label, ...], ...]:
        """The labels that each rule counts, in the order of the rules."""
        found = sorted({label for each in self.candidates for label in each.labels})
        return tuple(_labels_of(rule, found) for rule in self.rules)

    def broken(self, chosen: Sequence[Candidate]) -> list[Rule]:
        """The rules that a selection does not keep."""
        counts = Counter(label for each in chosen for label in (*each.labels, (KEY, each.key)))
        return [
            rule
            for rule, labels in zip(self.rules, self.labels, strict=True)
            if not all(rule.keeps(counts[label]) for label in labels)
        ]


def _labels_of(rule: Rule, found: Sequence[Label]) -> tuple[Label, ...]:
    if rule.value is not None:
        return ((rule.scheme, rule.value),)
    return tuple(label for label in found if label[0] == rule.scheme)


def _check_limits(problem: Problem) -> None:
    for name, value, most in (
        ("candidates", len(problem.candidates), MOST_CANDIDATES),
        ("rules", len(problem.rules), MOST_RULES),
        ("seats", problem.size, MOST_SEATS),
    ):
        if value > most:
            raise LimitExceededError(
                f"A slate can have at most {most:,} {name}; these are {value:,}.",
                limit_name=f"slate_{name}",
                value=value,
                limit=most,
            )
    if problem.size < 1:
        raise InvalidArgumentError(
            f"'size' is {problem.size}; a slate has a seat.", argument="size", value=problem.size
        )
    if problem.size > len(problem.candidates):
        raise InvalidArgumentError(
            f"There are {problem.size} seats and {len(problem.candidates)} candidates.",
            remedy="Ask for fewer seats, or filter less.",
            argument="size",
            value=problem.size,
        )


def _check_candidates(candidates: Sequence[Candidate]) -> None:
    twice = [key for key, count in Counter(each.key for each in candidates).items() if count > 1]
    if twice:
        raise InvalidArgumentError(f"The candidate '{twice[0][:_SHOWN]}' is given twice.", value=twice[0])
    for each in candidates:
        if not 0 <= each.score <= MOST_SCORE:
            raise InvalidArgumentError(
                f"The score of '{each.key[:_SHOWN]}' is {each.score}; it goes from 0 to {MOST_SCORE}.",
                value=each.score,
            )


def _check_rules(problem: Problem) -> None:
    keys = {each.key for each in problem.candidates}
    names = Counter(rule.name for rule in problem.rules)
    for rule in problem.rules:
        place = {"argument": "constraints", "value": rule.name[:_SHOWN]}
        if names[rule.name] > 1:
            raise InvalidArgumentError(f"The constraint '{rule.name[:_SHOWN]}' is given twice.", **place)
        if rule.number < 0:
            raise InvalidArgumentError(f"The constraint '{rule.name[:_SHOWN]}' counts below zero.", **place)
        if rule.scheme == KEY and (rule.value is None or rule.value not in keys):
            raise InvalidArgumentError(
                f"The constraint '{rule.name[:_SHOWN]}' names no candidate.",
                remedy="Name the key of a candidate.",
                **place,
            )
