"""Keys on a real server in production mode: what each role is told, and the end of a key."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.programs import Server, net4u, serving

APPLICATIONS = "{ applications(first: 3) { totalCount nodes { status } } }"
CONTACTS = '{ organizations(where: { contactEmail: { contains: "a" } }) { totalCount } }'


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("access") / "data"


@pytest.fixture(scope="module")
def server(directory: Path) -> Iterator[Server]:
    settings = {"NET4U_AUTH": "keys", "NET4U_MODE": "production", "NET4U_VERSION_SECONDS": "0.1"}
    with serving("--data", directory, settings=settings) as found:
        found.wait_until_ready()
        yield found


def ask(server: Server, query: str, key: str = "", **headers: str) -> httpx.Response:
    given = {"authorization": f"Bearer {key}"} if key else {}
    return httpx.post(server.url("graphql"), json={"query": query}, headers={**given, **headers}, timeout=60)


def first_key(server: Server) -> str:
    found = re.search(r"key_[\w-]+", server.said)
    assert found is not None, server.said
    return found.group()


def made(directory: Path, role: str) -> str:
    outcome = net4u("keys", "create", "--role", role, "--name", f"A {role}", "--data", directory)
    assert outcome.code == 0, outcome.err
    return outcome.out.strip()


def code(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


def test_an_empty_database_begins_with_one_administrator(server: Server) -> None:
    key = first_key(server)

    explained = ask(server, APPLICATIONS, key, **{"x-explain": "1"})
    figures = httpx.get(server.url("metrics"), headers={"authorization": f"Bearer {key}"})
    schema = ask(server, "{ __schema { queryType { name } } }", key)

    assert explained.json()["extensions"]["explain"]["applications"]["cypher"]
    assert "graph_requests_total" in figures.text
    assert schema.json()["data"]["__schema"]
    # and nobody else is told any of it
    assert code(ask(server, APPLICATIONS, **{"x-explain": "1"})) == "FORBIDDEN"
    assert httpx.get(server.url("metrics")).status_code == 403
    assert code(ask(server, "{ __schema { queryType { name } } }")) == "FORBIDDEN"
    # and it is told once
    assert server.said.count("key_") == 1


def test_each_role_sees_what_it_may(server: Server, directory: Path) -> None:
    officer, researcher = made(directory, "CSU"), made(directory, "RESEARCHER")

    counts = {
        name: ask(server, APPLICATIONS, key).json()["data"]["applications"]["totalCount"]
        for name, key in {"public": "", "researcher": researcher, "officer": officer}.items()
    }

    assert counts["officer"] > 0
    assert counts["public"] == counts["researcher"] == 0
    assert code(ask(server, CONTACTS)) == "FORBIDDEN"
    assert "errors" not in ask(server, CONTACTS, officer).json()


@pytest.mark.parametrize("key", ["nonsense", "key_aaaaaaaa_" + "A" * 43])
def test_a_bad_key_is_refused(server: Server, key: str) -> None:
    answer = ask(server, APPLICATIONS, key)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert code(answer) == "UNAUTHENTICATED"


def test_a_revoked_key_ends_within_the_interval(server: Server, directory: Path) -> None:
    # given a key that the server has seen
    key = made(directory, "CSU")
    assert ask(server, APPLICATIONS, key).status_code == 200
    revoked = net4u("keys", "revoke", key.split("_")[1], "--data", directory)
    assert revoked.code == 0, revoked.err

    deadline = time.monotonic() + 30
    while ask(server, APPLICATIONS, key).status_code != 401:
        assert time.monotonic() < deadline, "the key still opens"
        time.sleep(0.05)


def test_an_open_server_takes_no_key(service: Server) -> None:
    answer = ask(service, APPLICATIONS, "key_aaaaaaaa_" + "A" * 43)

    assert answer.status_code == 401
    assert ask(service, APPLICATIONS).json()["data"]["applications"]["totalCount"] == 0
