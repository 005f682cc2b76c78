"""The weights of the criteria, and the ranking of organizations under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph_api.errors import InvalidArgumentError
from graph_api.matching.scores import Score, ranked, score_of
from graph_api.matching.weights import shared_out, weights_of
from schema.matching.criteria import MatchCriterion, assess
from schema.matching.facts import OrganizationFacts, Wanted

NOTICE = (
    "These are suggestions, subject to the approval of the Extended Bureau. Nobody is selected by them. "
    "ECOSOC status is shown and never counts: any non-governmental stakeholder may apply."
)
DEFAULT_PARTS: Mapping[MatchCriterion, int] = {
    MatchCriterion.EXPERTISE: 70,
    MatchCriterion.DIALOGUES: 15,
    MatchCriterion.FRESHNESS: 15,
    MatchCriterion.SUPPORT: 30,
    MatchCriterion.REGION: 20,
    MatchCriterion.NETWORK: 20,
    MatchCriterion.LANGUAGES: 20,
    MatchCriterion.NEWCOMER: 20,
}
"""Shares of the criteria that apply. Proven expertise is the published priority, so it has more than all
else unless much is asked for; the others have the reasons that ``docs/officers.md`` gives."""


def applicable(wanted: Wanted) -> frozenset[MatchCriterion]:
    """The criteria that say something about what is wanted."""
    found = {MatchCriterion.DIALOGUES, MatchCriterion.FRESHNESS}
    asked = {
        MatchCriterion.EXPERTISE: wanted.topics,
        MatchCriterion.SUPPORT: wanted.travel_support,
        MatchCriterion.REGION: wanted.regions,
        MatchCriterion.NETWORK: wanted.networks,
        MatchCriterion.LANGUAGES: wanted.languages,
        MatchCriterion.NEWCOMER: wanted.newcomers,
    }
    return frozenset(found | {criterion for criterion, given in asked.items() if given})


def weights_for(wanted: Wanted, given: Mapping[MatchCriterion, float] | None = None) -> Mapping[str, int]:
    """The weights in thousandths: those given, or the defaults of what applies, shared out to make up 1.

    Raises ``InvalidArgumentError`` when those given do not add up to 1, or one of them is of a criterion
    that has nothing to compare with.
    """
    applies = applicable(wanted)
    if not given:
        parts = {each.name: DEFAULT_PARTS[each] for each in MatchCriterion if each in applies}
        return shared_out(parts)
    for criterion, weight in given.items():
        if weight and criterion not in applies:
            raise InvalidArgumentError(
                f"{criterion.name} has a weight, and nothing was asked for that it could be about.",
                remedy="Say in the criteria what is wanted, or give it no weight.",
                argument="weights",
                value=criterion.name,
            )
    return weights_of({criterion.name: weight for criterion, weight in given.items()})


def scores(
    organizations: Iterable[OrganizationFacts], wanted: Wanted, weights: Mapping[str, int]
) -> Sequence[Score]:
    """All of them, the best first."""
    return ranked(score_of(each.key, assess(each, wanted), weights) for each in organizations)
