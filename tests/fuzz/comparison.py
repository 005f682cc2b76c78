"""One operation on the same rows: by generated shapers, completed by graphql-core, and the short way.

The short way is what the server does with an operation that it answered before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeAlias, cast

from graphql import GraphQLSchema, parse, validate
from strawberry.types.execution import ExecutionResult

from graph_api.ontology.model import Ontology
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.execution.lane import ALREADY_READ, Read
from graph_api.serve.runtime import Runtime, runtime_of
from tests.fuzz.operations import Operation, Writer, ambiguous_names
from tests.fuzz.store import RandomStore, WatchedPlans
from tests.fuzz.values import Inputs

Response: TypeAlias = dict[str, object]
_INCIDENT = re.compile(r"\b[0-9a-f]{12}\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """The responses to an operation, and how the rows of the first were made into one.

    ``short`` has one for each time that the short way began; ``taken`` counts those it went to the end.
    """

    compiled: Response
    completed: Response
    short: tuple[Response, ...]
    shaped: int
    given_up: int
    spoiled: int
    taken: int

    @property
    def errors(self) -> list[dict[str, object]]:
        """The errors of the compiled response."""
        return cast("list[dict[str, object]]", self.compiled["errors"])

    @property
    def has_defect(self) -> bool:
        """Whether a root field failed as a whole, for a reason that clients are not told."""
        return "INCIDENT" in json.dumps(self.compiled["errors"])

    @property
    def refused_by_validation(self) -> bool:
        """Whether nothing was executed. A null that decides ``@skip`` of a root field is found later."""
        return any(
            "path" not in error and "Expected variable" not in str(error["message"]) for error in self.errors
        )

    @property
    def differ(self) -> bool:
        """Whether anything differs: data, the order of its keys, errors, their order."""
        return len({json.dumps(each) for each in (self.compiled, self.completed, *self.short)}) > 1


@dataclass(slots=True, repr=False)
class Bench:
    """Executes random operations of one schema over random rows."""

    runtime: Runtime
    store: RandomStore
    plans: WatchedPlans
    kinds: tuple[str, ...]
    ambiguous: frozenset[str]

    @classmethod
    def of(cls, ontology: Ontology) -> Bench:
        """Prepare the schema once."""
        plans = WatchedPlans()
        store = RandomStore(plans)
        runtime = runtime_of(ontology, store)
        runtime.plans = plans
        kinds = tuple(kind.name for kind in ontology.kinds())
        return cls(runtime, store, plans, kinds, ambiguous_names(runtime.schema.core))

    @property
    def public(self) -> str:
        """The role that sees least."""
        return self.runtime.vocabulary.ontology.public

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles of the ontology; an empty one where it has none."""
        return self.runtime.vocabulary.ontology.roles or ("",)

    def forget_plans(self) -> None:
        """Begin with an empty cache of plans."""
        self.use(WatchedPlans())

    def use(self, plans: WatchedPlans) -> None:
        """Plan with this cache from now on."""
        self.plans = self.runtime.plans = self.store.plans = plans

    @property
    def core(self) -> GraphQLSchema:
        """The schema as graphql-core knows it."""
        return self.runtime.schema.core

    def operation(self, rng: Random) -> Operation:
        """A random valid operation."""
        return Writer(self.core, Inputs(self.kinds, rng), self.ambiguous, rng).operation()

    async def execute(
        self,
        operation: Operation,
        values: Mapping[str, object],
        role: str,
        already_read: Mapping[str, Read] | None = None,
    ) -> ExecutionResult:
        """The result on the store's present rows, in the runtime's present mode."""
        result = await self.runtime.schema.strawberry.execute(
            operation.text,
            variable_values=dict(values),
            context_value={RUNTIME: self.runtime, ROLE: role, ALREADY_READ: already_read or {}},
        )
        assert isinstance(result, ExecutionResult)
        return result

    async def short(self, operation: Operation, values: Mapping[str, object], role: str) -> list[Response]:
        """The response of the short way; where it gives up after reading, of what then goes on from there."""
        known = self.runtime.documents.operation(operation.text, None)
        read: dict[str, Read] = {}
        found = await self.runtime.lane.answer(self.runtime, known, values, role, read) if known else None
        if found is not None:
            return [{"data": found.data, "errors": []}]
        return [response_of(await self.execute(operation, values, role, read))] if read else []

    async def pair(self, operation: Operation, values: Mapping[str, object], seed: str, faults: int) -> Pair:
        """All executions on rows with so many faults for each statement, for a random role."""
        role = Random(seed).choice(self.roles)
        if faults:
            # An operation becomes known by an answer without errors.
            self.store.begin(seed, 0)
            await self.execute(operation, values, role)
        self.store.begin(seed, faults)
        self.runtime.completed_rows = self.plans.shaped = self.runtime.lane.taken = 0
        short = await self.short(operation, values, role)
        self.runtime.completed_rows = self.plans.shaped = 0
        compiled = response_of(await self.execute(operation, values, role))
        shaped, given_up = self.plans.shaped, self.runtime.completed_rows
        short += await self.short(operation, values, role)
        before = self.plans.shaped
        self.runtime.compiled = False
        try:
            completed = response_of(await self.execute(operation, values, role))
        finally:
            self.runtime.compiled = True
        assert self.plans.shaped == before, "graphql-core completes nothing that a shaper made"
        taken = self.runtime.lane.taken
        return Pair(compiled, completed, tuple(short), shaped, given_up, self.store.spoiled, taken)

    def is_valid(self, operation: Operation) -> bool:
        """Whether GraphQL's rules accept the operation."""
        return not validate(self.core, parse(operation.text))


def response_of(result: ExecutionResult) -> Response:
    """The response as a client sees it, but for the ids of incidents, which are never the same twice."""
    errors = [
        json.loads(_INCIDENT.sub("INCIDENT", json.dumps(each.formatted))) for each in result.errors or ()
    ]
    return {"data": result.data, "errors": errors}
