"""Commands as mutations, and their history, over HTTP and a WebSocket."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from graph_api.access.keys import create_key
from schema import ontology
from tests.commands.conftest import Keeper, keeper, prepared_stores
from tests.serve.served import Json, Served, codes, served
from tests.serve.test_live import connected, hear, say, subscribe

__all__ = ["keeper", "prepared_stores"]

ADMIT = """mutation ($input: AdmitMemberInput!) {
  admitMember(input: $input) {
    ok repeated items problems { code message field value rule changes }
    change { number command actor reason entities { edges { relations node { key } } } }
    entity { key ... on Organization { memberships { edges { since node { key } } } } }
  }
}"""
MEMBER: Json = {"organization": "ORG-1", "network": "NET-A", "since": "2023-06", "sources": ["SRC"]}
HISTORY = """{ organization(key: "ORG-1") {
  changes(orderBy: [{ node: { number: DESC } }], first: 1) {
    totalCount edges { before after related relations node { command actor day } }
  } } }"""


@pytest.fixture
async def server(keeper: Keeper) -> AsyncIterator[Served]:
    async with served(
        keeper.store,
        ontology="schema:ontology",
        questions="schema:questions",
        identity="schema.identity:identity",
        commands="schema.commands:commands",
        auth="keys",
    ) as found:
        yield found


async def bearer(server: Served, role: str = "CSU") -> str:
    return f"Bearer {await create_key(server.api.runtime.store, ontology, role, 'An officer')}"


async def test_a_command_answers_with_what_it_did(server: Served) -> None:
    authorization = await bearer(server)
    answer = await server.post(ADMIT, {"input": {**MEMBER, "reason": "Asked."}}, authorization=authorization)

    assert "errors" not in answer.json(), answer.text
    found = answer.json()["data"]["admitMember"]
    assert (found["ok"], found["repeated"], found["items"], found["problems"]) == (True, False, 1, [])
    assert found["entity"] == {
        "key": "ORG-1",
        "memberships": {"edges": [{"since": "2023-06", "node": {"key": "NET-A"}}]},
    }
    change = found["change"]
    assert (change["command"], change["actor"], change["reason"]) == ("admitMember", "An officer", "Asked.")
    line = ["created MemberOf ORG-1|NET-A|2023-06"]
    assert sorted(change["entities"]["edges"], key=str) == [
        {"relations": line, "node": {"key": "NET-A"}},
        {"relations": line, "node": {"key": "ORG-1"}},
    ]
    # and the next read sees it
    history = (await server.post(HISTORY)).json()["data"]["organization"]["changes"]
    assert history["totalCount"] == 2
    assert history["edges"][0]["node"]["command"] == "admitMember"
    assert history["edges"][0]["node"]["actor"] is None, "who did it is not told to everybody"


async def test_a_refusal_is_a_result(server: Served) -> None:
    authorization = await bearer(server)
    await server.post(ADMIT, {"input": MEMBER}, authorization=authorization)
    answer = await server.post(ADMIT, {"input": MEMBER}, authorization=authorization)

    found = answer.json()["data"]["admitMember"]
    assert (found["ok"], found["change"], found["entity"]) == (False, None, None)
    assert found["problems"] == [
        {
            "code": "ALREADY_THERE",
            "message": "ORG-1 is a member of NET-A since 2023-06.",
            "field": "organization",
            "value": "ORG-1",
            "rule": "ONE_SPELL_AT_A_TIME",
            "changes": [],
        }
    ]


async def test_a_dry_run_and_a_repetition(server: Served) -> None:
    authorization = await bearer(server)
    tried = await server.post(ADMIT, {"input": {**MEMBER, "dryRun": True}}, authorization=authorization)
    once = {"input": {**MEMBER, "idempotencyKey": "k"}}
    first = await server.post(ADMIT, once, authorization=authorization)
    again = await server.post(ADMIT, once, authorization=authorization)

    results = [each.json()["data"]["admitMember"] for each in (tried, first, again)]
    assert [each["items"] for each in results[:2]] == [1, 1]
    assert [each["repeated"] for each in results] == [False, False, True]
    assert results[0]["change"] is None
    assert results[1]["change"]["number"] == results[2]["change"]["number"]


async def test_who_may_not_write_is_told_so(server: Served) -> None:
    researcher = await bearer(server, "RESEARCHER")
    answers = [
        await server.post(ADMIT, {"input": MEMBER}),
        await server.post(ADMIT, {"input": MEMBER}, authorization=researcher),
    ]
    for answer in answers:
        assert answer.json()["data"]["admitMember"]["problems"][0]["code"] == "FORBIDDEN"


async def test_a_mutation_is_not_sent_by_get(server: Served) -> None:
    params = {"query": "mutation { undoChange(input: { number: 1 }) { ok } }"}
    headers = {"graphql-require-preflight": "1"}
    answer = await server.client.get("/graphql", params=params, headers=headers)

    assert codes(answer) == ["OPERATION_NOT_ALLOWED"]


async def test_values_of_the_wrong_type_are_errors_of_the_request(server: Served) -> None:
    authorization = await bearer(server)
    answer = await server.post(ADMIT, {"input": {**MEMBER, "since": "June"}}, authorization=authorization)

    assert answer.json()["errors"][0]["extensions"]["code"] in ("INVALID_DATE", "BAD_USER_INPUT")


async def test_changes_are_told_in_order_and_after_a_number(server: Served) -> None:
    authorization = await bearer(server)
    follow = (
        "subscription ($after: Int) { changes(after: $after) { number command entities { nodes { key } } } }"
    )
    async with connected(server, authorization=authorization) as socket:
        begun = (await server.post("{ graph { number } }")).json()["data"]["graph"]["number"]
        await say(socket, {**subscribe(follow), "payload": {"query": follow, "variables": {"after": begun}}})
        for network in ("NET-A", "NET-B"):
            await server.post(ADMIT, {"input": {**MEMBER, "network": network}}, authorization=authorization)
        told = [(await hear(socket))["payload"]["data"]["changes"] for _ in range(2)]  # type: ignore[index]

    assert [each["command"] for each in told] == ["admitMember", "admitMember"]
    assert [each["number"] for each in told] == sorted(each["number"] for each in told)
    assert {each["key"] for each in told[1]["entities"]["nodes"]} == {"ORG-1", "NET-B"}


async def test_what_is_restricted_is_told_to_those_who_see_it(server: Served) -> None:
    officer, admin = await bearer(server), await bearer(server, "ADMIN")
    restrict = (
        'mutation { restrictEntity(input: { entity: "Organization:ORG-1", role: CSU }) '
        "{ ok problems { message } } }"
    )
    follow = "subscription { changes(after: 0) { command name } }"
    answer = await server.post(restrict, authorization=admin)
    assert answer.json()["data"]["restrictEntity"] == {"ok": True, "problems": []}
    await server.post(ADMIT, {"input": MEMBER}, authorization=officer)

    asked = '{ organization(key: "ORG-1") { key } changes { nodes { name } } }'
    assert "ORG-1" not in (await server.post(asked)).text
    assert "ORG-1" in (await server.post(asked, authorization=officer)).text
    # the last change is one that both see, so that it ends what they hear
    await server.post(ADMIT, {"input": {**MEMBER, "organization": "ORG-2"}}, authorization=officer)
    assert await told(server, follow, "Admit an organization to a network: ORG-2, NET-A") == ["admitMember"]
    assert await told(
        server, follow, "Admit an organization to a network: ORG-2, NET-A", authorization=officer
    ) == ["setUp", "restrictEntity", "admitMember", "admitMember"]


async def told(server: Served, follow: str, last: str, **payload: object) -> list[str]:
    """The commands of the changes that are told, up to the one with a name."""
    heard = []
    async with connected(server, started=True, **payload) as socket:
        await say(socket, subscribe(follow))
        while True:
            change = (await hear(socket))["payload"]["data"]["changes"]  # type: ignore[index]
            heard.append(str(change["command"]))
            if change["name"] == last:
                return heard
