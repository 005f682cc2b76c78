"""Rates, places and sizes of bodies hold for exports, reconciliation and imports as for every question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from graph_api.access.keys import create_key
from graph_api.engine.bolt import BoltStore
from tests.serve.served import Served, codes, served
from tests.serve.test_imports import FILMS, PREFLIGHT, STAFFED
from tests.toy.fixtures import Graph

GUARDED = {
    "auth": "keys",
    "ontology": "tests.serve.test_imports:STAFFED",
    "identity": "tests.toy.identity:identity",
}
FORM = {"queries": json.dumps({"q": {"query": "Alba"}})}
READ = (
    "/export/films.csv",
    "/export/graph.gexf",
    "/export/questions/films-named.csv?name=Alba",
    "/reconcile",
    "/reconcile/suggest/entity?prefix=a",
    "/reconcile/preview?id=Person:ada",
    "/reconcile/extend/propose",
    "/imports/templates/films.csv",
)
"""What everybody may ask for."""


async def upload(server: Served, content: bytes, headers: Mapping[str, str]) -> httpx.Response:
    return await server.client.post("/imports", files={"file": ("films.csv", content)}, headers=headers)


@pytest.mark.parametrize("path", READ)
async def test_a_client_has_one_rate_for_all_ways(toy: Graph, store: BoltStore, path: str) -> None:
    async with served(store, rate="1/hour", **GUARDED) as server:
        first = await server.client.get(path)
        second = await server.client.get(path)
        third = await server.post("{ films { totalCount } }")

    assert first.status_code < 400, first.text
    assert (second.status_code, codes(second)) == (429, ["RATE_LIMITED"])
    assert 0 < int(second.headers["retry-after"]) <= 3600
    assert codes(third) == ["RATE_LIMITED"]


async def test_uploads_have_the_rate_of_their_sender(toy: Graph, store: BoltStore, tmp_path: Path) -> None:
    key = await create_key(store, STAFFED, "CHIEF", "Ada")
    headers = {"Authorization": f"Bearer {key}"}
    async with served(store, rate="1/hour", data=tmp_path, **GUARDED) as server:
        first = await upload(server, FILMS.encode(), headers)
        second = await upload(server, FILMS.encode(), headers)
        polled = await server.client.get(str(first.headers["location"]), headers=headers)
        stranger = [await upload(server, b"", PREFLIGHT) for _ in range(2)]

    assert first.status_code == 202
    assert [codes(each) for each in (second, polled)] == [["RATE_LIMITED"]] * 2
    assert [codes(each) for each in stranger] == [["UNAUTHENTICATED"], ["RATE_LIMITED"]]


async def test_there_is_a_place_for_each_or_none(toy: Graph, store: BoltStore, tmp_path: Path) -> None:
    key = await create_key(store, STAFFED, "CHIEF", "Ada")
    async with served(store, max_concurrent=1, data=tmp_path, **GUARDED) as server:
        with server.api.admission.admitted():
            refused = [await server.client.get(path) for path in READ]
            refused.append(await server.client.post("/reconcile", data=FORM))
            refused.append(await upload(server, FILMS.encode(), {"Authorization": f"Bearer {key}"}))
        taken = server.api.admission.taken
        answered = [await server.client.get(path) for path in READ]

    assert [(each.status_code, codes(each)) for each in refused] == [(503, ["SERVER_BUSY"])] * len(refused)
    assert all(each.headers["retry-after"] == "1" for each in refused)
    assert taken == 0
    assert [each.status_code for each in answered] == [200] * len(READ)


async def test_bodies_have_a_size(toy: Graph, store: BoltStore, tmp_path: Path) -> None:
    key = await create_key(store, STAFFED, "CHIEF", "Ada")
    large = "x" * 1_000
    limits = {"max_body_bytes": 500, "import_megabytes": 1}
    async with served(store, data=tmp_path, **limits, **GUARDED) as server:
        post = server.client.post
        answers = [
            await post("/reconcile", data={"queries": json.dumps({"q": {"query": large}})}),
            await post("/reconcile", data={"extend": json.dumps({"ids": [large], "properties": []})}),
            await post("/reconcile/draft/match", json={"queries": [large]}),
            await upload(server, b"x" * 1_200_000, {"Authorization": f"Bearer {key}"}),
        ]

    assert [(each.status_code, codes(each)) for each in answers] == [(413, ["LIMIT_EXCEEDED"])] * 4


async def test_a_report_is_not_shown_to_a_lower_role_of_the_same_name(
    toy: Graph, store: BoltStore, tmp_path: Path
) -> None:
    chief, staff = [await create_key(store, STAFFED, role, "Ada") for role in ("CHIEF", "STAFF")]
    async with served(store, data=tmp_path, **GUARDED) as server:
        made = await upload(server, FILMS.encode(), {"Authorization": f"Bearer {chief}"})
        path = str(made.headers["location"])
        answers = [
            await server.client.get(path, headers={"Authorization": f"Bearer {key}"})
            for key in (staff, chief)
        ]

    assert [each.status_code for each in answers] == [404, 200]
    assert codes(answers[0]) == ["UNKNOWN_IMPORT"]
