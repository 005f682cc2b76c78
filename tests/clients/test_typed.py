"""A TypeScript client is generated from the schema, compiles strictly, and pages through a list."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.node_packages import NodePackages, succeeded, tool
from tests.programs import ROOT, Server

CLIENT = Path(__file__).parent / "typed"
WHOLE = """{
  organizations(first: 1000, orderBy: [{ country: { name: ASC } }, { membershipsCount: DESC }]) {
    nodes { key }
  }
}"""


def compiled(clients: NodePackages, directory: Path) -> Path:
    """The client's program, generated and compiled in a directory."""
    for name in ("main.ts", "tsconfig.json"):
        shutil.copy(CLIENT / name, directory)
    (directory / "package.json").write_text('{"type": "module"}')
    (directory / "node_modules").symlink_to(clients.modules)
    clients.node(
        "generate.mjs", ROOT / "schema" / "schema.graphql", CLIENT / "operations.graphql", directory / "made"
    )
    compiler = clients.modules / "typescript" / "bin" / "tsc"
    succeeded(clients.run(tool("node"), compiler, "--project", directory))
    return directory / "out" / "main.js"


def test_a_generated_client_pages_through_a_list(
    clients: NodePackages, service: Server, tmp_path: Path
) -> None:
    nodes = service.ask(WHOLE)["data"]["organizations"]["nodes"]  # type: ignore[index]
    wanted = [node["key"] for node in nodes]

    program = compiled(clients, tmp_path)
    found = json.loads(clients.node(str(program), service.url("graphql"), "7"))

    assert found == {"keys": wanted, "again": wanted[0]}
