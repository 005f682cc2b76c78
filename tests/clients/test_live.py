"""graphql-ws and graphql-sse subscribe, and what breaks a protocol is told by its close code.

The protocols are graphql-transport-ws (PROTOCOL.md of graphql-ws) and GraphQL over server-sent events, in
its mode of distinct connections (PROTOCOL.md of graphql-sse).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TypeAlias

import pytest

from tests.clients.live import CLIENTS, SUBSCRIPTION, address, events
from tests.node_packages import NodePackages
from tests.programs import Server

Step: TypeAlias = dict[str, object]
Outcome: TypeAlias = dict[str, object]
PROTOCOL = "graphql-transport-ws"
WRONG = '{"Authorization": "Bearer wrong"}'
INIT: Step = {"send": {"type": "connection_init"}}
READY: list[Step] = [INIT, {"wait": "connection_ack"}]
END: Step = {"close": 1000}


def subscribe(identifier: str, query: str = SUBSCRIPTION) -> Step:
    return {"send": {"type": "subscribe", "id": identifier, "payload": {"query": query}}}


def conversation(
    clients: NodePackages, service: Server, steps: list[Step], protocol: str = PROTOCOL
) -> Outcome:
    """What came of these steps on a bare WebSocket."""
    given = json.dumps({"protocol": protocol, "steps": steps})
    outcome: Outcome = json.loads(clients.node("live_raw.mjs", address("ws", service), given=given))
    return outcome


def types(outcome: Outcome) -> list[str]:
    """The types of the messages that the server sent."""
    return [message["type"] for message in outcome["messages"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_subscription_begins_with_how_it_is_now(
    client: str, clients: NodePackages, service: Server
) -> None:
    first, *rest = events(clients, client, service, SUBSCRIPTION, "1")

    version = first["result"]["data"]["graphVersion"]  # type: ignore[index]
    assert type(version["number"]) is int
    assert datetime.fromisoformat(version["changed"]).tzinfo is not None
    assert rest == [{"ended": "by us"}, *([{"closed": 1000}] if client == "ws" else [])]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_query_is_answered_and_ended(client: str, clients: NodePackages, service: Server) -> None:
    first, second, *_ = events(clients, client, service, "{ __typename }", "2")

    assert first == {"result": {"data": {"__typename": "Query"}}}
    assert second == {"ended": "by the server"}


def test_a_wrong_document_is_refused_over_a_websocket(clients: NodePackages, service: Server) -> None:
    first, second = events(clients, "ws", service, "subscription { bosses }", "1")

    assert "bosses" in str(first["refused"])
    assert second == {"closed": 1000}


def test_a_wrong_document_is_refused_as_an_event_or_by_http(clients: NodePackages, service: Server) -> None:
    first, *_ = events(clients, "sse", service, "subscription { bosses }", "1")

    assert first == {"refused": 400} or "bosses" in str(first["result"]["errors"])  # type: ignore[index]


@pytest.mark.parametrize(("client", "refusal"), [("ws", 4403), ("sse", 401)])
def test_credentials_that_prove_nothing_are_refused(
    client: str, refusal: int, clients: NodePackages, service: Server
) -> None:
    first, *_ = events(clients, client, service, SUBSCRIPTION, "1", WRONG)

    assert first == {"refused": refusal}


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        pytest.param(4400, [{"text": "{"}], id="4400 no JSON"),
        pytest.param(4400, [{"text": "[]"}], id="4400 no object"),
        pytest.param(4400, [{"text": "{}"}], id="4400 no type"),
        pytest.param(4400, [{"send": {"type": "greet"}}], id="4400 unknown type"),
        pytest.param(4400, [{"bytes": "\x00\x01"}], id="4400 binary"),
        pytest.param(4400, [{"send": {"type": "connection_init", "payload": "me"}}], id="4400 bad payload"),
        pytest.param(
            4400,
            [*READY, {"send": {"type": "subscribe", "payload": {"query": SUBSCRIPTION}}}],
            id="4400 no id",
        ),
        pytest.param(
            4400, [*READY, {"send": {"type": "subscribe", "id": "a", "payload": {}}}], id="4400 no query"
        ),
        pytest.param(
            4400,
            [*READY, {"send": {"type": "subscribe", "id": "a", "payload": {"query": 5}}}],
            id="4400 query is no text",
        ),
        pytest.param(
            4400,
            [*READY, {"send": {"type": "subscribe", "id": "a", "payload": {"query": "{a}", "variables": 5}}}],
            id="4400 variables are no object",
        ),
        pytest.param(4401, [subscribe("a")], id="4401 subscribed before the start"),
        pytest.param(4403, [{"send": {"type": "connection_init", "payload": json.loads(WRONG)}}], id="4403"),
        pytest.param(4408, [], id="4408 never started"),
        pytest.param(
            4409, [*READY, subscribe("a"), {"wait": "next"}, subscribe("a")], id="4409 two with one id"
        ),
        pytest.param(4429, [*READY, INIT], id="4429 started twice"),
    ],
)
def test_what_breaks_the_protocol_closes_the_connection(
    code: int, steps: list[Step], clients: NodePackages, service: Server
) -> None:
    outcome = conversation(clients, service, steps)

    assert outcome["protocol"] == PROTOCOL
    assert outcome["code"] == code
    assert outcome["reason"]


@pytest.mark.parametrize("protocol", ["", "graphql-ws", "soap"], ids=["none", "deprecated", "unknown"])
def test_another_protocol_is_not_spoken(protocol: str, clients: NodePackages, service: Server) -> None:
    outcome = conversation(clients, service, [], protocol)

    assert (outcome["protocol"], outcome["code"]) == ("", 4406)


def test_a_ping_is_answered_before_the_start_too(clients: NodePackages, service: Server) -> None:
    ping: Step = {"send": {"type": "ping"}}

    outcome = conversation(clients, service, [ping, {"wait": "pong"}, *READY, ping, {"wait": "pong"}, END])

    assert types(outcome) == ["pong", "connection_ack", "pong"]
    assert outcome["code"] == 1000


def test_an_id_is_free_again_after_an_error_and_after_its_end(clients: NodePackages, service: Server) -> None:
    outcome = conversation(
        clients,
        service,
        [
            *READY,
            subscribe("a", "subscription { bosses }"),
            {"wait": "error"},
            subscribe("a", "{ __typename }"),
            {"wait": "complete"},
            subscribe("a"),
            {"wait": "next"},
            {"send": {"type": "complete", "id": "a"}},
            subscribe("a"),
            {"wait": "next"},
            END,
        ],
    )

    assert types(outcome) == ["connection_ack", "error", "next", "complete", "next", "next"]
    assert outcome["code"] == 1000


def test_several_subscriptions_share_a_connection(clients: NodePackages, service: Server) -> None:
    steps: list[Step] = [*READY, subscribe("a"), {"wait": "next"}, subscribe("b"), {"wait": "next"}, END]

    outcome = conversation(clients, service, steps)

    found = [(message["type"], message.get("id")) for message in outcome["messages"]]  # type: ignore[attr-defined]
    assert found == [("connection_ack", None), ("next", "a"), ("next", "b")]
    assert outcome["code"] == 1000
