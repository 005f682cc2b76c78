"""Nothing that a role may not see leaves a trace in what the role is answered, whatever it asks.

Two graphs that differ only in what a role may not see give that role the same bytes: the same data,
counts, groups, orders, cursors and errors, for random operations over the real ontology. It is the
definition of non-interference (Goguen and Meseguer, 1982), so it covers ways to leak that nobody has
thought of. That the operations can tell the graphs apart, a role that sees everything shows.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import cast

import pytest
from strawberry.types.execution import ExecutionResult

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.errors import ErrorCode
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.runtime import Runtime, runtime_of
from schema import ontology
from schema.vocabulary import Role
from tests.fuzz.comparison import Response, response_of
from tests.fuzz.operations import Operation, Writer, ambiguous_names
from tests.fuzz.values import Inputs
from tests.visibility.marked_graph import MARK, MarkedGraph, Variants

OPERATIONS = 160
"""For each role, each asked twice on each of two graphs: the second time with cursors of the first answer."""
SEEDS = (1, 2)
"""Of the random graphs. The operations are divided among them."""
_RESTRICTED = re.compile(r"contact|application|judgement|focalPoint|reviews", re.IGNORECASE)
_ENCODED = re.compile(r"[A-Za-z0-9_-]{12,}")
# What the random operations seldom put together.
BY_HAND = (
    '{ applications { totalCount groups(by: [STATUS]) { keys count } } application(key: "k-1") { name } }',
    '{ entity(key: "k-1") { __typename key } again: entity(key: "SECRET-1") { key } }',
    '{ entity(key: "Application:k-1") { name } nodes(ids: ["QXBwbGljYXRpb246ay0x"]) { id } }',
    "{ organizations(orderBy: [{ applicationsCount: DESC }]) { edges { cursor node { key } } } }",
    "{ organizations(where: { applicationsCount: { gte: 1 } }) { totalCount nodes { key contactName } } }",
    "{ organizations(where: { identityJudgements: { none: {} } }) { totalCount } }",
    "{ organizations(where: { not: { applications: { some: {} } } }) { pageInfo { endCursor } } }",
    "{ organizations { groups(by: [APPLICATIONS, IDENTITY_JUDGEMENTS]) { keys count } } }",
    '{ organizations(where: { contactName: { contains: "secret" } }) { totalCount } }',
    "{ organizations(orderBy: [{ contactName: ASC }], first: 1) { edges { cursor } } }",
    "{ events { nodes { key applications { totalCount nodes { name organization { name } } } } } }",
    "{ governmentCounterparts { nodes { key contactName contactEmail reviews { totalCount } } } }",
    "{ countryReviews(orderBy: [{ focalPointsCount: ASC }]) { nodes { focalPoints { nodes { name } } } } }",
    "{ registerEntries { nodes { key identityJudgements { totalCount nodes { nameA nameB } } } } }",
    "{ identityJudgements { totalCount nodes { name organizations { nodes { key } } } } }",
)


@dataclass(frozen=True, slots=True)
class Interview:
    """What a role was asked on a graph, and the answers as clients get them."""

    asked: tuple[str, ...]
    answers: tuple[str, ...]

    def differences(self, other: Interview) -> list[str]:
        """The operations that were answered in different bytes."""
        answers = zip(self.asked, self.answers, other.answers, strict=True)
        return [f"{asked}\n  {mine}\n  {theirs}" for asked, mine, theirs in answers if mine != theirs]

    @property
    def marked(self) -> list[str]:
        """The operations whose answers hold a mark, plain or encoded."""
        return [asked for asked, answer in zip(self.asked, self.answers, strict=True) if _has_mark(answer)]


def _has_mark(answer: str) -> bool:
    if MARK in answer:
        return True
    for text in _ENCODED.findall(answer):
        # A text that is none gives some bytes or other.
        if MARK.encode() in base64.urlsafe_b64decode(
            text + "=" * (-len(text) % 4) if len(text) % 4 != 1 else ""
        ):
            return True
    return False


@pytest.fixture(scope="module")
def operations() -> Callable[[Runtime, int], list[Operation]]:
    """The operations for a graph, half of them about something restricted; drawn once."""
    drawn: dict[int, list[Operation]] = {}

    def of(runtime: Runtime, seed: int) -> list[Operation]:
        if seed not in drawn:
            drawn[seed] = list(_operations(runtime, seed))
        return drawn[seed]

    return of


def _operations(runtime: Runtime, seed: int) -> list[Operation]:
    kinds = tuple(kind.name for kind in ontology.kinds())
    core = runtime.schema.core
    ambiguous = ambiguous_names(core)
    found = [Operation(text, ()) for text in BY_HAND]
    number = 0
    while len(found) < OPERATIONS // len(SEEDS):
        number += 1
        rng = Random(f"interference {seed} {number}")
        operation = Writer(core, Inputs(kinds, rng), ambiguous, rng).operation()
        if len(found) % 2 or _RESTRICTED.search(operation.text):
            found.append(operation)
    return found


@pytest.fixture(scope="module")
def runtime(store: BoltStore) -> Runtime:
    """One for all roles, so that what was planned for one could be used for another."""
    return runtime_of(ontology, store)


async def fill(
    store: BoltStore, seed: int, variants: Variants, restricted: frozenset[str] = frozenset()
) -> None:
    await store.write([Statement("MATCH (n) DETACH DELETE n")])
    await apply_definitions(store, definitions_of(ontology))
    await store.write(list(MarkedGraph(ontology, seed, variants, restricted).statements()))


async def interview(runtime: Runtime, asked: list[Operation], role: Role) -> Interview:
    texts, answers = [], []
    for number, operation in enumerate(asked):
        rng = Random(f"values {number}")
        values = operation.values(rng)
        for _ in range(2):
            runtime.compiled = number % 3 > 0
            answer = await _ask(runtime, operation, values, role)
            texts.append(f"{role.name}: {operation.text}\n  {values}")
            answers.append(json.dumps(answer))
            values = values | operation.cursors(answer["data"], rng)
    runtime.compiled = True
    return Interview(tuple(texts), tuple(answers))


async def _ask(runtime: Runtime, operation: Operation, values: Mapping[str, object], role: Role) -> Response:
    context = {RUNTIME: runtime, ROLE: role.name}
    result = await runtime.schema.strawberry.execute(
        operation.text, variable_values=dict(values), context_value=context
    )
    assert isinstance(result, ExecutionResult)
    return response_of(result)


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_a_role_may_not_see_leaves_no_trace(
    store: BoltStore, runtime: Runtime, operations: Callable[[Runtime, int], list[Operation]], seed: int
) -> None:
    asked = operations(runtime, seed)
    # Given what each role is answered, the one that sees most first.
    await fill(store, seed, {"RESEARCHER": 1, "CSU": 1})
    officer, researcher, public = [
        await interview(runtime, asked, role) for role in (Role.CSU, Role.RESEARCHER, Role.PUBLIC)
    ]
    # When what officers alone may see becomes something else.
    await fill(store, seed, {"RESEARCHER": 1, "CSU": 2})
    researcher_again = await interview(runtime, asked, Role.RESEARCHER)
    # And then everything that the public may not see.
    await fill(store, seed, {"RESEARCHER": 2, "CSU": 2})
    officer_again = await interview(runtime, asked, Role.CSU)
    public_again = await interview(runtime, asked, Role.PUBLIC)

    # Then neither researchers nor the public are answered anything else.
    assert researcher.differences(researcher_again) == []
    assert public.differences(public_again) == []
    # No secret of others stands in an answer: a researcher's may hold those of researchers.
    assert public.marked == []
    # And all of this means something: officers see the secrets, and see that they changed.
    assert len(officer.marked) > len(asked) // 8
    assert len(officer.differences(officer_again)) > len(asked) // 4
    assert len(researcher.differences(public)) > len(asked) // 20
    _check_variety(public)


def _check_variety(public: Interview) -> None:
    """The public got answers with data, and was refused filters and orders by what it may not see."""
    answers = [cast("dict[str, object]", json.loads(answer)) for answer in public.answers]
    refused = [answer for answer in public.answers if ErrorCode.FORBIDDEN in answer]
    assert len(refused) > 2
    assert sum(answer["errors"] == [] for answer in answers) > len(answers) // 2
    assert not [answer for answer in public.answers if "INTERNAL" in answer or "DATABASE" in answer]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_graphs_differ_in_what_is_restricted_alone(seed: int) -> None:
    """The premise, by the declarations: what a role may see is the same, and what it may not see is not."""
    both, officers, one = (
        MarkedGraph(ontology, seed, variants)
        for variants in (
            {"RESEARCHER": 2, "CSU": 2},
            {"RESEARCHER": 1, "CSU": 2},
            {"RESEARCHER": 1, "CSU": 1},
        )
    )
    for graph in (both, officers, one):
        assert len(list(graph.statements())) > 150

    assert both.seen_by("PUBLIC") == officers.seen_by("PUBLIC") == one.seen_by("PUBLIC")
    assert officers.seen_by("RESEARCHER") == one.seen_by("RESEARCHER")
    assert both.seen_by("RESEARCHER") != officers.seen_by("RESEARCHER")
    assert officers.seen_by("CSU") != one.seen_by("CSU")
    assert MARK not in repr(one.seen_by("PUBLIC"))
    assert len(one.seen_by("PUBLIC")) > 0.8 * len(one.seen_by("CSU"))
