"""The schema keeps to the rules of graphql-eslint for schemas and for Relay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.node_packages import NodePackages
from tests.programs import ROOT

_FROM_AN_INTERFACE = "an interface of the type names it so"
_FORWARD_ONLY = "a ranking is read from its best; Relay's specification asks for one direction at least"
# Rule and line. These rules have no options, so what we accept of them is listed; each has its reason.
ACCEPTED = {
    ("no-typename-prefix", "countryReviews("): _FROM_AN_INTERFACE,
    ("no-typename-prefix", "changes("): _FROM_AN_INTERFACE,
    ("no-typename-prefix", "valueClaims("): _FROM_AN_INTERFACE,
    ("no-typename-prefix", "regions("): _FROM_AN_INTERFACE,
    ("no-typename-prefix", "sources: [Source!]!"): _FROM_AN_INTERFACE,
    ("relay-arguments", "search("): _FORWARD_ONLY,
    ("relay-arguments", "networkMetrics("): _FORWARD_ONLY,
    # Relay's specification asks for pages in one direction; nobody reads a ranking from its end.
    ("relay-arguments", "matchOrganizations("): "a ranking is read from its best",
}
BROKEN = '''
"""Questions."""
type Query {
  """Films."""
  films(first: Int): FilmConnection!
  """Posters."""
  get_posters: [Poster!]!
}
"""A page of films."""
type FilmConnection {
  """The rows."""
  edges: [FilmEdge!]!
}
"""A row."""
type FilmEdge {
  """The film."""
  node: Film!
}
"""A film."""
type Film {
  """What it is called."""
  title: String!
}
"""A poster."""
type Poster {
  """Identifies it."""
  id: ID!
  size: PosterSize
}
enum PosterSize {
  """Small."""
  small
}
'''


def findings(clients: NodePackages, schema: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(clients.node("lint_schema.mjs", schema))
    return found


@pytest.fixture(scope="module")
def of_our_schema(clients: NodePackages) -> list[dict[str, str]]:
    return findings(clients, ROOT / "schema" / "schema.graphql")


def test_the_schema(of_our_schema: list[dict[str, str]]) -> None:
    unexpected = [each for each in of_our_schema if (each["rule"], each["near"]) not in ACCEPTED]

    assert not unexpected, "\n".join(
        f"schema/schema.graphql:{each['line']}: {each['rule']}: {each['message']}" for each in unexpected
    )


def test_nothing_is_accepted_that_does_not_occur(of_our_schema: list[dict[str, str]]) -> None:
    occurring = {(each["rule"], each["near"]) for each in of_our_schema}

    assert ACCEPTED.keys() <= occurring


def test_breaches_are_found(clients: NodePackages, tmp_path: Path) -> None:
    (tmp_path / "broken.graphql").write_text(BROKEN)

    found = {(each["rule"], each["near"]) for each in findings(clients, tmp_path / "broken.graphql")}

    assert found >= {
        ("require-description", "films(first: Int): FilmConnection!"),
        ("require-description", "size: PosterSize"),
        ("require-description", "enum PosterSize {"),
        ("naming-convention", "get_posters: [Poster!]!"),
        ("naming-convention", "small"),
        ("strict-id-in-types", "type Film {"),
        ("relay-connection-types", "type FilmConnection {"),
        ("relay-edge-types", "type FilmEdge {"),
        ("relay-arguments", "films(first: Int): FilmConnection!"),
        ("relay-page-info", ""),
    }
