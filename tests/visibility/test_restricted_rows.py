"""Single nodes that a role may not see leave no trace either, and nothing else is hidden with them.

Random graphs of the real ontology, in which some nodes of many kinds are restricted. First as in
``test_no_interference``: graphs that differ only in restricted nodes give the same bytes. Then
against the graph from which those nodes were really deleted: it gives the same bytes as well, to
statements that check nothing.
"""

from __future__ import annotations

import json
from random import Random

import pytest

from graph_api.changes.version import raise_version, set_restricted
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.ontology.model import RESTRICTED_LEVEL
from graph_api.serve.runtime import Runtime, runtime_of
from schema import ontology
from schema.vocabulary import Role
from tests.fuzz.operations import Operation, Writer, ambiguous_names
from tests.fuzz.values import Inputs
from tests.visibility.marked_graph import MarkedGraph, Variants
from tests.visibility.test_no_interference import Interview, fill, interview

OPERATIONS = 56
"""For each role, each asked twice on each of two graphs."""
SEEDS = (1, 2)
PRUNE = Statement(
    f"MATCH (n) WHERE n.{RESTRICTED_LEVEL} > $level DETACH DELETE n",
    {"level": ontology.roles.index("PUBLIC")},
)
KEYS = " ".join(f'"row-{role}-{number}"' for role in ("researcher", "csu") for number in (1, 2))
# What the random operations seldom put together.
BY_HAND = (
    f"{{ organizations(where: {{ key: {{ in: [{KEYS}] }} }}) {{ totalCount nodes {{ key name }} }} }}",
    '{ organization(key: "row-csu-1") { key } region(key: "row-csu-2") { ancestors { nodes { key } } } }',
    '{ entity(key: "row-csu-1") { key } again: entity(key: "Region:row-researcher-1") { key name } }',
    '{ nodes(ids: ["T3JnYW5pemF0aW9uOnJvdy1jc3UtMQ", "UmVnaW9uOnJvdy1yZXNlYXJjaGVyLTE"]) { id } }',
    '{ node(id: "T3JnYW5pemF0aW9uOnJvdy1jc3UtMQ") { id __typename } }',
    '{ organizations(where: { country: { within: ["row-csu-1"] } }) { totalCount } }',
    '{ organizations(where: { themes: { some: { node: { within: ["row-csu-2"] } } } }) { totalCount } }',
    "{ regions { totalCount nodes { key descendants { totalCount nodes { key } } } } }",
    "{ regions { nodes { key ancestors { totalCount nodes { key name } } } } }",
    "{ thematicAreas { nodes { key descendants(first: 2) { totalCount edges { cursor node { key } } } } } }",
    '{ regions(where: { ancestors: { some: { node: { key: { ne: "x" } } } } }) { nodes { key } } }',
    "{ regions(where: { descendants: { none: {} } }) { totalCount nodes { key } } }",
    "{ regions(where: { ancestors: { single: {} } }) { totalCount nodes { key } } }",
    "{ organizations(orderBy: [{ membershipsCount: DESC }]) { edges { cursor node { key } } } }",
    "{ organizations(orderBy: [{ country: { name: ASC } }]) { edges { cursor node { key } } } }",
    "{ organizations(where: { membershipsCount: { gte: 1 } }) { totalCount nodes { key } } }",
    "{ organizations(where: { themes: { every: { level: { isNull: true } } } }) { totalCount } }",
    "{ organizations(where: { memberships: { single: {} } }) { totalCount } }",
    "{ organizations { groups(by: [COUNTRY, THEMES], rollUp: true) { keys count } } }",
    "{ organizations { groups(by: [MEMBERSHIPS, COUNTRY]) { keys count } } }",
    "{ organizations { nodes { key sources { key name } memberships { edges { sources { key } } } } } }",
    "{ events(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { key sources { key } } } }",
    "{ sources { totalCount nodes { key name } } }",
)


@pytest.fixture(scope="module")
def runtime(store: BoltStore) -> Runtime:
    return runtime_of(ontology, store)


