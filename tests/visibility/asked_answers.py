"""What a role is asked about search, neighbourhoods, paths, coverage, health, matching and slates.

Every question names a day where its answer could depend on one, so that two graphs that differ in nothing
that a role sees give it the same bytes at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

_HIT = """totalCount facets { name values { key name count } } pageInfo { endCursor hasNextPage }
  edges { cursor score matchedName node { __typename key name sources { key } ... on Organization {
  contactName applicationsCount } } }"""
_SEARCH = f"""query ($text: String!, $kinds: [EntityKind!], $within: [String!], $asOf: Date) {{
  search(text: $text, kinds: $kinds, within: $within, asOf: $asOf, first: 100) {{ {_HIT} }} }}"""
_EDGE = "id source target label relation facts { name value } since until synthetic sources { key }"
_PART = f"""truncated totalNodes pieces edges {{ {_EDGE} }}
  nodes {{ depth degree entity {{ __typename key name sources {{ key }} }} }}"""
_AROUND = f"""query ($keys: [String!]!, $asOf: Date) {{
  neighborhood(keys: $keys, depth: 2, maxNodes: 30, asOf: $asOf) {{ {_PART} }} }}"""
_PATHS = f"""query ($from: String!, $to: String!, $asOf: Date) {{
  paths(from: $from, to: $to, first: 20, asOf: $asOf) {{
    length nodes {{ __typename key name }} edges {{ {_EDGE} }} }} }}"""
_CONNECT = f"query ($keys: [String!]!) {{ connect(keys: $keys) {{ {_PART} }} }}"
_TABLE = """query ($rows: CoverageAxis!, $columns: CoverageAxis!, $asOf: Date, $compareTo: Date) {
  coverage(rows: $rows, columns: $columns, asOf: $asOf, compareTo: $compareTo) {
    rowKeys columnKeys rows { key name } columns { key name } gaps(threshold: 2) { rowKey columnKey count }
    cells { rowKey columnKey count compared organizations { totalCount nodes { key name contactName } }
      governmentCounterparts { totalCount nodes { key name contactName } } } } }"""
_HEALTH = """query ($network: String!) { networkHealth(network: $network, asOf: "2024-12-31") {
  network { key name } findings { rule severity message evidence { __typename key name } sources { key } }
} }"""
_REASON = "criterion weight value contribution explanation sources { key }"
_MATCH = f"""query ($event: String, $criteria: MatchCriteria) {{
  matchOrganizations(event: $event, criteria: $criteria, asOf: "2024-12-31", first: 50) {{ totalCount
    weights {{ criterion weight }} edges {{ cursor score ecosocStatus reasons {{ {_REASON} }}
      gaps {{ {_REASON} }} node {{ key name contactName sources {{ key }} }} }} }} }}"""
_SLATE = """query ($event: String, $network: String, $constraints: [SlateConstraint!]) {
  proposeSlate(event: $event, network: $network, size: 1, constraints: $constraints, asOf: "2024-12-31") {
    feasible total conflict unknown rules { text cost explanation }
    seats { score organization { key name contactName } reasons { criterion contribution explanation } }
    nearly { score loss explanation organization { key name } } } }"""
_AXES = (
    ("THEME", "REGION_M49"),
    ("NETWORK", "THEME"),
    ("EVENT", "ORGANIZATION_KIND"),
    ("COUNTRY", "COUNTERPART_KIND"),
)

Asked = tuple[str, Mapping[str, object]]


def questions(keys: tuple[str, ...]) -> Iterator[Asked]:
    """Texts with their variables; ``keys`` are those of nodes, hidden ones among them."""
    yield from _searches(keys)
    yield from _walks(keys)
    for rows, columns in _AXES:
        table = {"rows": {"by": rows}, "columns": {"by": columns}}
        yield _TABLE, table
        yield _TABLE, {**table, "asOf": "2024-01-01", "compareTo": "2010-01-01"}
    for key in keys:
        yield _HEALTH, {"network": key}
        yield _MATCH, {"event": key}
        yield _SLATE, {"network": key}
    bound = {"bound": "AT_LEAST", "number": 1}
    for key in keys[2:]:
        yield _MATCH, {"criteria": {"themes": [key], "regions": [key], "networks": [key], "newcomers": True}}
        yield _SLATE, {"event": keys[0], "constraints": [{**bound, "scheme": "ORGANIZATION", "value": key}]}
    for scheme in ("COUNTRY", "REGION"):
        constraint = {**bound, "scheme": scheme, "value": "row-csu-1"}
        yield _SLATE, {"event": keys[0], "constraints": [constraint]}


def _searches(keys: tuple[str, ...]) -> Iterator[Asked]:
    for text in ("secret", "SECRET 1", "secrte alpha", "s", "row", "a", "é", *keys[2:]):
        yield _SEARCH, {"text": text}
    yield _SEARCH, {"text": "a", "asOf": "2024-01-01"}
    for key in keys[2:]:
        yield _SEARCH, {"text": "a", "within": [key]}
    for kind in ("ORGANIZATION", "APPLICATION", "GOVERNMENT_COUNTERPART", "IDENTITY_JUDGEMENT"):
        yield _SEARCH, {"text": "secret", "kinds": [kind]}


def _walks(keys: tuple[str, ...]) -> Iterator[Asked]:
    kinds = ("Organization", "Event", "Application")
    named = [f"{kind}:{key}" for kind in kinds for key in keys[2:]]
    for each in named:
        yield _AROUND, {"keys": [each]}
    for day in (None, "2024-01-01"):
        yield _AROUND, {"keys": ["Organization:k-1"], "asOf": day}
        yield _PATHS, {"from": "Organization:k-1", "to": "Event:k-1", "asOf": day}
    for start, end in pairwise(named[::3]):
        yield _PATHS, {"from": start, "to": end}
        yield _CONNECT, {"keys": [start, end, "Country:k-1"]}
