"""Programs of zeros and ones for HiGHS: choose columns so that each row's count is within its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_api.errors import InternalError, RequestTimeoutError

if TYPE_CHECKING:
    import highspy

LEAST_GAIN = 0.5
"""Totals are whole numbers: whatever is within less than 1 of the bound is the optimum."""
_RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Program:
    """Gains to add up, and for each column the rows that count it; rows have a least and a most."""

    gains: Sequence[int]
    columns: Sequence[Sequence[int]]
    least: Sequence[float]
    most: Sequence[float]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum when columns may be chosen in part: no whole choice has a higher total.

    Choosing a column otherwise than its ``values`` says, which is then 0 or 1, loses at least its ``price``.
    """

    total: float
    values: tuple[float, ...]
    prices: tuple[float, ...]


class Relaxation:
    """A program that is solved again and again with other bounds; each solution begins at the last one."""

    def __init__(self, program: Program) -> None:
        self._model = _model(program, whole=False)

    def bound_row(self, row: int, least: float, most: float) -> None:
        """Give a row other bounds."""
        self._model.changeRowBounds(row, least, most)

    def bound_column(self, column: int, least: int) -> None:
        """Have a column chosen (1), or leave it free (0)."""
        self._model.changeColBounds(column, least, 1)

    def solved(self, seconds: float) -> Relaxed | None:
        """The optimum; nothing where no choice keeps the bounds. Raises ``RequestTimeoutError``."""
        if not _is_solved(self._model, seconds):
            return None
        solution = self._model.getSolution()
        total = self._model.getInfo().objective_function_value
        return Relaxed(total, tuple(solution.col_value), tuple(map(abs, solution.col_dual)))


def best_choice(program: Program, seconds: float) -> list[int] | None:
    """The columns with the highest total; nothing where no choice keeps the bounds.

    Raises ``RequestTimeoutError``.
    """
    model = _model(program, whole=True)
    if not _is_solved(model, seconds):
        return None
    values = model.getSolution().col_value
    return [column for column, value in enumerate(values) if value > LEAST_GAIN]


def _is_solved(model: highspy.Highs, seconds: float) -> bool:
    """Whether there is an optimum within the bounds."""
    import highspy

    # Its clock goes on from solution to solution.
    model.setOptionValue("time_limit", model.getRunTime() + seconds)
    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise took_too_long()
    # No program of zeros and ones is unbounded.
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return False
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
        raise InternalError(f"The solver ended a slate with {model.modelStatusToString(status)}.")
    return True


def took_too_long() -> RequestTimeoutError:
    """The error for a slate that is not found in its time."""
    return RequestTimeoutError(
        "Finding the best slate took too long.",
        remedy="Leave out constraints, or filter the candidates.",
        retry_after=_RETRY_SECONDS,
    )


def _model(program: Program, *, whole: bool) -> highspy.Highs:
    # Loading it takes 0.1 s with numpy, and most processes propose no slate.
    import highspy

    from graph_api.slates.quiet import QuietHighs

    count = len(program.gains)
    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = count, len(program.least)
    made.sense_ = highspy.ObjSense.kMaximize
    made.col_cost_ = [float(gain) for gain in program.gains]
    made.col_lower_, made.col_upper_ = [0.0] * count, [1.0] * count
    if whole:
        made.integrality_ = [highspy.HighsVarType.kInteger] * count
    made.row_lower_, made.row_upper_ = list(program.least), list(program.most)
    starts = [0]
    for rows in program.columns:
        starts.append(starts[-1] + len(rows))
    made.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    made.a_matrix_.start_ = starts
    made.a_matrix_.index_ = [row for rows in program.columns for row in rows]
    made.a_matrix_.value_ = [1.0] * starts[-1]
    model: highspy.Highs = QuietHighs()  # type: ignore[no-untyped-call]  # HiGHS declares none
    for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", LEAST_GAIN)):
        model.setOptionValue(name, value)
    model.passModel(made)
    return model
