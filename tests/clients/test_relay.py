"""Relay's compiler accepts the schema, and our server answers what it makes of an application's fragments."""

from __future__ import annotations

import base64
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.node_packages import NodePackages, tool
from tests.programs import ROOT, Server

APPLICATION = Path(__file__).parent / "relay"
ORGANIZATION_WITH_MEMBERSHIPS = (
    "{ organizations(first: 1, where: {membershipsCount: {gte: 1}}) { nodes { id } } }"
)
NETWORK = base64.b64encode(b"Network:NET4U-AFRICA").decode().rstrip("=")
# What `@refetchable` and the queries of the application become.
OPERATIONS: dict[str, dict[str, object]] = {
    "listsPageQuery": {"count": 3, "network": "NET4U-AFRICA"},
    "listsOrganizationsQuery": {"count": 3, "where": {"kind": {"eq": "NGO"}}, "asOf": "2024-01-01"},
    "listsMembershipsQuery": {"id": "organization"},
    "listsMembersQuery": {"id": "network", "count": 2},
    "nodesPageQuery": {"id": "organization"},
    "nodesEntityQuery": {"id": "network", "language": "FR"},
    "nodesStakeholderQuery": {"id": "organization"},
}
_NAME = re.compile(r"query (\w+)")


@dataclass(frozen=True, slots=True)
class Compiled:
    """How the compiler ended, and the documents that it made, by the names of their operations."""

    code: int
    said: str
    documents: dict[str, str]


def compiled(clients: NodePackages, directory: Path) -> Compiled:
    """Compile the modules in ``src`` of a directory; documents go into a file, as for trusted documents."""
    shutil.copy(ROOT / "schema" / "schema.graphql", directory)
    (directory / "made").mkdir()
    persisted = directory / "persisted.json"
    persisted.write_text("{}")
    settings = {
        "src": "src",
        "schema": "schema.graphql",
        "language": "typescript",
        "artifactDirectory": "made",
        "customScalarTypes": {"Date": "string", "PartialDate": "string"},
        "persistConfig": {"file": persisted.name},
    }
    (directory / "relay.config.json").write_text(json.dumps(settings))
    compiler = clients.modules / "relay-compiler" / "cli.js"
    done = clients.run(tool("node"), compiler, "relay.config.json", directory=directory)
    texts: list[str] = list(json.loads(persisted.read_text()).values())
    return Compiled(
        done.returncode, done.stdout + done.stderr, {_NAME.findall(text)[0]: text for text in texts}
    )


@pytest.fixture(scope="module")
def application(clients: NodePackages, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Our application, compiled."""
    directory = tmp_path_factory.mktemp("relay")
    shutil.copytree(APPLICATION, directory / "src")
    return compiled(clients, directory)


def test_the_schema_is_accepted(application: Compiled) -> None:
    assert application.code == 0, application.said
    assert application.documents.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_was_compiled_is_answered(operation: str, application: Compiled, service: Server) -> None:
    found = service.ask(ORGANIZATION_WITH_MEMBERSHIPS)
    ids = {"organization": found["data"]["organizations"]["nodes"][0]["id"], "network": NETWORK}  # type: ignore[index]
    variables = dict(OPERATIONS[operation])
    if "id" in variables:
        variables["id"] = ids[str(variables["id"])]

    answer = service.ask(application.documents[operation], variables)

    assert "errors" not in answer, answer
    for found in answer["data"].values():  # type: ignore[attr-defined]
        assert found


@pytest.mark.parametrize(
    ("fragment", "complaint"),
    [
        ("fragment wrong_one on Organization { bosses }", "The type `Organization` has no field `bosses`"),
        (
            'fragment wrong_two on Organization { sources @connection(key: "wrong_two") { key } }',
            "@connection",
        ),
    ],
    ids=["unknown field", "connection on a plain list"],
)
def test_what_the_schema_lacks_is_refused(
    fragment: str, complaint: str, clients: NodePackages, tmp_path: Path
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "wrong.js").write_text(f"graphql`{fragment}`;")

    refused = compiled(clients, tmp_path)

    assert refused.code == 1
    assert complaint in refused.said
