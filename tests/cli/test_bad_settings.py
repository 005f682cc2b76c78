"""What cannot work ends with one line on standard error and an exit code that scripts can rely on."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from graph_api.engine.neo4j_server import Neo4jServer
from tests.programs import as_nobody, free_port, net4u, with_limit


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "'nonsense'"),
        (("serve", "--port", "abc"), "'abc'"),
        (("serve", "--port", "70000"), "port has the value 70000"),
        (("serve", "--prot", "8000"), "'--prot'"),
        (("serve", "--host", "no-such-host.invalid"), "no-such-host.invalid"),
        (("schema", "--file", "/proc/net4u/schema.graphql"), "/proc/net4u/schema.graphql"),
    ],
)
def test_a_command_line_that_cannot_be_used(words: tuple[str, ...], said: str) -> None:
    refused = net4u(*words)

    assert (refused.code, refused.out) == (64, "")
    assert refused.error.startswith("INVALID_SETTING: ")
    assert said in refused.error


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("NET4U_PROT", "8123", "NET4U_PROT sets nothing"),
        ("NET4U_PORT", "many", "port has the value 'many'"),
        ("NET4U_HEAP", "lots", "'lots'"),
        ("NET4U_ONTOLOGY", "schema", "'schema'"),
    ],
)
def test_a_variable_of_the_environment_that_cannot_be_used(
    variable: str, value: str, said: str, tmp_path: Path
) -> None:
    refused = net4u("load", "--data", tmp_path, settings={variable: value})

    assert (refused.code, refused.out) == (64, "")
    assert refused.error.startswith("INVALID_SETTING: ")
    assert said in refused.error


@pytest.mark.parametrize(
    "address", ["mysql://user:hush@host", "neo4j://:hush@host", "neo4j://user:hu/sh@host"]
)
def test_an_address_of_a_database_is_refused_without_showing_its_password(address: str) -> None:
    refused = net4u("load", "--database", address)

    assert (refused.code, refused.out) == (64, "")
    assert refused.error.startswith("INVALID_SETTING: The database address ")
    assert "hu" not in refused.error.partition(" Write ")[0].replace("must", "")


def test_a_database_that_does_not_answer() -> None:
    refused = net4u("load", "--database", f"neo4j://user:hush@127.0.0.1:{free_port()}")

    assert (refused.code, refused.out) == (69, "")
    assert refused.error.startswith("DATABASE_UNREACHABLE: ")
    assert "hush" not in refused.error


async def test_a_database_that_refuses_the_password(neo4j_server: Neo4jServer) -> None:
    address = neo4j_server.settings.uri.replace("://", "://neo4j:wrong@")

    refused = net4u("ask", "trainings", "--database", address)

    assert (refused.code, refused.out) == (77, "")
    assert refused.error.startswith("DATABASE_LOGIN_REFUSED: ")
    assert "wrong" not in refused.error


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        refused = net4u("serve", "--port", str(port), "--data", tmp_path)

    assert (refused.code, refused.out) == (69, "")
    assert refused.error.startswith(f"PORT_IN_USE: The port {port} of 127.0.0.1 cannot be opened")
    assert not any(tmp_path.iterdir())


def test_a_file_in_place_of_the_data_directory(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    refused = net4u("load", "--data", tmp_path / "data")

    assert (refused.code, refused.out) == (73, "")
    assert refused.error.startswith("DATA_DIRECTORY_UNUSABLE: ")
    assert "a file stands in its place" in refused.error


def test_a_data_directory_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    refused = net4u("load", "--data", tmp_path / "data", prefix=as_nobody())

    assert (refused.code, refused.out) == (73, "")
    assert refused.error.startswith("DATA_DIRECTORY_UNUSABLE: ")
    assert "it cannot be written" in refused.error


@pytest.mark.parametrize("kilobytes", [20, 20_000], ids=["at the start", "while loading"])
def test_a_data_directory_without_room(kilobytes: int, tmp_path: Path) -> None:
    refused = net4u("load", "--data", tmp_path / "data", prefix=with_limit(kilobytes))

    assert (refused.code, refused.out) == (73, "")
    assert refused.error.startswith("DATA_DIRECTORY_UNUSABLE: ")
    assert "its disk is full" in refused.error
