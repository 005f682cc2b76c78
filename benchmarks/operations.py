"""The operations that are measured: as our API, the reference and the peer are asked for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from benchmarks.peer import texts as peer
from graph_api.values import Value

Variables: TypeAlias = Mapping[str, Value]

_BY_NAME = "orderBy: [{ name: ASC }]"
DEPTH = 20_000
THEME = "UNTOC"
WIDE, MIDDLE, NARROW = "EUROPE", "SOUTHERN-AFRICA", "NORTHERN-AMERICA"
FEW = 2_000
"""Candidates that are fetched and sorted sooner than the order's index is walked."""


@dataclass(frozen=True, slots=True)
class Request:
    """A GraphQL document and its variables."""

    text: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goals:
    """What ours has to reach: CPU against the reference, requests a second against the peer, dbHits."""

    cpu: float = 1.3
    peer: float | None = None
    hits: int | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``reference`` is the path of the hand-written server and its parameters.

    ``ours`` is None where our API cannot be asked yet.
    """

    name: str
    reference: str
    parameters: Variables
    ours: Request | None
    peer: Request
    goals: Goals


_LOOKUP = "query Lookup($key: String!) { organization(key: $key) { key name kind website founded } }"

_FIRST_PAGE = f"""query FirstPage($first: Int!) {{
  organizations(first: $first, {_BY_NAME}) {{ edges {{ node {{
    key name country {{ name }}
    themes {{ edges {{ level node {{ key name }} }} }}
    memberships {{ edges {{ since until node {{ key name }} }} }}
  }} }} }}
}}"""

_QUESTION = f"""query MembersCovering($theme: String!, $region: String!, $first: Int!) {{
  organizations(
    first: $first
    {_BY_NAME}
    where: {{
      memberships: {{ some: {{ node: {{ kind: {{ eq: REGIONAL_NETWORK }} }} }} }}
      themes: {{ some: {{ node: {{ within: [$theme] }} }} }}
      country: {{ within: [$region] }}
    }}
  ) {{ edges {{ node {{
    key name country {{ name }}
    themes(where: {{ node: {{ within: [$theme] }} }}) {{ edges {{ level node {{ key }} }} }}
    memberships {{ edges {{ since until node {{ key }} }} }}
  }} }} }}
}}"""

_MANY_FIELDS = f"""query ManyFields($first: Int!) {{
  organizations(first: $first, {_BY_NAME}) {{ edges {{ node {{
    key name acronym kind website founded languages synthetic
    country {{ key name }}
    themes {{ edges {{ level node {{ key }} }} }}
    memberships {{ edges {{ since node {{ key }} }} }}
  }} }} }}
}}"""

PAGE = f"""query Page($first: Int!, $after: String) {{
  organizations(first: $first, after: $after, {_BY_NAME}) {{
    edges {{ node {{ key name }} }}
  }}
}}"""

_COVERAGE = """{
  organizations(first: 0) { groups(by: [THEMES, COUNTRY], rollUp: true) { keys count } }
}"""

_EVENT = """query EventNetworks($key: String!) {
  event(key: $key) {
    key name start
    participations(first: 1000) { edges {
      role
      node { key name memberships { edges { since node { key name } } } }
    } }
  }
}"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the deep page begins: the row before it, by its cursor and by its order's values."""

    cursor: str
    name: str
    key: str


def operations(deep: Place, depth: int = DEPTH) -> tuple[Operation, ...]:
    """All operations; ``deep`` is the row that the deep page follows, ``depth`` how many are before it."""
    return (
        Operation(
            "lookup by key",
            "lookup",
            {"key": "ORG-0001234"},
            Request(_LOOKUP, {"key": "ORG-0001234"}),
            Request(peer.LOOKUP, {"key": "ORG-0001234"}),
            Goals(peer=1.3, hits=6),
        ),
        Operation(
            "first 20, with country, themes, memberships",
            "first-page",
            {"first": 20},
            Request(_FIRST_PAGE, {"first": 20}),
            Request(peer.FIRST_PAGE, {"first": 20}),
            Goals(peer=30, hits=1_600),
        ),
        _question("wide", WIDE),
        _question("middle", MIDDLE),
        _question("narrow", NARROW),
        Operation(
            "100 organizations, some 2,700 fields",
            "many-fields",
            {"first": 100},
            Request(_MANY_FIELDS, {"first": 100}),
            Request(peer.MANY_FIELDS, {"first": 100}),
            Goals(peer=9, hits=7_000),
        ),
        Operation(
            f"a page {depth:,} deep",
            "deep-page",
            {"first": 20, "name": deep.name, "key": deep.key},
            Request(PAGE, {"first": 20, "after": deep.cursor}),
            Request(peer.DEEP_PAGE, {"first": 20, "offset": depth}),
            Goals(peer=16, hits=100),
        ),
        Operation(
            "coverage, all levels (the peer: top levels only)",
            "coverage",
            {},
            Request(_COVERAGE),
            Request(peer.COVERAGE),
            Goals(peer=25, hits=750_000),
        ),
        Operation(
            "event, participants, their networks",
            "event-networks",
            {"key": "EVENT-000440"},
            Request(_EVENT, {"key": "EVENT-000440"}),
            Request(peer.EVENT_NETWORKS, {"key": "EVENT-000440"}),
            Goals(peer=3),
        ),
    )


def _question(width: str, region: str) -> Operation:
    asked: Variables = {"theme": THEME, "region": region, "first": 50}
    return Operation(
        f"first question, {width} region",
        "first-question",
        {**asked, "few": FEW},
        Request(_QUESTION, asked),
        Request(peer.FIRST_QUESTION, asked),
        Goals(peer=40, hits=10_000 if width == "wide" else None),
    )
