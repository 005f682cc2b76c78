"""Imports over HTTP: upload, poll, report, store; bad uploads; and what a restart finds."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import openpyxl
import pytest

from graph_api.access.keys import create_key
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.serve.http.imports.jobs import JobState, JobStore
from tests.programs import Server, net4u, serving
from tests.serve.served import Served, codes, served
from tests.toy.ontology import TOY

STAFFED = replace(TOY, roles=("PUBLIC", "READER", "STAFF", "CHIEF"))
FILMS = "key,name,minutes,genre\nF-1,One,90,DRAMA\nF-2,Two,,COMEDY\n"
REFERENCE = (
    "MERGE (r:Reference {key: $key}) SET r.name = $key, r.synthetic = $no, r.sources = [] RETURN r.key"
)
PREFLIGHT = {"GraphQL-Require-Preflight": "1"}
SECONDS = 60


def no_seeds(demo: bool = True) -> tuple[()]:
    """A catalogue without files."""
    return ()


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who imports, at a server."""

    server: Served
    key: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    async def upload(
        self, content: bytes | str, name: str = "films.csv", **fields: str | list[str]
    ) -> httpx.Response:
        data = {"source": "LIST", **fields}
        file = content.encode() if isinstance(content, str) else content
        return await self.server.client.post(
            "/imports", files={"file": (name, file)}, data=data, headers=self.headers
        )

    async def ended(self, answer: httpx.Response) -> dict[str, object]:
        """The import once nothing works on it."""
        identifier = answer.json()["id"]
        deadline = time.monotonic() + SECONDS
        while True:
            found = await self.get(identifier)
            body: dict[str, object] = found.json()
            if body["state"] not in ("CHECKING", "STORING"):
                return body
            assert time.monotonic() < deadline, body
            await asyncio.sleep(0.02)

    async def get(self, path: str) -> httpx.Response:
        return await self.server.client.get(f"/imports/{path}", headers=self.headers)

    async def commit(self, body: dict[str, object], **query: str) -> httpx.Response:
        return await self.server.client.post(
            f"/imports/{body['id']}/commit", params=query, headers=self.headers
        )


@pytest.fixture
async def keeper(empty_store: BoltStore, tmp_path: Path) -> AsyncIterator[Keeper]:
    await empty_store.write([Statement(REFERENCE, {"key": "LIST", "no": False})])
    key = await create_key(empty_store, STAFFED, STAFFED.roles[-1], "Ada")
    limits = {"import_megabytes": 1, "import_rows": 1000}
    named = "tests.serve.test_imports:STAFFED"
    async with served(empty_store, auth="keys", ontology=named, data=tmp_path, **limits) as found:
        yield Keeper(found, key)


def counts(body: dict[str, object]) -> dict[str, int]:
    report = body["report"]
    assert isinstance(report, dict), body
    return {kind: number for kind, number in report["counts"].items() if number}


async def test_an_upload_is_looked_at_and_stored_when_somebody_says_so(
    keeper: Keeper, empty_store: BoltStore
) -> None:
    uploaded = await keeper.upload(FILMS)
    checked = await keeper.ended(uploaded)

    assert uploaded.status_code == 202
    assert uploaded.headers["location"] == f"/imports/{checked['id']}"
    assert (checked["state"], checked["rows"], checked["file"]) == ("CHECKED", 2, "films.csv")
    assert counts(checked) == {"CREATE": 2}
    assert await empty_store.read(Statement("MATCH (n:Film) RETURN n.key")) == []

    started = await keeper.commit(checked)
    stored = await keeper.ended(started)
    assert started.status_code == 202
    assert stored["state"] == "STORED"
    films = await keeper.server.post("{ films { nodes { key minutes } } }")
    assert films.json()["data"]["films"]["nodes"] == [
        {"key": "F-1", "minutes": 90}, {"key": "F-2", "minutes": None}
    ]  # fmt: skip
    # and again is the same, not a second time
    again = await keeper.commit(checked)
    assert (again.status_code, again.json()["state"]) == (200, "STORED")
    changes = await empty_store.read(Statement("MATCH (c:Change) RETURN c.actor, c.name"))
    assert changes == [["Ada", "films.csv imported"]]


