"""A seeded graph of any size in the form in which imports store it, streamed record by record.

Scale 1 has 50,000 organizations and about 400,000 edges. Organizations, their edges and events grow
with the scale; places, themes and networks do not. Places and themes are those of the seeds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from benchmarks import names
from graph_api.imports import EdgeRecord, ImportFile, NodeRecord, NodeRef
from graph_api.imports.records import Raw, Record
from schema.vocabulary import (
    BodyField,
    BodyKind,
    BodyRole,
    EventKind,
    EventMode,
    ExpertiseLevel,
    NetworkKind,
    OfficeKind,
    OrganizationKind,
    OrganizationSubtype,
    ParticipationRole,
    ParticipationStatus,
    SourceKind,
)
from seeds import catalogue
from seeds.files import own, reference
from seeds.places import region_key

ORGANIZATIONS = 50_000
EVENTS = 2_000
SOURCE = NodeRef("Source", "BENCHMARK")
PLACES_AND_THEMES = ("reference/countries.csv", "reference/thematic_areas.csv", "own/thematic_topics.csv")
FIRST_YEAR, LAST_YEAR = 2005, 2025
KINDS_OF_NETWORKS = (
    *[NetworkKind.REGIONAL_NETWORK] * 8,
    *[NetworkKind.NATIONAL_ALLIANCE] * 20,
    *[NetworkKind.UMBRELLA_NETWORK] * 8,
    *[NetworkKind.ONLINE_PLATFORM] * 4,
)


def places_and_themes(demo: bool = False) -> Sequence[ImportFile]:
    """The seeds that a benchmark graph has: M49 places and thematic areas. There is no demonstration."""
    return tuple(file for file in catalogue(demo=demo) if file.label in PLACES_AND_THEMES)


def records(scale: float, seed: int = 4) -> Iterator[Record]:
    """All nodes and edges but places and themes; ends of an edge come before it, except partners."""
    world = _World.of(scale)
    yield NodeRecord(
        SOURCE.kind, SOURCE.key, _shared(name="Made up to measure", kind=SourceKind.DEMONSTRATION)
    )
    yield from _networks(world, Random(f"networks {seed}"))
    yield from _events(world, Random(f"events {seed}"))
    yield from _organizations(world, Random(f"organizations {seed}"))
    yield from _partners(world, Random(f"partners {seed}"))


@dataclass(frozen=True, slots=True)
class _World:
    """What the records hang on. Weights are cumulative: a few countries and themes are on most edges."""

    organizations: int
    events: int
    countries: tuple[NodeRef, ...]
    country_weights: tuple[float, ...]
    region_of: dict[NodeRef, str]
    regions: tuple[str, ...]
    themes: tuple[NodeRef, ...]
    theme_weights: tuple[float, ...]

    @classmethod
    def of(cls, scale: float) -> _World:
        region_of = {
            NodeRef("Country", row["iso3"]): region_key(row["m49_region"])
            for row in _rows("countries")
            if row["un_member"] == "yes"
        }
        countries = list(region_of)
        # The order of weights is the same at every scale and seed: regions stay as wide as they are.
        Random("weights").shuffle(countries)
        themes = [row["code"] for row in _rows("thematic_areas")]
        with own("thematic_topics").open(encoding="utf-8", newline="") as file:
            themes += [row["code"] for row in csv.DictReader(file)]
        return cls(
            round(ORGANIZATIONS * scale),
            max(1, round(EVENTS * scale)),
            tuple(countries),
            tuple(accumulate(1 / (rank + 4) for rank in range(len(countries)))),
            region_of,
            tuple(dict.fromkeys(region_of.values())),
            tuple(NodeRef("ThematicArea", code) for code in themes),
            tuple(accumulate(1 / (rank + 1) for rank in range(len(themes)))),
        )

    def country(self, random: Random) -> NodeRef:
        return random.choices(self.countries, cum_weights=self.country_weights)[0]

    def event(self, random: Random) -> NodeRef:
        return _event(random.randrange(self.events))


def _networks(world: _World, random: Random) -> Iterator[Record]:
    for number, kind in enumerate(KINDS_OF_NETWORKS):
        network = _network(number)
        yield NodeRecord(
            network.kind, network.key, _shared(name=f"{names.network(random)} {number}", kind=kind)
        )
        country = world.country(random)
        yield _edge("BasedIn", network, country)
        if kind is NetworkKind.REGIONAL_NETWORK:
            region = NodeRef("Region", world.regions[number % len(world.regions)])
            yield _edge("Serves", network, region)
        for index, body_kind in enumerate(
            (BodyKind.STEERING_COMMITTEE, *[BodyKind.WORKING_GROUP] * len(BodyField))
        ):
            field = list(BodyField)[index - 1] if index else None
            body = _body(number, index)
            title = f"{field.value if field else body_kind.name} {number}"
            yield NodeRecord(body.kind, body.key, _shared(name=title, kind=body_kind, field=field))
            yield _edge("BodyOf", body, network)
            yield _edge("FocusesOn", body, random.choice(world.themes), **_spell(random))


def _events(world: _World, random: Random) -> Iterator[Record]:
    for number in range(world.events):
        event = _event(number)
        properties = _shared(
            name=f"{names.event(random)} {number}",
            kind=random.choice(list(EventKind)),
            start=_day(random),
            mode=random.choice(list(EventMode)),
            city=names.town(random),
            topics=(),
        )
        yield NodeRecord(event.kind, event.key, properties)
        yield _edge("HeldIn", event, world.country(random))
        for theme in random.sample(world.themes, random.choice((1, 1, 2))):
            yield _edge("DealsWith", event, theme)
        if random.random() < 0.5:
            yield _edge("ConvenedBy", event, _network(random.randrange(len(KINDS_OF_NETWORKS))))


def _organizations(world: _World, random: Random) -> Iterator[Record]:
    for number in range(world.organizations):
        organization = _organization(number)
        name = names.organization(random)
        properties = _shared(
            name=name,
            acronym=names.acronym(name) if random.random() < 0.6 else None,
            aliases=(names.organization(random),) if random.random() < 0.2 else (),
            kind=random.choices(list(OrganizationKind), (8, 1, 1))[0],
            subtype=random.choice((None, *OrganizationSubtype)),
            website=f"https://example.org/{number}" if random.random() < 0.7 else None,
            founded=_day(random) if random.random() < 0.8 else None,
            languages=random.sample(("en", "fr", "es", "ar", "ru", "zh"), random.choice((1, 1, 2, 3))),
            victim_led=random.choice((None, True, False)),
            grassroots=random.choice((None, True, False)),
        )
        yield NodeRecord(organization.kind, organization.key, properties)
        country = world.country(random)
        yield _edge("BasedIn", organization, country)
        yield from _themes(world, organization, random)
        yield from _memberships(world, organization, country, random)
        yield from _participations(world, organization, random)


def _themes(world: _World, organization: NodeRef, random: Random) -> Iterator[Record]:
    number = random.choice((1, 2, 2, 3, 3, 4))
    for theme in dict.fromkeys(random.choices(world.themes, cum_weights=world.theme_weights, k=number)):
        level = random.choice((None, *ExpertiseLevel))
        yield _edge("WorksOn", organization, theme, level=level, **_spell(random))


def _memberships(world: _World, organization: NodeRef, country: NodeRef, random: Random) -> Iterator[Record]:
    """Of 0 to 3 networks; one of them is mostly the regional network of the organization's own region."""
    joined = set(random.sample(range(len(KINDS_OF_NETWORKS)), random.choices(range(4), (10, 45, 30, 15))[0]))
    if joined and random.random() < 0.95:
        joined.pop()
        joined.add(world.regions.index(world.region_of[country]))
    for number in sorted(joined):
        yield _edge("MemberOf", organization, _network(number), **_spell(random))
        if random.random() < 0.1:
            body = _body(number, random.randrange(1 + len(BodyField)))
            role = random.choices(list(BodyRole), (1, 9))[0]
            yield _edge("SitsOn", organization, body, role=role, **_spell(random))
        if random.random() < 0.01:
            office = random.choice(list(OfficeKind))
            yield _edge("HoldsOffice", organization, _network(number), office=office, **_spell(random))


