"""What the rules look at: the facts about one network, as the answer of ``facts.graphql`` gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, cast

from graph_api.ontology import PartialDate

Json: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Spell:
    """A dated relation to an organization; ``read`` is when the newest of its sources was read, if noted."""

    organization: str
    since: PartialDate | None
    until: PartialDate | None
    sources: tuple[str, ...]
    read: PartialDate | None = None

    def holds_on(self, day: date) -> bool:
        """Whether some day of it is this day, as far as its dates are known."""
        return (self.since is None or self.since.first_day <= day) and (
            self.until is None or self.until.last_day >= day
        )


@dataclass(frozen=True, slots=True)
class Member:
    """A spell of membership, and what is known of the organization."""

    spell: Spell
    kind: str
    regions: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    took_part: tuple[PartialDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Mandate:
    """A spell of office."""

    office: str
    spell: Spell


@dataclass(frozen=True, slots=True)
class Item:
    """A planned activity."""

    key: str
    kind: str
    status: str
    due: PartialDate | None
    completed: PartialDate | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A Steering Committee or a working group with its seats and activities."""

    key: str
    kind: str
    seats: tuple[Spell, ...] = ()
    activities: tuple[Item, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event that the network convened."""

    key: str
    kind: str
    start: PartialDate | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountClaim:
    """What a source says of the number of members."""

    key: str
    value: int
    as_of: PartialDate | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """Everything that is read of one network. ``complete`` says whether all members were."""

    key: str
    kind: str
    members: tuple[Member, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    bodies: tuple[Body, ...] = ()
    items: tuple[Item, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    counts: tuple[CountClaim, ...] = ()
    sources: tuple[str, ...] = ()
    complete: bool = True

    def members_on(self, day: date) -> list[Member]:
        """The members on a day, each organization once."""
        return list(
            {each.spell.organization: each for each in self.members if each.spell.holds_on(day)}.values()
        )


def facts_of(answer: Json) -> NetworkFacts | None:
    """The facts of an answer; nothing where no network has the key."""
    found = cast("Json | None", answer["network"])
    if found is None:
        return None
    members = cast(Json, found["members"])
    return NetworkFacts(
        key=str(found["key"]),
        kind=str(found["kind"]),
        members=tuple(_member(edge) for edge in _edges(members)),
        mandates=tuple(Mandate(str(edge["office"]), _spell(edge)) for edge in _edges(found["offices"])),
        bodies=tuple(map(_body, _nodes(found["bodies"]))),
        items=tuple(
            _item(item) for plan in _nodes(found["activityPlans"]) for item in _nodes(plan["activities"])
        ),
        meetings=tuple(
            Meeting(str(each["key"]), str(each["kind"]), _date(each["start"]), _sources(each))
            for each in _nodes(found["events"])
        ),
        counts=tuple(
            CountClaim(str(each["key"]), cast(int, each["value"]), _date(each["asOf"]), _sources(each))
            for each in _nodes(found["memberCountClaims"])
        ),
        sources=_sources(found),
        complete=not cast(Json, members["pageInfo"])["hasNextPage"],
    )


def _member(edge: Json) -> Member:
    node = cast(Json, edge["node"])
    country = cast("Json | None", node["country"])
    regions = _nodes(country["regions"]) if country else []
    starts = (_date(each["start"]) for each in _nodes(node["participations"]))
    return Member(
        _spell(edge),
        str(node["kind"]),
        frozenset(str(each["key"]) for each in regions if each["scheme"] == "M49"),
        frozenset(str(each["key"]) for each in _nodes(node["themes"])),
        tuple(each for each in starts if each is not None),
    )


def _body(node: Json) -> Body:
    return Body(
        str(node["key"]),
        str(node["kind"]),
        tuple(map(_spell, _edges(node["members"]))),
        tuple(map(_item, _nodes(node["activities"]))),
        _sources(node),
    )


def _item(node: Json) -> Item:
    return Item(
        str(node["key"]),
        str(node["kind"]),
        str(node["status"]),
        _date(node["due"]),
        _date(node["completed"]),
        _sources(node),
    )


def _spell(edge: Json) -> Spell:
    read = [_date(each["accessed"]) for each in cast("list[Json]", edge["sources"])]
    known = [each for each in read if each is not None]
    return Spell(
        str(cast(Json, edge["node"])["key"]),
        _date(edge["since"]),
        _date(edge["until"]),
        _sources(edge),
        max(known, key=lambda each: each.last_day, default=None),
    )


def _sources(holder: Json) -> tuple[str, ...]:
    return tuple(str(each["key"]) for each in cast("list[Json]", holder["sources"]))


def _nodes(connection: object) -> Iterable[Json]:
    return cast("list[Json]", cast(Json, connection)["nodes"])


def _edges(connection: object) -> Iterable[Json]:
    return cast("list[Json]", cast(Json, connection)["edges"])


def _date(value: object) -> PartialDate | None:
    return None if value is None else PartialDate.parse(str(value))
