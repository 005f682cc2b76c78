"""The viewer's rights and the server's limits hold for reconciliation as for every question."""

from __future__ import annotations

import json

import httpx
import pytest

from graph_api.access.viewer import anonymous, identified
from graph_api.duplicates.identity import identity_of
from graph_api.duplicates.records import MatchableRecord
from graph_api.engine.bolt import BoltStore
from graph_api.errors import InvalidArgumentError
from graph_api.serve.http.reconcile.catalogue import Catalogue
from graph_api.serve.http.reconcile.extension import Extension, extended
from graph_api.serve.http.reconcile.manifest import manifest
from graph_api.serve.http.reconcile.preview import preview_page
from schema import ontology
from schema.identity import identity as declared
from tests.reconcile.specification import NEW, OLD, check
from tests.serve.served import served
from tests.toy.fixtures import Graph

IDENTITY = identity_of(declared, ontology)
CEIBA = "Organization:DEMO-ORG-CEIBA"


async def test_what_a_role_may_not_see_is_neither_offered_nor_given(seeded_graph: Graph) -> None:
    public, officer = anonymous(ontology), identified(ontology, "CSU", "An officer")
    wanted = Extension((CEIBA,), ("contactEmail",))

    with pytest.raises(InvalidArgumentError):
        await extended(seeded_graph.runtime, public, Catalogue(IDENTITY, public.role), wanted)
    found = await extended(seeded_graph.runtime, officer, Catalogue(IDENTITY, officer.role), wanted)

    assert found.rows.keys() == {CEIBA}
    offered = {
        role: {each.id for each in Catalogue(IDENTITY, role).properties(frozenset({"Organization"}))}
        for role in ("PUBLIC", "RESEARCHER", "CSU")
    }
    assert offered["PUBLIC"] < offered["RESEARCHER"] < offered["CSU"]
    assert "identityJudgements" in offered["RESEARCHER"] - offered["PUBLIC"]
    assert "applications" in offered["CSU"] - offered["RESEARCHER"]


def test_a_manifest_says_when_credentials_are_needed() -> None:
    for draft in (False, True):
        found = manifest(
            "A", Catalogue(IDENTITY, "PUBLIC"), "https://a.example/reconcile", draft=draft, credentials=True
        )
        check(NEW if draft else OLD, "manifest", found)
        assert found["authentication"] == {"type": "apiKey", "name": "Authorization", "in": "header"}


def test_a_preview_is_escaped() -> None:
    nasty = MatchableRecord(
        "Organization", "<k>", ('<script>alert("a")</script>', "&b"), ("<i>",), host='"x"'
    )

    page = preview_page(nasty).decode()

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<k>" not in page
    assert "<i>" not in page
    assert "&amp;b" in page


async def test_another_domain_has_its_own_service(toy: Graph, store: BoltStore) -> None:
    async with served(store) as server:
        answer = await server.client.post(
            "/reconcile", data={"queries": json.dumps({"q": {"query": "Ada Orn", "type": "Thing"}})}
        )

    [best, *_] = answer.json()["q"]["result"]
    assert (best["id"], best["match"]) == ("Person:ada", True)


async def test_the_rate_counts_and_the_key_decides(toy: Graph, store: BoltStore) -> None:
    async with served(store, rate="2/hour") as server:
        answers = [await server.client.get("/reconcile") for _ in range(3)]
        refused = await server.client.get("/reconcile", headers={"Authorization": "Bearer key_wrong"})

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert _code(answers[2]) == "RATE_LIMITED"
    assert "retry-after" in answers[2].headers
    assert refused.status_code == 401


async def test_a_server_that_compares_nothing_has_no_service(toy: Graph, store: BoltStore) -> None:
    async with served(store, identity="") as server:
        answer = await server.client.get("/reconcile")
        field = await server.post("{ duplicates { totalCount } }")

    assert (answer.status_code, _code(answer)) == (404, "UNKNOWN_ADDRESS")
    assert "Cannot query field" in field.text


def _code(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])
