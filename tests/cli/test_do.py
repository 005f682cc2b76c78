"""``net4u do``, ``history`` and ``undo``: on a database of its own, on Neo4j, and beside a running server."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.engine.neo4j_server import Neo4jServer
from schema.commands import commands
from tests.programs import Outcome, Server, net4u, serving

ADMIT = ("do", "admit-member", "--organization", "DEMO-ORG-BAOBAB", "--network", "NET4U-AMERICAS")
MEMBERS = """{ organization(key: "DEMO-ORG-BAOBAB") { memberships { nodes { key } } } }"""
_SECONDS = 30.0


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a server that these tests write to."""
    return tmp_path_factory.mktemp("written") / "data"


@pytest.fixture(scope="module")
def server(directory: Path) -> Iterator[Server]:
    """A server on the seeds, with answers kept, which learns of writes by the version alone."""
    with serving("--data", directory) as found:
        found.wait_until_ready()
        yield found


def told(outcome: Outcome) -> dict[str, object]:
    """What a command printed as JSON."""
    found: dict[str, object] = json.loads(outcome.out)
    return found


def networks(server: Server) -> set[str]:
    """The networks that the organization is in, as the server says."""
    data = cast("dict[str, dict[str, dict[str, list[dict[str, str]]]]]", server.ask(MEMBERS)["data"])
    return {node["key"] for node in data["organization"]["memberships"]["nodes"]}


def wait_until(server: Server, wanted: set[str]) -> None:
    """Return when the server says so: it asks for the version of the graph at intervals."""
    deadline = time.monotonic() + _SECONDS
    while networks(server) != wanted:
        assert time.monotonic() < deadline, f"the server still says {networks(server)}"
        time.sleep(0.05)


def test_every_command_is_listed_with_its_options() -> None:
    listed = net4u("do")
    helped = net4u("do", "record-decision", "--help")

    assert (listed.code, listed.err) == (0, "")
    assert all(f"{found.option} " in listed.out for found in commands.types.values())
    assert "One of APPROVED, DECLINED." in " ".join(helped.out.split())
    assert "the Extended Bureau decides" in " ".join(helped.out.split()).replace("The", "the")


