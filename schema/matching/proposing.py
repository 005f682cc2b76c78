"""From the arguments of ``proposeSlate`` to the slate."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph_api.access.keys import today
from graph_api.errors import InvalidArgumentError, UnknownKeyError
from graph_api.slates.propose import Slate, propose
from schema.matching.asking import Criteria, Question, Ranking, ranking
from schema.matching.criteria import MatchCriterion
from schema.matching.reading import surroundings
from schema.matching.slates import (
    Constraint,
    Known,
    SlateScheme,
    broadest,
    closed_values,
    problem_of,
    unknowns,
)

COMMITTEE_WEIGHTS = {MatchCriterion.EXPERTISE: 0.8, MatchCriterion.FRESHNESS: 0.2}
"""Thematic focus is published for Steering Committees; having attended dialogues is not."""


@dataclass(frozen=True, slots=True)
class SlateQuestion:
    """Seats for a dialogue or on a network's Steering Committee: one of ``event`` and ``network``."""

    event: str | None
    network: str | None
    size: int
    constraints: tuple[Constraint, ...]
    on: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The slate, the ranking of the candidates, and what is not known of them."""

    slate: Slate
    ranking: Ranking
    unknown: tuple[str, ...]
    committee: bool


async def proposal(context: Mapping[str, object], question: SlateQuestion) -> Proposal:
    """The best slate.

    Raises ``InvalidArgumentError``, ``UnknownKeyError`` among them, ``RequestTimeoutError`` when it takes
    too long, and the errors of ``DatabaseError``.
    """
    if (question.event is None) == (question.network is None):
        raise InvalidArgumentError(
            "A slate is for an event or for a network's Steering Committee.",
            remedy="Name one of them.",
            argument="event",
        )
    found = await surroundings(context)
    known = Known(
        {
            **closed_values(),
            SlateScheme.REGION: found.places,
            SlateScheme.COUNTRY: found.places,
            SlateScheme.NETWORK: found.networks,
            SlateScheme.THEME: frozenset(found.broader),
        },
        found.broader,
    )
    candidates = await _candidates(context, question, found.broader, found.networks)
    constraints: Sequence[Constraint] = question.constraints
    if question.network is not None and not constraints:
        constraints = broadest(candidates, question.size)
    problem = problem_of(candidates, question.size, constraints, known)
    slate = await asyncio.to_thread(propose, problem)
    committee = question.network is not None
    facts = list(candidates.facts.values())
    return Proposal(slate, candidates, tuple(unknowns(facts, committee=committee)), committee)


async def _candidates(
    context: Mapping[str, object],
    question: SlateQuestion,
    broader: Mapping[str, frozenset[str]],
    networks: frozenset[str],
) -> Ranking:
    """All organizations for a dialogue, the members for a committee: there on every theme."""
    if question.network is None:
        return await ranking(context, Question(question.event, Criteria(), question.on))
    if question.network not in networks:
        raise UnknownKeyError(
            f"No network has the key '{question.network[:80]}'.",
            argument="network",
            value=question.network[:80],
        )
    everything = tuple(sorted(theme for theme, above in broader.items() if not above))
    on = question.on or today()
    criteria = Criteria(themes=everything, weights=COMMITTEE_WEIGHTS)
    found = await ranking(context, Question(None, criteria, on))
    members = frozenset(key for key, facts in found.facts.items() if question.network in facts.networks)
    return replace(found.only(members), facts={key: found.facts[key] for key in sorted(members)})
