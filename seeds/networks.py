"""Networks, the regions that they serve, and how many members sources say they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph_api.imports import NodeRef, Row, Table
from graph_api.imports.records import Record
from schema.edges.networks import CountsMembersOf, EstablishedAfter
from schema.edges.places import BasedIn, LocatedIn, Serves
from schema.kinds.country import Country
from schema.kinds.event import Event
from schema.kinds.network import MemberCountClaim, Network
from schema.kinds.region import Region
from schema.vocabulary import ClaimQualifier, RegionScheme
from seeds.facts import Facts, ref
from seeds.files import columns
from seeds.places import WORLD, region_key

_GLOBAL = "Global"
_AS_OF = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?:; (.*))?", re.ASCII)


def network(row: Row) -> Iterator[Record]:
    """A network with the region that it serves and the count of its members, where one is stated."""
    facts = Facts(row)
    yield from facts.sources
    found = facts.node(
        Network,
        row["code"],
        name=row["name"],
        kind=row["kind"],
        verification=row["verification"],
        note=row["note"],
    )
    yield found
    yield from _places(row, facts, found.ref)
    if row["established_after_event"]:
        yield facts.edge(EstablishedAfter, found.ref, ref(Event, row["established_after_event"]))
    if row["member_count"]:
        yield from _member_count(row, facts, found.ref)


def _places(row: Row, facts: Facts, network: NodeRef) -> Iterator[Record]:
    if row["scope_country_iso3"]:
        yield facts.edge(BasedIn, network, ref(Country, row["scope_country_iso3"]))
    scope = row["scope_region"]
    if scope == _GLOBAL:
        yield facts.edge(Serves, network, ref(Region, WORLD))
    elif scope:
        statistical = region_key(scope)
        served = facts.node(
            Region, f"NET4U-REGION-{statistical}", name=f"{scope} (NET4U)", scheme=RegionScheme.NET4U
        )
        yield served
        yield facts.edge(LocatedIn, ref(Region, statistical), served.ref)
        yield facts.edge(Serves, network, served.ref)


def _member_count(row: Row, facts: Facts, network: NodeRef) -> Iterator[Record]:
    match = _AS_OF.fullmatch(row["member_count_as_of"])
    if match is None:
        raise row.broken("member_count_as_of", "expected a date, perhaps with a remark after a semicolon")
    claim = facts.node(
        MemberCountClaim,
        f"{row['code']}-MEMBERS-{match[1]}",
        name=f"{row['code']}: {row['member_count']} members as of {match[1]}",
        value=row["member_count"],
        qualifier=ClaimQualifier.EXACT,
        as_of=match[1],
        verification=row["verification"],
        note=match[2],
    )
    yield claim
    yield facts.edge(CountsMembersOf, claim.ref, network)


NETWORKS = Table(
    network,
    columns(
        "code name kind scope_region scope_country_iso3 established_after_event member_count "
        "member_count_as_of verification source note"
    ),
)