async def test_rejected_rows_refuse_the_file_or_stay_out_alone(keeper: Keeper) -> None:
    checked = await keeper.ended(await keeper.upload(FILMS + "F-3,Three,long,DRAMMA\n"))
    assert counts(checked) == {"CREATE": 2, "REJECTED": 1}
    refused = await keeper.ended(await keeper.commit(checked))
    assert refused["state"] == "REFUSED"

    report = await keeper.get(f"{checked['id']}/report.csv")
    rows = list(csv.DictReader(io.StringIO(report.text)))
    assert [(row["row"], row["column"], row["suggestion"]) for row in rows if row["reason"]] == [
        ("4", "genre", "DRAMA?"), ("4", "minutes", ""),
    ]  # fmt: skip
    stored = await keeper.ended(await keeper.commit(checked, rows="true"))
    assert (stored["state"], counts(stored)) == ("STORED", {"CREATE": 2, "REJECTED": 1})


async def test_fields_say_what_the_command_line_says(keeper: Keeper) -> None:
    uploaded = await keeper.upload(
        "Titel;Länge\nOne;90\n",
        "list.csv",
        map=["Titel=name", "Länge=minutes"],
        keys="F",
        **{"as": "films"},
    )
    checked = await keeper.ended(uploaded)

    report = checked["report"]
    assert isinstance(report, dict)
    assert [each["how"] for each in report["sheets"][0]["matches"]] == ["given", "given"]
    assert report["shown"][0]["of"] == "Film F-ONE"


@pytest.mark.parametrize(
    ("content", "name", "fields", "code"),
    [
        (b"PK\x03\x04 broken", "films.xlsx", {}, "UNREADABLE_FILE"),
        ("key,name\nF-1,\xc9t\xe9\n".encode("latin-1"), "films.csv", {}, "UNREADABLE_FILE"),
        (b"", "films.csv", {}, "UNREADABLE_FILE"),
        (FILMS.encode(), "films.csv", {"source": "NOWHERE"}, "INVALID_ARGUMENT"),
        (FILMS.encode(), "films.csv", {"as": "movies"}, "INVALID_ARGUMENT"),
        (b"key,name\n" + b"F-1,One\n" * 1001, "films.csv", {}, "LIMIT_EXCEEDED"),
        (FILMS.encode(), "films.pdf", {}, "UNREADABLE_FILE"),
    ],
)
async def test_a_file_that_cannot_be_read_fails_with_a_code(
    keeper: Keeper, content: bytes, name: str, fields: dict[str, str], code: str
) -> None:
    failed = await keeper.ended(await keeper.upload(content, name, **fields))

    assert failed["state"] == "FAILED"
    assert isinstance(failed["error"], dict)
    assert failed["error"]["code"] == code
    refused = await keeper.commit(failed)
    assert (refused.status_code, codes(refused)) == (409, ["IMPORT_NOT_READY"])


async def test_a_bad_upload_is_refused_at_once(keeper: Keeper) -> None:
    client, headers = keeper.server.client, keeper.headers
    answers = {
        "no form": await client.post("/imports", content=b"{}", headers=headers),
        "no file": await client.post("/imports", files={"other": ("a.csv", b"")}, headers=headers),
        "broken form": await client.post(
            "/imports",
            content=b"--x\r\nbad",
            headers={**headers, "Content-Type": "multipart/form-data; boundary=x"},
        ),
        "too large": await keeper.upload(b"x" * 1_200_000),
        "no such field": await keeper.upload(FILMS, colour="red"),
        "no such truth": await keeper.upload(FILMS, strict="perhaps"),
        "no such row": await keeper.upload(FILMS, header_row="0"),
    }

    assert {name: (answer.status_code, *codes(answer)) for name, answer in answers.items()} == {
        "no form": (415, "UNSUPPORTED_MEDIA_TYPE"),
        "no file": (400, "MALFORMED_REQUEST"),
        "broken form": (400, "MALFORMED_REQUEST"),
        "too large": (413, "LIMIT_EXCEEDED"),
        "no such field": (400, "INVALID_ARGUMENT"),
        "no such truth": (400, "INVALID_ARGUMENT"),
        "no such row": (400, "INVALID_ARGUMENT"),
    }


async def test_only_who_writes_may_import_and_only_their_own(keeper: Keeper, empty_store: BoltStore) -> None:
    checked = await keeper.ended(await keeper.upload(FILMS))
    reader = await create_key(empty_store, STAFFED, STAFFED.roles[0], "A reader")
    writer = await create_key(empty_store, STAFFED, STAFFED.roles[-2], "A writer")
    client = keeper.server.client

    async def asked(**headers: str) -> tuple[object, ...]:
        answer = await client.get(f"/imports/{checked['id']}", headers=headers)
        return answer.status_code, *codes(answer)

    assert await asked() == (401, "UNAUTHENTICATED")
    assert await asked(authorization=f"Bearer {reader}") == (403, "FORBIDDEN")
    assert await asked(authorization=f"Bearer {writer}") == (404, "UNKNOWN_IMPORT")
    forged = await client.post("/imports", files={"file": ("films.csv", FILMS.encode())})
    assert codes(forged) == ["MALFORMED_REQUEST"]
    asked_before = await client.post("/imports", files={"file": ("a.csv", b"")}, headers=PREFLIGHT)
    assert codes(asked_before) == ["UNAUTHENTICATED"]