def kinds_of(seed: int) -> frozenset[str]:
    """Most kinds, so that interfaces have kinds of both sorts."""
    rng = Random(f"restricted {seed}")
    return frozenset(kind.name for kind in ontology.kinds() if rng.random() < 0.7) | {
        "Organization",
        "Region",
    }


def operations_of(runtime: Runtime, seed: int) -> list[Operation]:
    kinds = tuple(kind.name for kind in ontology.kinds())
    found = [Operation(text, ()) for text in BY_HAND]
    core = runtime.schema.core
    for number in range(OPERATIONS - len(found)):
        rng = Random(f"rows {seed} {number}")
        found.append(Writer(core, Inputs(kinds, rng), ambiguous_names(core), rng).operation())
    return found


async def restrict(store: BoltStore, runtime: Runtime, kinds: frozenset[str]) -> None:
    """Say in the graph which kinds hold restricted nodes, as a command does."""
    await store.write([raise_version(), set_restricted(kinds)])
    await runtime.versions.ask()


async def filled(store: BoltStore, runtime: Runtime, seed: int, variants: Variants) -> None:
    await fill(store, seed, variants, kinds_of(seed))
    await restrict(store, runtime, kinds_of(seed))


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_restricted_node_leaves_no_trace_and_nothing_else_is_hidden(
    store: BoltStore, runtime: Runtime, seed: int
) -> None:
    asked = operations_of(runtime, seed)
    # Given what each role is answered.
    await filled(store, runtime, seed, {"RESEARCHER": 1, "CSU": 1})
    officer, researcher, public = [
        await interview(runtime, asked, role) for role in (Role.CSU, Role.RESEARCHER, Role.PUBLIC)
    ]
    # When the nodes that only officers see become others, and then those of researchers too.
    await filled(store, runtime, seed, {"RESEARCHER": 1, "CSU": 2})
    researcher_again = await interview(runtime, asked, Role.RESEARCHER)
    await filled(store, runtime, seed, {"RESEARCHER": 2, "CSU": 2})
    officer_again, public_again = [await interview(runtime, asked, role) for role in (Role.CSU, Role.PUBLIC)]

    # And when all that the public may not see is deleted, and no kind is said to hold any.
    await store.write([PRUNE])
    await restrict(store, runtime, frozenset())
    pruned = await interview(runtime, asked, Role.PUBLIC)

    # Then who may not see them is answered the same bytes, without a secret in them.
    assert researcher.differences(researcher_again) == []
    assert public.differences(public_again) == []
    assert public.marked == []
    assert public.differences(pruned) == []
    # And who sees them sees that they changed.
    assert len(officer.marked) > 4
    assert len(officer.differences(officer_again)) > len(asked) // 5
    assert len(researcher.differences(public)) > len(asked) // 5
    assert _without_defects(public)


def _without_defects(interviewed: Interview) -> bool:
    answers = [json.loads(answer) for answer in interviewed.answers]
    assert sum(answer["errors"] == [] for answer in answers) > len(answers) // 2
    return not [each for each in interviewed.answers if "INTERNAL" in each or "DATABASE" in each]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_graphs_differ_in_restricted_nodes_alone(seed: int) -> None:
    """The premise, by the levels: what a role may see is the same, and what it may not see is not."""
    graphs = [
        MarkedGraph(ontology, seed, variants, kinds_of(seed))
        for variants in (
            {"RESEARCHER": 1, "CSU": 1},
            {"RESEARCHER": 1, "CSU": 2},
            {"RESEARCHER": 2, "CSU": 2},
        )
    ]
    for graph in graphs:
        assert list(graph.statements())
    first, officers, both = graphs

    assert first.seen_by("PUBLIC") == officers.seen_by("PUBLIC") == both.seen_by("PUBLIC")
    assert first.seen_by("RESEARCHER") == officers.seen_by("RESEARCHER")
    assert officers.seen_by("RESEARCHER") != both.seen_by("RESEARCHER")
    assert first.seen_by("CSU") != officers.seen_by("CSU")
    for graph in graphs:
        assert sum(RESTRICTED_LEVEL in node.properties for node in graph.nodes) > 12
