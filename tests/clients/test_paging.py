"""Apollo Client and urql page through a list with their caches, forward and backward, and have all of it."""

from __future__ import annotations

import json

import pytest

from tests.node_packages import NodePackages
from tests.programs import Server

SIZE = 7
WHOLE = """{
  organizations(first: 1000, orderBy: [{ country: { name: ASC } }, { name: DESC }]) { nodes { key } }
}"""


def keys_at_once(service: Server) -> list[str]:
    """The keys of all organizations in the order that the clients ask for, from one big page."""
    data = service.ask(WHOLE)["data"]
    return [node["key"] for node in data["organizations"]["nodes"]]  # type: ignore[index]


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_all_pages_make_the_list(client: str, direction: str, clients: NodePackages, service: Server) -> None:
    wanted = keys_at_once(service)
    assert len(wanted) > 3 * SIZE

    found = json.loads(clients.node(f"page_{client}.mjs", service.url("graphql"), str(SIZE), direction))

    assert found == {
        "merged": wanted,
        "pages": -(-len(wanted) // SIZE),
        "totalCount": len(wanted),
        "warnings": [],
    }
