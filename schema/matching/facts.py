"""What is looked at for a suggestion: facts about organizations as of a day, and what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schema.vocabulary import EventKind, ExpertiseLevel


@dataclass(frozen=True, slots=True)
class Expertise:
    """That an organization works on a theme. ``evidence`` is what shows it, as its source words it."""

    theme: str
    level: ExpertiseLevel | None = None
    evidence: str = ""
    since: date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenPart:
    """That an organization took part in an event that began on ``start`` and deals with ``themes``."""

    event: str
    kind: EventKind
    start: date
    themes: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What is known of an organization; ``None`` where something is not known.

    ``places`` are the keys of its country and of all regions that contain it. ``register`` is what a
    register of consultative status records under its name: shown, and never part of a score.
    """

    key: str
    kind: str = ""
    country: str | None = None
    places: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    victim_led: bool | None = None
    grassroots: bool | None = None
    expertise: tuple[Expertise, ...] = ()
    networks: frozenset[str] = frozenset()
    participations: tuple[TakenPart, ...] = ()
    sources: tuple[str, ...] = ()
    register: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What organizations are looked for, on a day.

    ``topics`` gives the themes that count with the steps from what is wanted: 0 for the wanted theme and
    everything within it, 1 for what directly contains it, and so on.
    """

    on: date
    topics: Mapping[str, int] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    travel_support: bool = False
    newcomers: bool = False


def topics_of(wanted: frozenset[str], broader: Mapping[str, frozenset[str]]) -> Mapping[str, int]:
    """The themes that count for wanted ones, with the steps; ``broader`` gives what contains each."""
    steps = dict.fromkeys(wanted, 0)
    wave, distance = set(wanted), 0
    while wave:
        distance += 1
        wave = {above for theme in wave for above in broader.get(theme, frozenset())} - steps.keys()
        steps |= dict.fromkeys(wave, distance)
    within = set(wanted)
    while more := {theme for theme, above in broader.items() if above & within} - within:
        within |= more
    return {**steps, **dict.fromkeys(within, 0)}
