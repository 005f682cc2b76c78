"""What commands may be refused for. Refusals are results, which clients are meant to handle."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ProblemCode(Enum):
    """Why a command was refused; nothing of it was stored."""

    NOT_FOUND = "Something that it names does not exist, or is not shown to this role."
    INVALID_VALUE = "A value cannot be stored."
    MISSING_SOURCE = "A fact needs a source, or the statement that it is own knowledge."
    ALREADY_THERE = "What it would add is there already."
    NOT_THERE = "What it would end or change is not there."
    NOT_ALLOWED = "A rule of the domain does not allow it; the field rule names it."
    STALE = "Something has changed since the version that was expected."
    DEPENDED_ON = "Later changes depend on what would be taken back."
    FORBIDDEN = "The role of the viewer may not do it."
    KEY_REUSED = "Another command was sent under the same idempotency key."


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a command was refused.

    ``field`` is the argument at fault, ``rule`` the rule that is broken, ``value`` what was given;
    ``changes`` are the numbers of the changes that stand in the way.
    """

    code: ProblemCode
    message: str
    field: str | None = None
    value: str | None = None
    rule: str | None = None
    remedy: str | None = None
    changes: tuple[int, ...] = ()


class Refusal(Exception):  # noqa: N818  # an expected result, not an error
    """A command that is not carried out; carries every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(each.message for each in problems))
        self.problems = problems
