"""The optimum of a slate, exactly, in a small part of the program.

First the relaxation, in which seats may be shared: its optimum bounds every slate, and its prices say what
choosing a candidate otherwise than it does would lose at least. A slate among the candidates with the
smallest prices shows how far from the bound the optimum can be; whoever's price is larger than that is
decided, and the rest is solved again when it was not all in. So only dozens of 5,000 candidates are left
to the search, and the result is still the optimum of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from time import monotonic

from graph_api.errors import InternalError
from graph_api.slates.problem import KEY, Bound, Candidate, Label, Problem, Rule
from graph_api.slates.program import LEAST_GAIN, Program, Relaxation, Relaxed, best_choice, took_too_long

SECONDS = 20.0
"""What all solutions for one slate may take together."""
_FIRST_PART = 120
"""Candidates among which a first slate is looked for: twice as many take longer, half as many miss it."""
_SURE = 0.25
"""How far the solver's prices may be off: far more than its tolerances, and less than one point."""


@dataclass(frozen=True, slots=True)
class Row:
    """One count of the program: a label of a rule."""

    rule: Rule
    label: Label

    @property
    def least(self) -> float:
        """The lower bound of the count."""
        return self.rule.number if self.rule.bound is Bound.AT_LEAST else 0

    def most(self, size: float) -> float:
        """The upper bound of the count of so many seats."""
        return self.rule.number if self.rule.bound is Bound.AT_MOST else size


class Solver:
    """A slate's program that is built once, and solved with and without single rules and candidates."""

    def __init__(self, problem: Problem, seconds: float = SECONDS) -> None:
        self.problem = problem
        self.candidates = tuple(sorted(problem.candidates, key=_best_first))
        self._end = monotonic() + seconds
        self._rows = [
            Row(rule, label)
            for rule, labels in zip(problem.rules, problem.labels, strict=True)
            for label in labels
        ]
        self._program = self._whole_program()
        self._relaxation = Relaxation(self._program)

    def best(
        self, without: Collection[Rule] = (), including: Candidate | None = None
    ) -> tuple[Candidate, ...] | None:
        """The best slate, the best candidate first; nothing where there is none.

        ``without`` are rules to leave out; ``including`` is a candidate that has to have a seat.
        Raises ``RequestTimeoutError`` when the time for the slate is used up.
        """
        size = self.problem.size
        bounds = [
            (0.0, float(size)) if row.rule in without else (row.least, row.most(size)) for row in self._rows
        ]
        for number, bound in enumerate(bounds, start=1):
            self._relaxation.bound_row(number, *bound)
        forced = None if including is None else self.candidates.index(including)
        if forced is None:
            relaxed = self._relaxation.solved(self._left())
        else:
            self._relaxation.bound_column(forced, 1)
            relaxed = self._relaxation.solved(self._left())
            self._relaxation.bound_column(forced, 0)
        if relaxed is None:
            return None
        bounds.insert(0, (float(size), float(size)))
        least, most = [each[0] for each in bounds], [each[1] for each in bounds]
        program = Program(self._program.gains, self._program.columns, least, most)
        return self._checked(self._whole(program, relaxed, forced), without)

    def _whole(self, program: Program, relaxed: Relaxed, forced: int | None) -> list[int] | None:
        """The best whole choice: among the columns that the relaxation leaves open, more where needed."""
        order = sorted(range(len(program.gains)), key=lambda column: relaxed.prices[column])
        order = [column for column in order if column != forced]
        part = order[:_FIRST_PART]
        chosen = self._part(program, relaxed, part, forced)
        if chosen is None:
            return self._part(program, relaxed, order, forced)
        gap = relaxed.total - sum(program.gains[column] for column in chosen) + _SURE
        needed = [column for column in order if relaxed.prices[column] <= gap]
        if len(needed) <= len(part):
            return chosen
        return self._part(program, relaxed, needed, forced)

    def _part(
        self, program: Program, relaxed: Relaxed, part: list[int], forced: int | None
    ) -> list[int] | None:
        """The best choice that takes all other columns as the relaxation has them."""
        opened = {*part, *([] if forced is None else [forced])}
        taken = [
            column
            for column, value in enumerate(relaxed.values)
            if column not in opened and value > LEAST_GAIN
        ]
        taken += [] if forced is None else [forced]
        least, most = list(program.least), list(program.most)
        for column in taken:
            for row in program.columns[column]:
                least[row] -= 1
                most[row] -= 1
        small = Program(
            [program.gains[column] for column in part],
            [program.columns[column] for column in part],
            least,
            most,
        )
        found = best_choice(small, self._left())
        return None if found is None else [*taken, *(part[column] for column in found)]

    def _checked(self, found: list[int] | None, without: Collection[Rule]) -> tuple[Candidate, ...] | None:
        if found is None:
            return None
        chosen = tuple(self.candidates[column] for column in sorted(found))
        if len(chosen) != self.problem.size or set(self.problem.broken(chosen)) - set(without):
            raise InternalError("The solver gave a slate that breaks its rules.")
        return chosen

    def _whole_program(self) -> Program:
        """All candidates; row 0 counts the seats."""
        numbers: defaultdict[Label, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows, start=1):
            numbers[row.label].append(number)
        counted = numbers.keys()
        columns = [
            [0, *(number for label in sorted(_labels(each) & counted) for number in numbers[label])]
            for each in self.candidates
        ]
        size = float(self.problem.size)
        least, most = (
            [size, *(row.least for row in self._rows)],
            [size, *(row.most(size) for row in self._rows)],
        )
        return Program([each.score for each in self.candidates], columns, least, most)

    def _left(self) -> float:
        left = self._end - monotonic()
        if left <= 0:
            raise took_too_long()
        return left


def total_of(chosen: Iterable[Candidate]) -> int:
    """The sum of the scores."""
    return sum(each.score for each in chosen)


def _best_first(candidate: Candidate) -> tuple[int, str]:
    return -candidate.score, candidate.key


def _labels(candidate: Candidate) -> frozenset[Label]:
    return candidate.labels | {(KEY, candidate.key)}
