"""From the arguments of a question to what is wanted, and to the ranking."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph_api.access.keys import today
from graph_api.errors import InvalidArgumentError, UnknownKeyError
from graph_api.matching.scores import Score
from graph_api.serve.execution.inside import made_once
from schema.matching.criteria import MatchCriterion
from schema.matching.facts import OrganizationFacts, Wanted, topics_of
from schema.matching.reading import EventFacts, Surroundings, organizations, surroundings
from schema.matching.score import scores, weights_for

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Criteria:
    """What somebody looks for, beside what an event says; keys as they were given."""

    themes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    travel_support: bool = False
    newcomers: bool = False
    weights: Mapping[MatchCriterion, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """An event, or criteria, or both; ``on`` is the day as of which facts count."""

    event: str | None
    criteria: Criteria
    on: date | None

    @property
    def text(self) -> str:
        """What tells it from other questions."""
        return f"match|{self.event}|{self.criteria}|{self.on}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The organizations with their scores, the best first, and under which weights, in thousandths."""

    scores: Sequence[Score]
    facts: Mapping[str, OrganizationFacts]
    weights: Mapping[str, int]
    wanted: Wanted

    def only(self, keys: frozenset[str] | None) -> Ranking:
        """The same for the organizations with these keys; for all where no keys are given."""
        if keys is None:
            return self
        return replace(self, scores=[each for each in self.scores if each.key in keys])


async def ranking(context: Mapping[str, object], question: Question) -> Ranking:
    """Every organization that the viewer sees, ranked; kept until the graph changes or the day ends.

    Raises ``UnknownKeyError``, ``InvalidArgumentError`` and the errors of ``DatabaseError``.
    """
    asked = (question.event, repr(question.criteria), question.on, today())
    return await made_once(context, asked, lambda: _ranking(context, question))


async def _ranking(context: Mapping[str, object], question: Question) -> Ranking:
    known = await surroundings(context)
    event = _event(known, question.event)
    wanted = wanted_of(question, known, event)
    weights = weights_for(wanted, question.criteria.weights)
    found = await organizations(context, known, wanted.on, question.event)
    # Thousands take a while; other requests are answered meanwhile.
    ranked = await asyncio.to_thread(scores, found, wanted, weights)
    return Ranking(ranked, {each.key: each for each in found}, weights, wanted)


def wanted_of(question: Question, known: Surroundings, event: EventFacts | None) -> Wanted:
    """What is wanted; the day is that of the event where none is given and it began already."""
    criteria = question.criteria
    _check_known("themes", criteria.themes, known.broader.keys())
    _check_known("regions", criteria.regions, known.places)
    _check_known("networks", criteria.networks, known.networks)
    themes = frozenset(criteria.themes) or (event.themes if event else frozenset())
    if not themes:
        raise InvalidArgumentError(
            "Nothing says what the organizations should be experts on.",
            remedy="Name an event that deals with thematic areas, or themes in the criteria.",
            argument="criteria",
        )
    now = today()
    begun = min(event.start, now) if event and event.start else now
    return Wanted(
        question.on or begun,
        topics_of(themes, known.broader),
        frozenset(criteria.regions),
        frozenset(criteria.networks),
        frozenset(each.lower() for each in criteria.languages),
        criteria.travel_support,
        criteria.newcomers,
    )


def _event(known: Surroundings, key: str | None) -> EventFacts | None:
    if key is None:
        return None
    _check_known("event", (key,), known.events.keys())
    return known.events[key]


def _check_known(argument: str, keys: Sequence[str], known: Collection[str]) -> None:
    for key in keys:
        if key not in known:
            raise UnknownKeyError(
                f"Nothing has the key '{key[:_SHOWN]}' in '{argument}'.",
                remedy="Ask for the keys of the list first.",
                argument=argument,
                value=key[:_SHOWN],
            )
