"""Documents by hash, with tags; and servers that answer nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.errors import InvalidSettingError
from graph_api.serve.processes.build import parts_of
from tests.serve.served import FILMS, QUESTIONS, Served, codes, served, toy_settings
from tests.toy.fixtures import Graph

NAMED = (QUESTIONS / "films-named.graphql").read_text()
HASH = hashlib.sha256(NAMED.encode()).hexdigest()
METROPOLIS = '{"name": "Alba"}'


@pytest.fixture(scope="module")
async def server(store: BoltStore, toy: Graph) -> AsyncIterator[Served]:
    async with served(store, mode="production") as found:
        yield found


@pytest.mark.parametrize(
    "parameters",
    [
        {"documentId": HASH},
        {"documentId": f"sha256:{HASH}"},
        {"documentId": "films-named"},
        {"extensions": f'{{"persistedQuery": {{"version": 1, "sha256Hash": "{HASH}"}}}}'},
    ],
)
async def test_a_stored_question_is_answered_by_its_hash(server: Served, parameters: dict[str, str]) -> None:
    answer = await server.client.get("/graphql", params={**parameters, "variables": METROPOLIS})

    assert answer.status_code == 200
    assert [each["name"] for each in answer.json()["data"]["films"]["nodes"]] == ["Alba"]


async def test_an_answer_has_a_tag_under_which_it_is_not_sent_again(server: Served) -> None:
    parameters = {"documentId": HASH, "variables": METROPOLIS}
    answer = await server.client.get("/graphql", params=parameters)
    tag = answer.headers["etag"]
    again = await server.client.get("/graphql", params=parameters, headers={"if-none-match": tag})
    strong = await server.client.get(
        "/graphql", params=parameters, headers={"if-none-match": f'"x", {tag.removeprefix("W/")}'}
    )
    other = await server.client.get(
        "/graphql", params={**parameters, "variables": '{"name": "M"}'}, headers={"if-none-match": tag}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert strong.status_code == 304
    assert other.status_code == 200
    assert other.headers["etag"] != tag
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Authorization" in answer.headers["vary"]


@pytest.mark.parametrize("document", ["nothing", "0" * 64, "sha256:" + "0" * 64])
async def test_an_unknown_document_is_refused_as_clients_expect_it(server: Served, document: str) -> None:
    answer = await server.client.get("/graphql", params={"documentId": document})

    assert answer.status_code == 400
    assert codes(answer) == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_a_server_of_registered_documents_answers_no_other(
    store: BoltStore, toy: Graph, tmp_path: Path
) -> None:
    (tmp_path / "first.graphql").write_text(FILMS)
    async with served(store, documents=tmp_path, documents_only=True) as server:
        by_name = await server.client.post("/graphql", json={"documentId": "first"})
        by_text = await server.post(FILMS)
        question = await server.client.post(
            "/graphql", json={"documentId": HASH, "variables": {"name": "Alba"}}
        )
        own = await server.post(FILMS + " ")
        batch = await server.client.post(
            "/graphql", json=[{"documentId": "first"}, {"query": "{ __typename }"}]
        )

        assert by_name.json()["data"] == by_text.json()["data"]
        assert question.status_code == 200
        assert (own.status_code, codes(own)) == (403, ["UNTRUSTED_DOCUMENT"])
        assert (batch.status_code, codes(batch)) == (403, ["UNTRUSTED_DOCUMENT"])


@pytest.mark.parametrize("text", ["{", "{ nothing }"])
def test_a_registered_document_that_the_schema_does_not_allow_is_refused_at_the_start(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "bad.graphql").write_text(text)

    with pytest.raises(InvalidSettingError, match=r"bad\.graphql"):
        parts_of(toy_settings(documents=tmp_path))


def test_a_folder_that_is_not_there_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettingError, match="is not there"):
        parts_of(toy_settings(documents=tmp_path / "none"))