def _participations(world: _World, organization: NodeRef, random: Random) -> Iterator[Record]:
    chosen = {world.event(random) for _ in range(random.choices(range(9), (9, 8, 7, 6, 5, 4, 3, 2, 1))[0])}
    for event in sorted(chosen, key=lambda found: found.key):
        yield _edge(
            "ParticipatedIn",
            organization,
            event,
            role=random.choices(list(ParticipationRole), (8, 2, 1, 1, 1))[0],
            status=random.choice((None, *ParticipationStatus)),
            mode=random.choice(list(EventMode)),
        )


def _partners(world: _World, random: Random) -> Iterator[Record]:
    for number in range(world.organizations):
        others = {random.randrange(world.organizations) for _ in range(random.choice((0, 0, 1, 1)))}
        for other in sorted(others - {number}):
            yield _edge("PartnerOf", _organization(number), _organization(other), **_spell(random))


def _spell(random: Random) -> dict[str, Raw]:
    year = random.randint(FIRST_YEAR, LAST_YEAR)
    since = random.choice((None, f"{year}", f"{year}-{random.randint(1, 12):02d}"))
    ended = since is not None and random.random() < 0.2
    return {"since": since, "until": f"{random.randint(year + 1, LAST_YEAR + 1)}" if ended else None}


def _day(random: Random) -> str:
    year, month, day = random.randint(FIRST_YEAR, LAST_YEAR), random.randint(1, 12), random.randint(1, 28)
    return random.choice((f"{year}", f"{year}-{month:02d}", f"{year}-{month:02d}-{day:02d}"))


def _shared(**properties: Raw) -> dict[str, Raw]:
    return {**properties, "sources": [SOURCE.key], "synthetic": True}


def _edge(edge: str, source: NodeRef, target: NodeRef, **properties: Raw) -> EdgeRecord:
    return EdgeRecord(edge, source, target, _shared(**properties))


def _organization(number: int) -> NodeRef:
    return NodeRef("Organization", f"ORG-{number:07d}")


def _event(number: int) -> NodeRef:
    return NodeRef("Event", f"EVENT-{number:06d}")


def _network(number: int) -> NodeRef:
    return NodeRef("Network", f"NETWORK-{number:02d}")


def _body(network: int, number: int) -> NodeRef:
    return NodeRef("NetworkBody", f"BODY-{network:02d}-{number}")


def _rows(table: str) -> list[dict[str, str]]:
    with reference(table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
