"""``net4u keys``: on a database of its own, on Neo4j, and beside a running server."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.engine.neo4j_server import Neo4jServer
from tests.programs import Outcome, Server, net4u

KEY = re.compile(r"key_([a-z0-9]{8})_[A-Za-z0-9_-]{43}\n")


def listed(outcome: Outcome) -> dict[str, Mapping[str, object]]:
    """The keys that a list prints, by name."""
    assert (outcome.code, outcome.err) == (0, "")
    rows = cast("list[dict[str, object]]", json.loads(outcome.out))
    return {str(row["name"]): row for row in rows}


def made(outcome: Outcome) -> str:
    """The id of a key that was made, whose text alone is on standard output."""
    assert outcome.code == 0, outcome.err
    assert "shown once" in outcome.err
    found = KEY.fullmatch(outcome.out)
    assert found is not None, outcome.out
    return found.group(1)


def test_the_life_of_a_key_beside_a_running_server(service: Server, seeded_directory: Path) -> None:
    # given two keys, made while a server has the directory
    data = ("--data", seeded_directory)
    reader = made(net4u("keys", "create", "--role", "RESEARCHER", "--name", "Ann", *data))
    until = ("--expires", "2999-01-31")
    officer = made(net4u("keys", "create", "--role", "CSU", "--name", "Bo", *until, *data))

    # when one is revoked
    revoked = net4u("keys", "revoke", reader, *data)
    assert (revoked.code, revoked.out) == (0, "")

    # then the list says so, and shows no secret
    printed = net4u("keys", "list", "--format", "json", *data)
    keys = listed(printed)
    assert (keys["Ann"]["id"], keys["Bo"]["id"]) == (reader, officer)
    assert [keys["Ann"][each] for each in ("role", "state", "expires")] == ["RESEARCHER", "revoked", None]
    assert [keys["Bo"][each] for each in ("role", "state", "expires")] == ["CSU", "valid", "2999-01-31"]
    assert str(keys["Ann"]["revoked"]) > str(keys["Ann"]["created"])
    assert "digest" not in printed.out
    table = net4u("keys", "list", *data)
    assert all(text in table.out for text in ("Ann", "Bo", reader, officer, "revoked"))

    # and the server is as it was
    assert service.ask('{ country(key: "KEN") { name } }')["data"] == {"country": {"name": "Kenya"}}
    assert net4u("keys", "revoke", officer, *data).code == 0


def test_a_key_where_no_server_runs(tmp_path: Path) -> None:
    identifier = made(net4u("keys", "create", "--role", "ADMIN", "--name", "first", "--data", tmp_path))

    assert listed(net4u("keys", "list", "--format", "json", "--data", tmp_path))["first"]["id"] == identifier


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "KING", "--name", "x"), "There are: PUBLIC, RESEARCHER, CSU, ADMIN."),
        (("--role", "CSU", "--name", "x", "--expires", "soon"), "'soon' is no day."),
        (("--role", "CSU", "--name", "x", "--expires", "2001-01-01"), "the day is over"),
        (("--role", "CSU", "--name", ""), "printable"),
        (("--role", "CSU"), "--name"),
    ],
)
def test_a_key_that_would_make_no_sense_is_one_line(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    refused = net4u("keys", "create", *words, "--data", tmp_path)

    assert (refused.code, refused.out) == (64, "")
    assert said in refused.error
    assert not any(tmp_path.iterdir()), "no database was opened for it"


def test_what_is_no_key_cannot_be_revoked(service: Server, seeded_directory: Path) -> None:
    refused = net4u("keys", "revoke", "nosuchid", "--data", seeded_directory)

    assert (refused.code, refused.out) == (64, "")
    assert "no key with the id 'nosuchid'" in refused.error


async def test_keys_in_neo4j(neo4j_server: Neo4jServer, neo4j_store: BoltStore, tmp_path: Path) -> None:
    settings = {"NET4U_DATABASE": neo4j_server.url, "NET4U_DATA": str(tmp_path)}
    words = ("keys", "create", "--role", "CSU", "--name", "far away", "--expires", date.max.isoformat())

    identifier = made(await asyncio.to_thread(net4u, *words, settings=settings))

    keys = listed(await asyncio.to_thread(net4u, "keys", "list", "--format", "json", settings=settings))
    assert keys["far away"]["id"] == identifier
    assert not any(tmp_path.iterdir())
