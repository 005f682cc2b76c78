"""GraphQL over HTTP on a socket: methods, media types, status codes, malformed requests."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from graph_api.engine.bolt import BoltStore
from tests.serve.served import FILMS, Served, codes, served
from tests.toy.fixtures import Graph

RESPONSE = "application/graphql-response+json"


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (RESPONSE, RESPONSE),
        (f"{RESPONSE}, application/json;q=0.9", RESPONSE),
        (f"{RESPONSE};q=0.1, application/json", "application/json"),
        (f"text/html;q=1, {RESPONSE};charset=utf-8", RESPONSE),
    ],
)
async def test_the_form_of_an_answer_is_the_one_accepted_best(
    server: Served, accept: str, answered: str
) -> None:
    answer = await server.post(FILMS, accept=accept)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{answered}; charset=utf-8"
    assert answer.json()["data"]["films"]["nodes"]


@pytest.mark.parametrize("accept", ["image/png", f"{RESPONSE};q=0", f"{RESPONSE};charset=latin-1"])
async def test_who_accepts_no_form_that_there_is_is_told_so(server: Served, accept: str) -> None:
    answer = await server.post(FILMS, accept=accept)

    assert answer.status_code == 406
    assert codes(answer) == ["NOT_ACCEPTABLE"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ films {", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query Q($n: Int!) { films(first: $n) { totalCount } }", "BAD_USER_INPUT"),
    ],
)
async def test_what_is_refused_has_a_code_and_a_status_by_the_form(
    server: Served, query: str, code: str
) -> None:
    plain = await server.post(query, accept="application/json")
    response = await server.post(query, accept=RESPONSE)

    assert (plain.status_code, response.status_code) == (200, 400)
    assert codes(plain) == codes(response) == [code]
    assert "data" not in response.json()


async def test_an_error_in_one_field_leaves_the_others(server: Served) -> None:
    answer = await server.post(
        "query Q($after: String) { films { totalCount } other: films(after: $after) { totalCount } }",
        {"after": "nonsense"},
        accept=RESPONSE,
    )

    # a connection must not be null, so its error takes the whole answer with it
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    assert codes(answer) == ["INVALID_CURSOR"]


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"\xff", "body"),
        (b"null", "body"),
        (b'"text"', "body"),
        (b"{}", "body"),
        (b'{"query": ""}', "body"),
        (b'{"query": 7}', "body.query"),
        (b'{"query": "{ __typename }", "variables": []}', "body.variables"),
        (b'{"query": "{ __typename }", "operationName": {}}', "body.operationName"),
        (b'{"query": "{ __typename }", "extensions": "x"}', "body.extensions"),
        (b'{"extensions": {"persistedQuery": {}}}', "body.extensions.persistedQuery"),
        (b'[{"query": "{ __typename }"}, 7]', "body.1"),
    ],
)
async def test_a_body_that_is_no_request_is_refused_with_the_part(
    server: Served, body: bytes, part: str
) -> None:
    answer = await server.client.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 400
    assert codes(answer) == ["MALFORMED_REQUEST"]
    assert answer.json()["errors"][0]["extensions"]["part"] == part


@pytest.mark.parametrize(
    "media_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "application/graphql",
    ],
)
async def test_a_form_of_another_site_cannot_ask(server: Served, media_type: str) -> None:
    """Browsers send the first few without asking the server: cross-site request forgery."""
    body = json.dumps({"query": FILMS}).encode()
    answer = await server.client.post("/graphql", content=body, headers={"content-type": media_type})

    assert answer.status_code == 415
    assert codes(answer) == ["UNSUPPORTED_MEDIA_TYPE"]


async def test_by_get_a_query_is_answered_with_its_variables(server: Served) -> None:
    answer = await server.client.get(
        "/graphql",
        params={
            "query": "query Q($n: Int) { films(first: $n) { nodes { key } } }",
            "variables": '{"n": 1}',
            "operationName": "Q",
        },
    )

    assert answer.status_code == 200
    assert len(answer.json()["data"]["films"]["nodes"]) == 1


@pytest.mark.parametrize(
    "query", ["variables={", "query=%FF", "query=a&query=b", "extensions=7&query={x}", "operationName=Q"]
)
async def test_a_query_string_that_is_no_request_is_refused(server: Served, query: str) -> None:
    answer = await server.client.get(f"/graphql?{query}", headers={"accept": "application/json"})

    assert answer.status_code == 400
    assert codes(answer) == ["MALFORMED_REQUEST"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"])
async def test_other_methods_are_not_answered(server: Served, method: str) -> None:
    answer = await server.client.request(method, "/graphql")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"


async def test_a_subscription_needs_a_transport_that_lasts(server: Served) -> None:
    answer = await server.post("subscription { graphVersion { number } }")

    assert answer.status_code == 400
    assert codes(answer) == ["OPERATION_NOT_ALLOWED"]
    assert "text/event-stream" in answer.json()["errors"][0]["extensions"]["remedy"]


async def test_an_unknown_operation_name_is_refused(server: Served) -> None:
    body = {"query": f"query A {FILMS} query B {FILMS}", "operationName": "C"}
    answer = await server.client.post("/graphql", json=body)

    assert answer.status_code == 400
    assert codes(answer) == ["MALFORMED_REQUEST"]


async def test_a_batch_is_answered_in_its_order(server: Served) -> None:
    batch = [{"query": f"{{ films(first: {size}) {{ nodes {{ key }} }} }}"} for size in (1, 2, 3)]
    answer = await server.client.post("/graphql", json=batch)

    assert answer.status_code == 200
    assert [len(each["data"]["films"]["nodes"]) for each in answer.json()] == [1, 2, 3]


async def test_every_answer_has_security_headers_and_an_id(server: Served) -> None:
    answers = [
        await server.post(FILMS),
        await server.post("{"),
        await server.client.get("/"),
        await server.client.get("/nothing"),
        await server.client.put("/graphql"),
    ]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["x-request-id"]
    assert len({each.headers["x-request-id"] for each in answers}) == len(answers)


async def test_a_request_keeps_the_id_that_its_client_gave_it(server: Served) -> None:
    mine = await server.post(FILMS, x_request_id="mine-1")
    bad = await server.post(FILMS, x_request_id="two words")

    assert mine.headers["x-request-id"] == "mine-1"
    assert bad.headers["x-request-id"] not in ("", "two words")


async def test_a_defect_is_masked_and_logged_under_its_id(
    server: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # given a defect in the middle of the server
    async def broken(_authorization: str | None) -> None:
        raise ZeroDivisionError("a secret of the server")

    monkeypatch.setattr(server.api, "authenticator", type("Broken", (), {"viewer": staticmethod(broken)})())
    answer: httpx.Response = await server.post(FILMS)

    assert answer.status_code == 500
    assert codes(answer) == ["INTERNAL"]
    assert "secret" not in answer.text
    assert answer.json()["errors"][0]["extensions"]["id"] in caplog.text
    assert "a secret of the server" in caplog.text
