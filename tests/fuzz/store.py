"""A store without a database: it answers every statement with random rows that fit its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from graph_api.cypher.dialect import NEO4J, Dialect
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Profile, Row, Transaction
from graph_api.errors import DatabaseConflictError, DatabaseTimeoutError
from graph_api.plan.tree import RootPlan
from graph_api.serve.execution.plan_cache import CompiledField, PlanCache
from graph_api.values import Value
from tests.fuzz.rows import RowWriter


@dataclass(slots=True, repr=False)
class WatchedPlans(PlanCache):
    """Remembers the plan of every text, and counts the rows that a generated shaper accepted."""

    plans: dict[str, RootPlan] = field(default_factory=dict)
    shaped: int = 0

    def field(self, *arguments: Any, **named: Any) -> CompiledField:  # whatever the cache asks for
        """The compiled field, with a shaper that counts."""
        compiled = PlanCache.field(self, *arguments, **named)
        self.plans[compiled.text] = compiled.planned.plan

        def shaper(value: object, parameters: Mapping[str, Value]) -> object:
            made = compiled.shaper(value, parameters)
            self.shaped += 1
            return made

        return replace(compiled, shaper=shaper)


@dataclass(slots=True, repr=False)
class RandomStore:
    """Gives the same rows for the same statement until ``begin`` is called again.

    The rows are handed out as they are, not copied: an execution that changed them would be seen.
    """

    plans: WatchedPlans
    seed: str = ""
    faults: int = 0
    spoiled: int = 0
    """How many statements got faulty answers."""
    given: list[Row] | Exception | None = None
    """What to answer instead of random rows."""
    answers: dict[str, list[Row] | Exception] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    @property
    def dialect(self) -> Dialect:
        """Any engine's: nothing is sent to one."""
        return NEO4J

    def begin(self, seed: str, faults: int) -> None:
        """Forget the rows; the next ones have so many faults for each statement."""
        self.seed, self.faults, self.spoiled = seed, faults, 0
        self.answers.clear()
        self.statements.clear()

    async def read(self, statement: Statement) -> list[Row]:
        """Random rows, or a random error of a database."""
        self.statements.append(statement)
        known = f"{statement.text} {statement.parameters!r}"
        if self.given is None and known not in self.answers:
            self.answers[known] = self._answer(statement, Random(f"{self.seed} {known}"))
        answer = self.given or self.answers[known]
        if isinstance(answer, Exception):
            # A raised exception remembers where it was raised; each execution needs one of its own.
            raise type(answer)(*answer.args)
        return answer

    def _answer(self, statement: Statement, rng: Random) -> list[Row] | Exception:
        writer = RowWriter(rng, statement.parameters)
        rows = writer.rows(self.plans.plans[statement.text])
        if not self.faults:
            return rows
        self.spoiled += 1
        roll = rng.random()
        if roll < 0.03:
            return rng.choice(([], [*rows, *rows]))
        if roll < 0.06:
            return rng.choice((DatabaseTimeoutError("Too slow."), DatabaseConflictError("Lost.")))
        if roll < 0.08:
            return RuntimeError("A defect.")
        writer.spoil(self.faults)
        return rows

    async def profile(self, statement: Statement) -> Profile:
        """Refused: there is no database whose work could be counted."""
        raise NotImplementedError("This store only answers reads.")

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Refused: only reading is tested."""
        raise NotImplementedError("This store only answers reads.")

    async def write(self, statements: Sequence[Statement]) -> None:
        """Refused: only reading is tested."""
        raise NotImplementedError("This store only answers reads.")

    async def verify(self) -> None:
        """It always answers."""

    async def close(self) -> None:
        """There is nothing to give back."""
