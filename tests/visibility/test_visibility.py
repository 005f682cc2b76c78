"""To a viewer, what the role may not see does not exist: not in lists, counts, filters, orders or groups."""

from __future__ import annotations

import json

import pytest
from strawberry.types.execution import ExecutionResult

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.errors import ErrorCode, InvalidOntologyError
from graph_api.imports import count_graph
from graph_api.ontology import resolve
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.runtime import Runtime, runtime_of
from tests.visibility.domain import (
    ARCHIVE,
    FILL,
    PRUNE,
    SECRET,
    Author,
    Contact,
    HelpedBy,
    Informant,
    Item,
    Origin,
    Report,
    Role,
)

HELPERS = "{ totalCount nodes { __typename key name } edges { payment node { key } } }"
OPERATIONS = (
    "{ reports { totalCount nodes { key name assessment } } }",
    "{ informants { totalCount nodes { key name } groups(by: [REPORTS]) { keys count } } }",
    f'{{ informant(key: "{SECRET}-i") {{ key name }} }}',
    f'{{ item(key: "{SECRET}-i") {{ key name }} node(id: "SW5mb3JtYW50OlNFQ1JFVC1p") {{ id }} }}',
    '{ nodes(ids: ["SW5mb3JtYW50OlNFQ1JFVC1p", "UmVwb3J0OmE"]) { id } }',
    f"{{ reports(orderBy: [{{ year: DESC }}]) {{ nodes {{ key helpers {HELPERS} informant {{ key }} }} }} }}",
    "{ reports { nodes { key contradicts { totalCount nodes { key } } contradictedBy { totalCount } } } }",
    "{ reports(where: { helpersCount: { gte: 1 } }) { totalCount nodes { key } } }",
    "{ reports(orderBy: [{ helpersCount: DESC }], first: 1) { nodes { key } pageInfo { endCursor } } }",
    "{ reports(orderBy: [{ informant: { name: ASC } }]) { edges { cursor node { key } } } }",
    '{ reports(where: { helpers: { some: { node: { name: { contains: "secret" } } } } }) { nodes { key } } }',
    "{ reports(where: { helpers: { none: {} } }) { nodes { key } } }",
    "{ reports(where: { helpers: { every: { node: { author: {} } } } }) { nodes { key } } }",
    "{ reports(where: { helpers: { single: {} } }) { nodes { key } } }",
    "{ reports(where: { informant: {} }) { totalCount nodes { key } } }",
    "{ reports(where: { contradicts: { some: {} } }) { totalCount } }",
    "{ reports { groups(by: [HELPERS]) { keys count } other: groups(by: [INFORMANT]) { keys count } } }",
    "{ authors { nodes { key reports(where: { node: { year: { gt: 2000 } } }) { nodes { key } } } } }",
)


def archive(store: BoltStore) -> Runtime:
    return runtime_of(ARCHIVE, store)


async def ask(runtime: Runtime, operation: str, role: Role) -> ExecutionResult:
    context = {RUNTIME: runtime, ROLE: role.name}
    result = await runtime.schema.strawberry.execute(operation, context_value=context)
    assert isinstance(result, ExecutionResult)
    return result


async def test_the_public_sees_what_a_graph_without_secrets_would_show(empty_store: BoltStore) -> None:
    # Given the public's answers on the whole graph.
    await empty_store.write([FILL])
    runtime = archive(empty_store)
    seen = [await ask(runtime, operation, Role.PUBLIC) for operation in OPERATIONS]
    # When everything that the public may not see is really taken out.
    await empty_store.write([Statement("MATCH (n) DETACH DELETE n"), FILL, *PRUNE])
    # Then a viewer who sees everything gets the same answers, and no secret stood in the public's.
    for operation, answer in zip(OPERATIONS, seen, strict=True):
        pruned = await ask(runtime, operation, Role.CHIEF)
        assert not answer.errors, (operation, answer.errors)
        assert answer.data == pruned.data, operation
        assert SECRET not in json.dumps(answer.data), operation


