"""The checks that graphql-cop makes of a public endpoint, against a server in production mode.

graphql-cop (https://github.com/dolevf/graphql-cop) is on no registry, so each of its checks is said again
here: what it sends, and what a server answers that passes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from graph_api.engine.bolt import BoltStore
from tests.serve.served import FILMS, Served, codes, served
from tests.toy.fixtures import Graph

INTROSPECTION = "{ __schema { queryType { name } } }"


@pytest.fixture(scope="module")
async def production(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store, mode="production") as found:
        yield found


@pytest.fixture(scope="module")
async def development(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


async def test_alias_overloading(production: Served) -> None:
    query = "query cop { " + "".join(f"alias{n}:__typename " for n in range(101)) + "}"
    answer = await production.post(query)

    assert set(codes(answer)) == {"LIMIT_EXCEEDED"}
    assert "data" not in answer.json()


async def test_batch_overloading(production: Served) -> None:
    batch = [{"query": "query cop { __typename }"}] * 10
    answer = await production.client.post("/graphql", json=batch)

    assert answer.status_code == 400
    assert codes(answer) == ["LIMIT_EXCEEDED"]


@pytest.mark.parametrize("directive", ["@aa", "@include(if: true)"])
async def test_directive_overloading(production: Served, directive: str) -> None:
    answer = await production.post("query cop { __typename " + directive * 50 + " }")

    assert codes(answer) == ["LIMIT_EXCEEDED"]


async def test_field_duplication(production: Served) -> None:
    answer = await production.post("query cop { " + "__typename \n" * 500 + "}")

    assert set(codes(answer)) == {"LIMIT_EXCEEDED"}


async def test_circular_introspection(production: Served, development: Served) -> None:
    query = "query cop { __schema { types { fields { type { fields { type { fields { type { fields { type "
    query += "{ name } } } } } } } } } } }"
    hidden = await production.post(query)
    known = await development.post(query)

    assert "data" not in hidden.json()
    assert codes(hidden)
    # where the schema may be read, its depth has a limit all the same
    assert codes(known) == ["GRAPHQL_VALIDATION_FAILED"]
    assert "data" not in known.json()


@pytest.mark.parametrize(
    "query", [INTROSPECTION, '{ __type(name: "Film") { name } }', "{ s: __schema { description } }"]
)
async def test_introspection(production: Served, development: Served, query: str) -> None:
    assert codes(await production.post(query)) == ["FORBIDDEN"]
    assert "errors" not in (await development.post(query)).json()


async def test_introspection_stays_hidden_after_an_administrator_read_it(
    production: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a document that was found valid for somebody who may read the schema
    from graph_api.access.viewer import Viewer

    class Administrator:
        async def viewer(self, _authorization: str | None) -> Viewer:
            return Viewer("", "root", administers=True, authenticated=True)

    with monkeypatch.context() as patch:
        patch.setattr(production.api, "authenticator", Administrator())
        assert "errors" not in (await production.post(INTROSPECTION)).json()

    # then nobody else gets its answer
    assert codes(await production.post(INTROSPECTION)) == ["FORBIDDEN"]


@pytest.mark.parametrize("path", ["/graphql", "/graphiql", "/playground", "/console", "/altair"])
async def test_graphiql(production: Served, path: str) -> None:
    answer = await production.client.get(path, headers={"accept": "text/html"})

    assert answer.status_code in (404, 406)
    for word in ("graphiql", "playground", "voyager", "altair"):
        assert word not in answer.text.lower()


async def test_the_schema_in_its_language_is_hidden_with_the_rest(
    production: Served, development: Served
) -> None:
    assert (await production.client.get("/schema.graphql")).status_code == 404
    assert (await development.client.get("/schema.graphql")).status_code == 200


async def test_field_suggestions(production: Served, development: Served) -> None:
    for query in ("{ film }", "{ films { totalCoun } }", "{ films(firs: 1) { totalCount } }",
                  "query Q($w: FilmWher) { films(where: $w) { totalCount } }"):  # fmt: skip
        answer = await production.post(query)
        assert answer.json()["errors"]
        assert "Did you mean" not in answer.text
    variables = {"w": {"nam": {"eq": "x"}}}
    query = "query Q($w: FilmWhere) { films(where: $w) { totalCount } }"
    assert "Did you mean" not in (await production.post(query, variables)).text
    # the check can fail: in development the hint is there
    assert "Did you mean" in (await development.post("{ film }")).text


async def test_tracing(production: Served) -> None:
    answer = await production.post(FILMS)

    assert set(answer.json().get("extensions", {})) <= {"cost"}


async def test_explanations_and_figures_are_for_administrators(
    production: Served, development: Served
) -> None:
    assert codes(await production.post(FILMS, x_explain="1")) == ["FORBIDDEN"]
    assert (await production.client.get("/metrics")).status_code == 403
    assert "graph_" in (await development.client.get("/metrics")).text


@pytest.mark.parametrize("query", ["mutation cop { __typename }", "mutation { films { totalCount } }"])
async def test_mutations_by_get(production: Served, query: str) -> None:
    answer = await production.client.get("/graphql", params={"query": query})

    assert answer.status_code in (400, 405)
    assert "data" not in answer.json()


async def test_queries_by_get(production: Served, development: Served) -> None:
    """A link of another site must not run a document; a client that says so in a header may."""
    by_link = await production.client.get("/graphql", params={"query": "query cop { __typename }"})
    by_client = await production.client.get(
        "/graphql", params={"query": "{ __typename }"}, headers={"GraphQL-Require-Preflight": "1"}
    )

    assert by_link.status_code == 400
    assert codes(by_link) == ["MALFORMED_REQUEST"]
    assert by_client.json()["data"] == {"__typename": "Query"}
    answer = await development.client.get("/graphql", params={"query": "{ __typename }"})
    assert answer.status_code == 200


async def test_queries_by_form(production: Served) -> None:
    answer = await production.client.post("/graphql", data={"query": "query cop { __typename }"})

    assert answer.status_code == 415


@pytest.mark.parametrize(
    "body", [b"", b"query", b'{"query": 5}', b'{"query": "qwerty cop { abc }"}', b"[]", b'{"query": null}']
)
async def test_unhandled_errors(production: Served, body: bytes) -> None:
    answer = await production.client.post(
        "/graphql", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code < 500
    for sign in ("Traceback", "stack", "exception", ".py", "Exception"):
        assert sign not in answer.text


@pytest.mark.parametrize("header", ["origin", "referer"])
async def test_another_site_gets_no_cors_headers(production: Served, header: str) -> None:
    answer: httpx.Response = await production.client.post(
        "/graphql", json={"query": FILMS}, headers={header: "https://evil.example"}
    )

    assert not [name for name in answer.headers if name.startswith("access-control-")]


async def test_a_site_that_the_settings_name_may_ask(store: BoltStore, toy: Graph) -> None:
    async with served(store, cors_origins=["https://front.example"]) as server:
        asked = await server.client.options(
            "/graphql",
            headers={
                "origin": "https://front.example",
                "access-control-request-method": "POST",
                "access-control-request-headers": "content-type,authorization",
            },
        )
        answer = await server.post(FILMS, origin="https://front.example")
        other = await server.post(FILMS, origin="https://evil.example")

        assert asked.status_code == 200
        assert asked.headers["access-control-allow-origin"] == "https://front.example"
        assert answer.headers["access-control-allow-origin"] == "https://front.example"
        assert "access-control-allow-origin" not in other.headers