async def test_an_import_can_be_deleted(keeper: Keeper) -> None:
    checked = await keeper.ended(await keeper.upload(FILMS))
    deleted = await keeper.server.client.delete(f"/imports/{checked['id']}", headers=keeper.headers)

    assert deleted.status_code == 204
    gone = await keeper.get(str(checked["id"]))
    assert (gone.status_code, codes(gone)) == (404, ["UNKNOWN_IMPORT"])
    for path in ("keys", "0" * 32, "%2e%2e"):
        assert (await keeper.get(path)).status_code == 404


async def test_templates_come_over_http_too(keeper: Keeper) -> None:
    answer = await keeper.server.client.get("/imports/templates/films.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]

    assert answer.headers["content-disposition"] == 'attachment; filename="films.xlsx"'
    assert [cell.value for cell in sheet[1]][:2] == ["key", "name"]
    for path, code in (("movies.xlsx", "INVALID_ARGUMENT"), ("films.pdf", "INVALID_ARGUMENT")):
        assert codes(await keeper.server.client.get(f"/imports/templates/{path}")) == [code]


async def test_an_import_whose_process_ended_says_what_became_of_it(
    keeper: Keeper, empty_store: BoltStore, tmp_path: Path
) -> None:
    # given two imports that say that they are being stored, and nobody who works on them
    jobs = JobStore(tmp_path / "imports", 1)
    lost = await keeper.ended(await keeper.upload(FILMS))
    stored = await keeper.ended(await keeper.upload(FILMS))
    for each in (lost, stored):
        jobs.change(str(each["id"]), state=JobState.STORING)
    # and of one the graph knows that it was stored
    mark = Statement("CREATE (f:LoadedFile {key: $key}) RETURN f.key", {"key": f"import:{stored['id']}"})
    await empty_store.write([mark])

    assert (await keeper.get(str(lost["id"]))).json()["state"] == "INTERRUPTED"
    assert (await keeper.get(str(stored["id"]))).json()["state"] == "STORED"
    # and what was interrupted can be stored after all
    assert (await keeper.ended(await keeper.commit(lost)))["state"] == "STORED"


def test_a_server_that_is_killed_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    # given a server on an empty graph that stores a large file
    data, many = tmp_path / "data", 20_000
    settings = {"NET4U_AUTH": "keys", "NET4U_SEEDS": "tests.serve.test_imports:no_seeds"}
    content = "key,name,kind\n" + "".join(f"L-{at},Letter {at},DOCUMENT\n" for at in range(many))
    with serving("--data", data, settings=settings) as server:
        server.wait_until_ready()
        key = net4u("keys", "create", "--role", "CSU", "--name", "Officer", "--data", data).out.strip()
        headers = {"Authorization": f"Bearer {key}"}
        answer = httpx.post(server.url("imports"), files={"file": ("sources.csv", content)}, headers=headers)
        identifier = answer.json()["id"]
        _wait(server, identifier, headers, "CHECKED", 0)
        httpx.post(server.url(f"imports/{identifier}/commit"), headers=headers)
        _wait(server, identifier, headers, "STORING", 1)

        # when it and its engine are killed
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait(30)

    # then the next one knows that nothing was stored, and can store it
    with serving("--data", data, settings=settings) as server:
        server.wait_until_ready()
        found = httpx.get(server.url(f"imports/{identifier}"), headers=headers, timeout=SECONDS).json()
        assert found["state"] == "INTERRUPTED"
        counted = server.ask("{ sources { totalCount } }")
        assert counted["data"] == {"sources": {"totalCount": 0}}
    shutil.rmtree(data)


def _wait(server: Server, identifier: str, headers: dict[str, str], state: str, rows: int) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        body = httpx.get(server.url(f"imports/{identifier}"), headers=headers, timeout=SECONDS).json()
        if body["state"] == state and body["rows"] >= rows:
            return
        assert body["state"] in ("CHECKING", "STORING"), body
        assert time.monotonic() < deadline, body
        time.sleep(0.01)