async def test_the_chief_sees_the_secrets(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    runtime = archive(empty_store)
    answers = [await ask(runtime, operation, Role.CHIEF) for operation in OPERATIONS]
    assert sum(SECRET in json.dumps(answer.data) for answer in answers) > 5


@pytest.mark.parametrize(
    "arguments",
    [
        'where: { assessment: { eq: "x" } }',
        "where: { not: { assessment: { isNull: true } } }",
        "orderBy: [{ assessment: ASC }]",
        "where: { helpers: { some: { payment: { gt: 1 } } } }",
        "where: { contradicts: { some: { node: { assessment: { isNull: true } } } } }",
    ],
)
async def test_a_hidden_property_decides_nothing(empty_store: BoltStore, arguments: str) -> None:
    await empty_store.write([FILL])
    result = await ask(archive(empty_store), f"{{ reports({arguments}) {{ totalCount }} }}", Role.PUBLIC)
    (error,) = result.errors or []
    assert error.extensions is not None
    assert error.extensions["code"] == ErrorCode.FORBIDDEN


async def test_the_same_operation_is_planned_for_each_role(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    runtime = archive(empty_store)
    operation = "{ informants { totalCount } }"
    totals = [
        (await ask(runtime, operation, role)).data["informants"]["totalCount"]  # type: ignore[index]  # JSON
        for role in (Role.CHIEF, Role.PUBLIC, Role.STAFF, Role.CHIEF)
    ]
    assert totals == [1, 0, 0, 1]


def test_what_cannot_be_hidden_is_refused_when_declared() -> None:
    class Hidden(Item, plural="hidden", visible_to=Role.CHIEF):
        """A kind that facts would rest on."""

    with pytest.raises(InvalidOntologyError, match="Hidden cannot be hidden"):
        resolve(
            title="t",
            summary="s",
            root=Item,
            source=Hidden,
            roles=Role,
            nodes=(Item, Contact, Report, Author, Informant, Origin, Hidden),
            edges=(HelpedBy,),
        )


@pytest.mark.parametrize(
    ("role", "nodes", "edges"),
    [
        (Role.PUBLIC, {"Report": 3, "Informant": 0}, {"HelpedBy": 1, "Contradicts": 0, "BasedOn": 0}),
        (Role.STAFF, {"Report": 3, "Informant": 0}, {"HelpedBy": 1, "Contradicts": 1, "BasedOn": 0}),
        (Role.CHIEF, {"Report": 3, "Informant": 1}, {"HelpedBy": 3, "Contradicts": 1, "BasedOn": 1}),
        (None, {"Report": 3, "Informant": 1}, {"HelpedBy": 3, "Contradicts": 1, "BasedOn": 1}),
    ],
)
async def test_what_is_counted_is_what_the_role_sees(
    empty_store: BoltStore, role: Role | None, nodes: dict[str, int], edges: dict[str, int]
) -> None:
    await empty_store.write([FILL])

    counted = await count_graph(empty_store, ARCHIVE, role.name if role else None)

    assert counted.nodes == {**nodes, "Author": 1, "Origin": 1}
    assert counted.edges == edges
    assert counted.synthetic == counted.node_total, "all of it is made up"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ARCHIVE.node("Report").property_named("assessment").description, "For STAFF and above only."),
        (ARCHIVE.node("Informant").description, "For CHIEF only."),
        (ARCHIVE.edges["Contradicts"].forward.description, "For STAFF and above only."),
        (ARCHIVE.edges["BasedOn"].forward.description, "For CHIEF only."),
    ],
)
def test_a_description_says_who_sees_what_it_describes(text: str, words: str) -> None:
    assert text.endswith(words)


def test_other_descriptions_say_nothing_of_roles() -> None:
    assert ARCHIVE.edges["HelpedBy"].forward.description == "Who helped with it."
    # Who sees an informant at all sees its reports.
    assert ARCHIVE.edges["BasedOn"].backward is not None
    assert ARCHIVE.edges["BasedOn"].backward.description == "The reports based on it."