def test_a_fact_put_in_beside_a_server_is_seen_there_and_taken_back(server: Server, directory: Path) -> None:
    # given an answer that the server keeps
    assert networks(server) == networks(server) == {"NET4U-AFRICA"}

    # when the command is tried, nothing happens
    common = (
        "--since",
        "2024",
        "--own-knowledge",
        "--reason",
        "As told.",
        "--as",
        "Ann",
        "--data",
        directory,
    )
    tried = net4u(*ADMIT, *common, "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert tried.out == "Would change 1 items (Organization DEMO-ORG-BAOBAB); nothing is stored.\n"

    # when it is done, then the server says so
    number = told(net4u(*ADMIT, *common, "--format", "json"))["number"]
    wait_until(server, {"NET4U-AFRICA", "NET4U-AMERICAS"})

    # and the history says who, why and what
    [change] = json.loads(
        net4u("history", "--number", str(number), "--format", "json", "--data", directory).out
    )
    assert [change[name] for name in ("command", "actor", "role", "reason", "sources")] == [
        "admitMember", "Ann", "ADMIN", "As told.", ["OWN-KNOWLEDGE-ADMIN"],
    ]  # fmt: skip
    assert [
        did["item"] for did in change["did"] if did["outcome"] == "created" and "MemberOf" in did["item"]
    ] == ["MemberOf DEMO-ORG-BAOBAB|NET4U-AMERICAS|2024"]
    table = net4u("history", "--entity", "Organization:DEMO-ORG-BAOBAB", "--data", directory)
    assert "As told." in table.out

    # when it is taken back, then that is seen as well
    undone = net4u("undo", str(number), "--as", "Bo", "--data", directory)
    assert (undone.code, undone.err) == (0, "")
    wait_until(server, {"NET4U-AFRICA"})
    printed = net4u("history", "--limit", "1", "--format", "csv", "--data", directory)
    [latest] = csv.DictReader(io.StringIO(printed.out))
    assert (latest["actor"], latest["name"]) == ("Bo", f"Take a change back: {number}")
    again = net4u("undo", str(number), "--data", directory)
    assert (again.code, again.error.partition(",")[0]) == (65, "NOT_THERE")


def test_problems_are_lines_with_code_option_rule_and_remedy(server: Server, directory: Path) -> None:
    words = ("do", "appoint-office", "--organization", "DEMO-ORG-BAOBAB", "--network", "NET4U-AMERICAS")
    many = net4u(*words, "--office", "KING", "--own-knowledge", "--data", directory)
    ruled = net4u(
        *words, "--office", "COORDINATOR", "--since", "2023-01", "--own-knowledge", "--format", "json",
        "--data", directory,
    )  # fmt: skip
    nobody = net4u(*ADMIT, "--data", directory)

    assert (many.code, many.out) == (65, "")
    assert many.err.splitlines() == [
        "INVALID_VALUE, --office: expected one of COORDINATOR, CO_COORDINATOR, ADMIN_FOCAL_POINT.",
        "INVALID_VALUE, --since: a value is required.",
    ]
    assert ruled.code == 65
    [problem] = cast("list[dict[str, str]]", told(ruled)["problems"])
    assert (problem["code"], problem["rule"]) == ("NOT_ALLOWED", "ONE_COORDINATOR_AT_A_TIME")
    assert ruled.error == (
        "NOT_ALLOWED, --organization, ONE_COORDINATOR_AT_A_TIME: DEMO-ORG-ISTHMUS is coordinator of "
        "NET4U-AMERICAS since 2022-04 until 2023-04. End that office first."
    )
    assert (nobody.code, nobody.error) == (
        65,
        "MISSING_SOURCE, --source: Nobody says who states this. "
        "Name a source, or say that it is your own knowledge.",
    )


def test_the_same_key_is_done_once(server: Server, directory: Path) -> None:
    words = (
        "do", "add-source", "--name", "A letter", "--kind", "DOCUMENT", "--idempotency-key", "letter-1",
        "--as", "Ann", "--data", directory,
    )  # fmt: skip
    first, second = net4u(*words), net4u(*words)

    assert first.out.startswith("Change ")
    assert second.out.startswith("Done before, by change ")


def test_lists_and_flags_are_arguments(server: Server, directory: Path) -> None:
    made = net4u(
        "do", "create-organization", "--key", "ORG-CLI", "--name", "Made here", "--kind", "NGO",
        "--aliases", "One; really", "--aliases", "Two", "--languages", "en", "--country", "KEN",
        "--own-knowledge", "--data", directory,
    )  # fmt: skip
    applied = net4u(
        "do", "submit-application", "--organization", "ORG-CLI", "--event", "CD-2024-TIP", "--draft",
        "--no-travel-support", "--own-knowledge", "--data", directory,
    )  # fmt: skip

    assert (made.code, made.err, applied.code, applied.err) == (0, "", 0, "")
    listed = net4u("history", "--entity", "Application:APPLICATION-CD-2024-TIP-ORG-CLI", "--format", "json",
                   "--data", directory)  # fmt: skip
    [change] = json.loads(listed.out)
    [did] = json.loads(
        net4u("history", "--number", str(change["number"]), "--format", "json", "--data", directory).out
    )
    after = {each["item"]: json.loads(each["after"]) for each in did["did"]}
    application = after["Application APPLICATION-CD-2024-TIP-ORG-CLI"]
    assert (application["status"], application["travel_support"]) == ("DRAFT", False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("do", "crown-a-king"), "No such command 'crown-a-king'"),
        (("do", "admit-member", "--king", "x"), "--king"),
        ((*ADMIT, "--own-knowledge", "--as", "a\nb"), "cannot stand in a history"),
        ((*ADMIT, "--own-knowledge", "--as", ""), "cannot stand in a history"),
        ((*ADMIT, "--expected-version", "soon"), "--expected-version"),
        (("history", "--entity", "Nothing:X"), "names nothing"),
        (("history", "--entity", "Entity:X"), "names nothing"),
        (("history", "--limit", "0"), "--limit"),
    ],
)
def test_a_line_that_makes_no_sense_opens_no_database(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    refused = net4u(*words, "--data", tmp_path)

    assert (refused.code, refused.out) == (64, "")
    assert said in refused.error
    assert not any(tmp_path.iterdir())


def test_where_no_server_runs(tmp_path: Path) -> None:
    done = net4u("do", "add-source", "--name", "A page", "--kind", "PAGE", "--key", "P", "--data", tmp_path)
    missing = net4u("history", "--number", "77", "--data", tmp_path)
    odd = net4u("undo", "seven", "--data", tmp_path)

    assert done.out == "Change 1 (Source P). Take it back: net4u undo 1\n"
    assert (missing.code, "There is no change 77." in missing.error) == (64, True)
    assert (odd.code, odd.error) == (65, "INVALID_VALUE, number: a whole number is expected.")


async def test_in_neo4j(neo4j_server: Neo4jServer, neo4j_store: BoltStore, tmp_path: Path) -> None:
    settings = {"NET4U_DATABASE": neo4j_server.url, "NET4U_DATA": str(tmp_path)}
    words = ("do", "add-source", "--name", "Far away", "--kind", "PAGE", "--format", "json")

    done = told(await asyncio.to_thread(net4u, *words, settings=settings))

    shown = await asyncio.to_thread(
        net4u, "history", "--number", str(done["number"]), "--format", "csv", settings=settings
    )
    assert "Far away" in shown.out
    assert not any(tmp_path.iterdir())
