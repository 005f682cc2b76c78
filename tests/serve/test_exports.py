"""Exports over HTTP: files that stream, and errors that come before them."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import networkx
import openpyxl
import pytest

from graph_api.access.keys import create_key
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.serve.http import exports as exports_module
from graph_api.serve.operations import export_requests
from tests.serve.served import Served, codes, served
from tests.toy.fixtures import Graph
from tests.visibility.domain import ARCHIVE, FILL, SECRET

NONE = Path(__file__).parent / "no_questions"


@pytest.fixture
async def server(toy: Graph, store: BoltStore) -> AsyncIterator[Served]:
    async with served(store) as found:
        yield found


async def test_a_list_comes_as_a_file(server: Served) -> None:
    answer = await server.client.get(
        "/export/films.csv",
        params={"where": '{"genre": {"eq": "DRAMA"}}', "orderBy": '{"name": "ASC"}', "columns": "name"},
    )

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == 'attachment; filename="films.csv"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert {"alba", "aeon"} <= {row["key"] for row in rows}
    assert "brook" not in {row["key"] for row in rows}
    assert list(rows[0]) == ["key", "name", "synthetic", "sources", "graph_version", "as_of", "filters"]


async def test_every_format_comes(server: Served) -> None:
    get = server.client.get
    book = openpyxl.load_workbook(io.BytesIO((await get("/export/films.xlsx")).content))
    assert book.sheetnames == ["rows", "sources", "about"]
    lines = (await get("/export/films.jsonl")).text.splitlines()
    assert json.loads(lines[0])["rows"] == len(lines) - 1 == book["rows"].max_row - 1
    found = networkx.read_gexf(io.BytesIO((await get("/export/films.gexf")).content))
    assert found.number_of_nodes() == len(lines) - 1
    whole = networkx.read_graphml(io.BytesIO((await get("/export/graph.graphml")).content))
    assert whole.number_of_nodes() > found.number_of_nodes()


async def test_a_question_comes_with_its_variables(server: Served) -> None:
    answer = await server.client.get("/export/questions/films-named.jsonl", params={"name": "The Brook"})

    facts, *rows = [json.loads(line) for line in answer.text.splitlines()]
    assert facts["export"] == "films-named"
    assert [row["key"] for row in rows] == ["brook", "brook2"]
    assert answer.headers["content-disposition"] == 'attachment; filename="films-named.jsonl"'


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/export/novels.csv", 400, "INVALID_ARGUMENT"),
        ("/export/films.pdf", 400, "INVALID_ARGUMENT"),
        ("/export/films.csv?where=%7B", 400, "INVALID_ARGUMENT"),
        ("/export/films.csv?first=1", 400, "INVALID_ARGUMENT"),
        ("/export/films.csv?asOf=soon", 400, "INVALID_DATE"),
        ("/export/graph.csv", 400, "INVALID_ARGUMENT"),
        ("/export/questions/none.csv", 404, "UNKNOWN_QUESTION"),
        ("/export/questions/films-named.gexf", 400, "INVALID_ARGUMENT"),
    ],
)
async def test_what_is_wrong_has_a_status_and_a_code(
    server: Served, address: str, status: int, code: str
) -> None:
    answer = await server.client.get(address)

    assert (answer.status_code, codes(answer)) == (status, [code])
    assert "content-disposition" not in answer.headers


async def test_an_export_has_limits(toy: Graph, store: BoltStore) -> None:
    async with served(store, max_export_rows=2) as server:
        answer = await server.client.get("/export/films.csv")
        assert (answer.status_code, codes(answer)) == (400, ["LIMIT_EXCEEDED"])
        few = await server.client.get("/export/films.csv", params={"where": '{"key": {"in": ["alba"]}}'})
        assert few.status_code == 200
    async with served(store, export_seconds=0.000_001) as server:
        answer = await server.client.get("/export/films.csv")
        assert (answer.status_code, codes(answer)) == (504, ["REQUEST_TIMEOUT"])
    async with served(store, rate="1/hour") as server:
        assert (await server.client.get("/export/films.csv")).status_code == 200
        answer = await server.client.get("/export/films.csv")
        assert (answer.status_code, codes(answer)) == (429, ["RATE_LIMITED"])
    async with served(store, documents_only=True) as server:
        answer = await server.client.get("/export/films.csv")
        assert (answer.status_code, codes(answer)) == (403, ["UNTRUSTED_DOCUMENT"])
        answer = await server.client.get("/export/questions/films-named.csv", params={"name": "Alba"})
        assert answer.status_code == 200


async def test_places_are_given_back(toy: Graph, store: BoltStore, monkeypatch: pytest.MonkeyPatch) -> None:
    # given a server with one place, taken by an export that waits for the database
    begun, go_on = asyncio.Event(), asyncio.Event()
    real = export_requests.export

    async def waiting(*given: object) -> object:
        begun.set()
        await go_on.wait()
        return await real(*given)  # type: ignore[arg-type]  # the same

    monkeypatch.setattr(exports_module, "export", waiting)
    async with served(store, max_exports=1) as server:
        first = asyncio.create_task(server.client.get("/export/films.csv"))
        await begun.wait()

        # when another comes
        refused = await server.client.get("/export/films.csv")

        # then it is sent away, short answers are not, and the place is free again at the end
        assert (refused.status_code, codes(refused)) == (503, ["SERVER_BUSY"])
        assert refused.headers["retry-after"]
        assert (await server.post("{ films { totalCount } }")).status_code == 200
        go_on.set()
        assert (await first).status_code == 200
        assert (await server.client.get("/export/films.csv")).status_code == 200
        assert server.api.exports.taken == server.api.admission.taken == 0


async def test_who_goes_away_gives_the_place_back(
    toy: Graph, store: BoltStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an export that is longer than what a connection holds
    def endless(*_given: object, **_named: object) -> Iterator[bytes]:
        while True:
            yield b"x" * 1_000_000

    monkeypatch.setattr(exports_module, "written", endless)
    async with served(store) as server:
        async with server.client.stream("GET", "/export/films.csv") as answer:
            # when its reader goes
            async for _ in answer.aiter_bytes():
                break
            assert server.api.exports.taken == 1

        # then its place is free
        async with asyncio.timeout(20):
            while server.api.exports.taken:
                await asyncio.sleep(0.01)
        assert server.api.admission.taken == 0


async def test_texts_are_escaped_unless_one_asks(server: Served, store: BoltStore) -> None:
    evil = Statement("MATCH (f:Film {key: $key}) SET f.remark = $text", {"key": "alba", "text": "=1+1"})
    await store.write([evil])
    where = '{"key": {"eq": "alba"}}'

    safe = await server.client.get("/export/films.csv", params={"where": where, "columns": "remark"})
    raw = await server.client.get(
        "/export/films.csv", params={"where": where, "columns": "remark", "escape": "false"}
    )

    assert "alba,'=1+1," in safe.text
    assert "alba,=1+1," in raw.text


async def test_a_viewer_gets_what_the_role_sees(empty_store: BoltStore) -> None:
    # given secrets, and the key of one who may know them
    await empty_store.write([FILL])
    key = await create_key(empty_store, ARCHIVE, "CHIEF", "a chief")
    settings = {"ontology": "tests.visibility.domain:ARCHIVE", "questions": "tests.serve.test_exports:NONE"}
    async with served(empty_store, auth="keys", **settings) as server:
        for address in ("/export/reports.jsonl", "/export/graph.gexf", "/export/graph.graphml"):
            # when both take it away
            public = await server.client.get(address)
            chief = await server.client.get(address, headers={"Authorization": f"Bearer {key}"})

            # then only one gets them
            assert public.status_code == chief.status_code == 200
            assert SECRET not in public.text
            assert SECRET in chief.text
        answer = await server.client.get(
            "/export/reports.csv?columns=assessment", headers={"Authorization": "Bearer key_no"}
        )
        assert answer.status_code == 401
        answer = await server.client.get("/export/reports.csv?columns=assessment")
        assert (answer.status_code, codes(answer)) == (403, ["FORBIDDEN"])
