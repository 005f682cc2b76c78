"""The facts as the viewer sees them: one question about what can be wanted, one about who there is."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from graph_api.ontology import PartialDate
from graph_api.serve.execution.inside import Json, asked
from schema.matching.facts import Expertise, OrganizationFacts, TakenPart
from schema.vocabulary import EventKind, ExpertiseLevel, IdentityVerdict, ParticipationStatus

_SURROUNDINGS = """query Surroundings($most: Int!) {
  thematicAreas(first: $most) { nodes { key broader(first: $most) { nodes { key } } } }
  regions(first: $most) { nodes { key } }
  countries(first: $most) { nodes { key } }
  networks(first: $most) { nodes { key } }
  events(first: $most) {
    nodes {
      key kind start
      themes(first: $most) { nodes { key } }
      conferenceWorkingGroups(first: $most) { nodes { themes(first: $most) { nodes { key } } } }
    }
  }
}"""
_ORGANIZATIONS = """query Organizations($asOf: Date!, $most: Int!) {
  organizations(first: $most, asOf: $asOf) {
    nodes {
      key kind languages victimLed grassroots
      sources { key }
      country { key ancestors(first: $most) { nodes { key } } }
      themes(first: $most) { edges { level evidence since sources { key } node { key } } }
      memberships(first: $most) { nodes { key } }
      participations(first: $most) { edges { status sources { key } node { key } } }
      identityJudgements(first: $most) {
        nodes {
          verdict withdrawn
          registerEntries(first: $most) { nodes { register decision decided } }
        }
      }
    }
  }
}"""
_SAME = {IdentityVerdict.SAME.name: "", IdentityVerdict.LIKELY_SAME.name: ", probably the same organization"}


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event: its kind, when it began, and what it and its working groups are about."""

    key: str
    kind: EventKind
    start: date | None
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that criteria can name: themes with what contains them, places, networks, events."""

    broader: Mapping[str, frozenset[str]]
    places: frozenset[str]
    networks: frozenset[str]
    events: Mapping[str, EventFacts]


async def surroundings(context: Mapping[str, object]) -> Surroundings:
    """As the viewer sees them; raises the errors of ``DatabaseError``."""
    return await asked(context, _SURROUNDINGS, {}, _surroundings)


async def organizations(
    context: Mapping[str, object], known: Surroundings, on: date, before: str | None
) -> tuple[OrganizationFacts, ...]:
    """All organizations as of a day; they took part in what began before it, and was not the event given.

    Raises the errors of ``DatabaseError``.
    """
    variables: Mapping[str, Hashable] = {"asOf": on.isoformat()}
    rows = await asked(context, _ORGANIZATIONS, variables, _rows_of_organizations)
    events = {
        key: event
        for key, event in known.events.items()
        if event.start is not None and event.start < on and key != before
    }
    return await asyncio.to_thread(lambda: tuple(_organization(row, events) for row in rows))


def _surroundings(data: Json) -> Surroundings:
    return Surroundings(
        {_key(row): frozenset(_keys(row, "broader")) for row in _rows(data, "thematicAreas")},
        frozenset([*_keys(data, "regions"), *_keys(data, "countries")]),
        frozenset(_keys(data, "networks")),
        {_key(row): _event(row) for row in _rows(data, "events")},
    )


def _rows_of_organizations(data: Json) -> tuple[Json, ...]:
    return tuple(_rows(data, "organizations"))


def _event(row: Json) -> EventFacts:
    of_groups = (key for group in _rows(row, "conferenceWorkingGroups") for key in _keys(group, "themes"))
    themes = frozenset([*_keys(row, "themes"), *of_groups])
    return EventFacts(_key(row), EventKind[str(row["kind"])], _day(row["start"]), themes)


def _organization(row: Json, events: Mapping[str, EventFacts]) -> OrganizationFacts:
    country = cast("Json | None", row["country"])
    return OrganizationFacts(
        key=_key(row),
        kind=str(row["kind"]),
        country=_key(country) if country else None,
        places=frozenset([_key(country), *_keys(country, "ancestors")] if country else []),
        languages=frozenset(cast("list[str]", row["languages"])),
        victim_led=cast("bool | None", row["victimLed"]),
        grassroots=cast("bool | None", row["grassroots"]),
        expertise=tuple(_expertise(edge) for edge in _rows(row, "themes", "edges")),
        networks=frozenset(_keys(row, "memberships")),
        participations=tuple(_taken_part(row, events)),
        sources=_sources(row),
        register=tuple(_register(row)),
    )


def _expertise(edge: Json) -> Expertise:
    level = cast("str | None", edge["level"])
    return Expertise(
        _key(cast(Json, edge["node"])),
        ExpertiseLevel[level] if level else None,
        str(edge["evidence"] or ""),
        _day(edge["since"]),
        _sources(edge),
    )


def _taken_part(row: Json, events: Mapping[str, EventFacts]) -> Iterator[TakenPart]:
    """Registered or approved is not attended; a source that names no status says that they were there."""
    for edge in _rows(row, "participations", "edges"):
        event = events.get(_key(cast(Json, edge["node"])))
        attended = edge["status"] in (None, ParticipationStatus.ATTENDED.name)
        if event is not None and event.start is not None and attended:
            yield TakenPart(event.key, event.kind, event.start, event.themes, _sources(edge))


def _register(row: Json) -> Iterator[str]:
    for judgement in _rows(row, "identityJudgements"):
        same = _SAME.get(str(judgement["verdict"]))
        if same is not None and judgement["withdrawn"] is None:
            for entry in _rows(judgement, "registerEntries"):
                yield f"{entry['register']}: {entry['decision']}, {entry['decided']}{same}"


def _rows(data: Json, name: str, part: str = "nodes") -> list[Json]:
    return cast("list[Json]", cast(Json, data[name])[part])


def _keys(data: Json, name: str) -> list[str]:
    return [_key(row) for row in _rows(data, name)]


def _key(row: Json) -> str:
    return str(row["key"])


def _sources(row: Json) -> tuple[str, ...]:
    return tuple(_key(each) for each in cast("list[Json]", row["sources"]))


def _day(value: object) -> date | None:
    return PartialDate.parse(str(value)).first_day if value else None
