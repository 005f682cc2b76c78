"""Exports, reconciliation, the history and answers of many facts leave no trace of what a role may not see.

As in ``test_no_interference``: graphs that differ only in what a role may not see give it the same texts,
whatever it asks for; this time as files and over HTTP, from one server for all roles.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pytest

from graph_api.access.keys import create_key
from graph_api.changes.version import raise_version, set_restricted
from graph_api.cypher.dialect import Engine
from graph_api.engine.bolt import BoltStore
from schema import ontology
from tests.programs import net4u
from tests.serve.served import Served, served
from tests.visibility.asked_over_http import Answered, Request, ask_all, requests
from tests.visibility.marked_graph import MARK
from tests.visibility.test_no_interference import fill
from tests.visibility.test_restricted_rows import kinds_of

SEEDS = (1, 2)
ROLES = ("ADMIN", "CSU", "RESEARCHER", "PUBLIC")
SHIPPED = {
    "ontology": "schema:ontology",
    "questions": "schema:questions",
    "identity": "schema.identity:identity",
    "commands": "schema.commands:commands",
    "coverage": "schema.coverage:coverage",
    "findings": "schema.health:findings",
    "own_fields": "schema.own_fields:own_fields",
}


def asked_of(seed: int, engine: Engine) -> list[Request]:
    """The requests about the graph of a seed: they are divided among the seeds.

    Neo4j, which plans each text anew in every graph, is asked every third of them.
    """
    step = len(SEEDS) * (3 if engine is Engine.NEO4J else 1)
    return requests()[seed % len(SEEDS) :: step]


@dataclass(frozen=True, slots=True)
class Told:
    """What each role was answered about one graph."""

    by_role: Mapping[str, Answered]

    def differences(self, role: str, other: Told) -> list[str]:
        """What a role was answered differently about another graph."""
        return self.by_role[role].differences(other.by_role[role])


async def told(
    server: Served, store: BoltStore, seed: int, variants: Mapping[str, int], asking: tuple[str, ...] = ROLES
) -> Told:
    """Fill the store with a graph and ask everything about it, the role that sees most first."""
    kinds = kinds_of(seed) | {"Change", "Application"}
    await fill(store, seed, variants, kinds)
    await store.write([raise_version(), set_restricted(kinds)])
    keys = {role: await create_key(store, ontology, role, role) for role in ROLES[:-1]}
    await server.api.runtime.versions.committed()
    answers: dict[str, Answered] = {}
    for role in asking:
        answers[role] = await ask_all(server.client, asked_of(seed, store.dialect.engine), keys.get(role))
    return Told(answers)


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_a_role_may_not_see_leaves_no_trace(store: BoltStore, seed: int) -> None:
    asked = len(asked_of(seed, store.dialect.engine))
    # Given what each role is told about a graph.
    async with served(store, auth="keys", **SHIPPED) as server:
        about = partial(told, server, store, seed)
        first = await about({"RESEARCHER": 1, "CSU": 1, "ADMIN": 1})
        # When what only administrators see becomes something else, then officers, then researchers.
        admins = await about({"RESEARCHER": 1, "CSU": 1, "ADMIN": 2}, ("ADMIN", "CSU"))
        officers = await about({"RESEARCHER": 1, "CSU": 2, "ADMIN": 2}, ("CSU", "RESEARCHER"))
        all_roles = await about({"RESEARCHER": 2, "CSU": 2, "ADMIN": 2}, ("RESEARCHER", "PUBLIC"))

    # Then nobody below is told anything else.
    assert admins.differences("CSU", first) == []
    assert officers.differences("RESEARCHER", first) == []
    assert all_roles.differences("PUBLIC", first) == []
    assert first.by_role["PUBLIC"].marked == []
    # And all of this means something: those who see it are told of the secrets, and that they changed.
    assert len(admins.differences("ADMIN", first)) > asked / 10
    assert len(officers.differences("CSU", first)) > asked / 10
    assert len(all_roles.differences("RESEARCHER", first)) > asked / 10
    assert len(first.by_role["CSU"].marked) > asked / 20
    for role in ROLES:
        assert first.by_role[role].broken == []
        assert first.by_role[role].with_content > asked * 0.4


async def test_an_entity_tag_and_a_kept_answer_are_of_one_role(store: BoltStore) -> None:
    kinds = kinds_of(1) | {"Change"}
    await fill(store, 1, {"RESEARCHER": 1, "CSU": 1}, kinds)
    await store.write([raise_version(), set_restricted(kinds)])
    key = await create_key(store, ontology, "CSU", "An officer")
    texts = (
        "{ changes { totalCount nodes { key name } } }",
        "{ duplicates(threshold: 0.5) { totalCount pairs { id entities { name } } } }",
        "{ organizations { nodes { key contactName } } }",
    )
    officer = {"GraphQL-Require-Preflight": "1", "Authorization": f"Bearer {key}"}
    anybody = {"GraphQL-Require-Preflight": "1"}
    async with served(store, auth="keys", **SHIPPED) as server:
        for text in texts:
            # Given the officer's answer, kept, and its tag.
            answers = [
                await server.client.get("/graphql", params={"query": text}, headers=officer) for _ in range(2)
            ]
            tag = {"If-None-Match": answers[0].headers["etag"]}
            again = await server.client.get("/graphql", params={"query": text}, headers={**officer, **tag})
            assert (again.status_code, answers[0].content) == (304, answers[1].content)
            # When anybody asks with it, then the answer is their own, and says that it depends on who asks.
            public = await server.client.get("/graphql", params={"query": text}, headers={**anybody, **tag})
            assert public.status_code == 200
            assert public.headers["etag"] != answers[0].headers["etag"]
            assert "authorization" in public.headers["vary"].lower()
            assert MARK not in public.text
            assert public.content != answers[0].content


async def test_the_command_line_lists_the_pairs_that_its_key_may_see(store: BoltStore) -> None:
    answers = []
    for variant in (1, 2):
        kinds = kinds_of(1)
        await fill(store, 1, {"RESEARCHER": variant, "CSU": variant}, kinds)
        await store.write([raise_version(), set_restricted(kinds)])
        key = await create_key(store, ontology, "CSU", "An officer")
        async with served(store, auth="keys", **SHIPPED) as server:
            url = str(server.client.base_url)
            words = ("duplicates", "--threshold", "0.5", "--judged", "--format", "csv", "--url", url)
            anybody = await asyncio.to_thread(net4u, *words)
            officer = await asyncio.to_thread(net4u, *words, settings={"NET4U_KEY": key})
        assert (anybody.code, officer.code) == (0, 0), anybody.err + officer.err
        answers.append((anybody.out, officer.out))

    assert answers[0][0] == answers[1][0]
    assert answers[0][1] != answers[1][1]
    assert MARK not in answers[0][0]
    assert MARK in answers[0][1]
