"""The GraphQL types of a ranking of organizations."""

from __future__ import annotations

from types import GenericAlias
from typing import TypeAlias, TypeVar

import strawberry
from strawberry.types import Info
from strawberry.types.enum import StrawberryEnumDefinition

from graph_api.api_types import generated_type
from graph_api.matching.pages import RankedPage
from graph_api.matching.scores import POINTS, Score, Weighed
from graph_api.matching.weights import WHOLE
from graph_api.plan.entities import EntityRef
from graph_api.serve.execution.entities import entities, entity, record_of
from schema.matching.asking import Criteria, Ranking
from schema.matching.criteria import MatchCriterion
from schema.matching.score import NOTICE

Context: TypeAlias = "dict[str, object]"
Value = TypeVar("Value")
ORGANIZATION, SOURCE = "Organization", "Source"
SOURCES = GenericAlias(list, (generated_type(SOURCE),))


def described(kinds: type[MatchCriterion]) -> None:
    """Make an enum of GraphQL of the criteria, with their texts."""
    made = strawberry.enum(kinds, description="What can speak for an organization.")
    definition: StrawberryEnumDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry adds it
    for value, member in zip(definition.values, kinds, strict=True):
        value.description = member.value


described(MatchCriterion)


@strawberry.input(name="MatchWeightInput", description="How much a criterion counts.")
class MatchWeightInput:
    """How much a criterion counts."""

    criterion: MatchCriterion = strawberry.field(description="The criterion.")
    weight: float = strawberry.field(description="From 0 to 1, with at most three decimals.")


@strawberry.input(name="MatchCriteria", description="What organizations are looked for.")
class MatchCriteria:
    """What organizations are looked for."""

    themes: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Thematic areas to be expert on, by their keys; else those of the event.",
    )
    regions: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Regions or countries to be based in, by their keys. Balance is no published criterion.",
    )
    networks: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Networks to be a member of, by their keys."
    )
    languages: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Languages to work in, as ISO 639-1 codes."
    )
    travel_support: bool = strawberry.field(
        default=False, description="Travel support is asked for: victim-led and grassroots come first."
    )
    newcomers: bool = strawberry.field(
        default=False, description="Prefer those that attended no dialogue. No published criterion."
    )
    weights: list[MatchWeightInput] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Weights that add up to 1; what is not named weighs 0. Else the defaults.",
    )


def given(value: Value | None) -> Value | None:
    """An argument's value; nothing where it was left out."""
    return None if value is strawberry.UNSET else value


def criteria_of(asked: MatchCriteria | None) -> Criteria:
    """The criteria without GraphQL; a criterion whose weight is given twice has the last one."""
    if not asked:
        return Criteria()
    return Criteria(
        tuple(asked.themes or ()),
        tuple(asked.regions or ()),
        tuple(asked.networks or ()),
        tuple(asked.languages or ()),
        asked.travel_support,
        asked.newcomers,
        {each.criterion: each.weight for each in asked.weights or ()},
    )


@strawberry.type(name="MatchWeight", description="How much a criterion counted.")
class MatchWeight:
    """How much a criterion counted."""

    criterion: MatchCriterion = strawberry.field(description="The criterion.")
    weight: float = strawberry.field(description="From 0 to 1; all of an answer add up to 1.")


@strawberry.type(name="MatchReason", description="What one criterion says of an organization.")
class MatchReason:
    """What one criterion says of an organization."""

    weighed: strawberry.Private[Weighed]
    explanation: str = strawberry.field(description="What was found, or what is missing.")

    @strawberry.field(description="The criterion.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def criterion(self) -> MatchCriterion:
        return MatchCriterion[self.weighed.assessment.criterion]

    @strawberry.field(description="How much the criterion counts, from 0 to 1.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def weight(self) -> float:
        return self.weighed.weight / WHOLE

    @strawberry.field(description="How well the organization meets it, from 0 to 1.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def value(self) -> float:
        return self.weighed.assessment.value / WHOLE

    @strawberry.field(description="Weight times value: those of all reasons add up to the score.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def contribution(self) -> float:
        return self.weighed.points / POINTS

    @strawberry.field(graphql_type=SOURCES, description="What it rests on.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    async def sources(self, info: Info[Context, None]) -> object:
        refs = [EntityRef(SOURCE, key) for key in self.weighed.assessment.sources]
        return [each for each in await entities(info, refs) if each is not None]


@strawberry.type(name="MatchEdge", description="An organization in a ranking.")
class MatchEdge:
    """An organization in a ranking."""

    ranked: strawberry.Private[Score]
    register: strawberry.Private[tuple[str, ...]]
    cursor: str = strawberry.field(description="Where it is in the ranking.")

    @strawberry.field(graphql_type=generated_type(ORGANIZATION), description="The organization.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    async def node(self, info: Info[Context, None]) -> object:
        return await entity(info, EntityRef(ORGANIZATION, self.ranked.key))

    @strawberry.field(description="From 0 to 1, to six decimals, without rounding.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def score(self) -> float:
        return self.ranked.points / POINTS

    @strawberry.field(description="What adds to the score, the most first.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def reasons(self) -> list[MatchReason]:
        return [MatchReason(weighed=each, explanation=each.assessment.reason) for each in self.ranked.reasons]

    @strawberry.field(description="What is missing of a full score, the most first; or not known.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def gaps(self) -> list[MatchReason]:
        return [MatchReason(weighed=each, explanation=each.assessment.gap) for each in self.ranked.gaps]

    @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        description="What the register of ECOSOC status has under its name, in somebody's judgement that you "
        "may see. Shown only: it never counts."
    )
    def ecosoc_status(self) -> list[str]:
        return list(self.register)


@strawberry.type(name="MatchConnection", description="A ranking of organizations: suggestions.")
class MatchConnection:
    """A ranking of organizations."""

    page: strawberry.Private[RankedPage]
    ranking: strawberry.Private[Ranking]

    @strawberry.field(description="The organizations with their scores, the best first.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def edges(self) -> list[MatchEdge]:
        facts = self.ranking.facts
        return [
            MatchEdge(ranked=each, register=facts[each.key].register, cursor=self.page.cursor(each))
            for each in self.page.scores
        ]

    @strawberry.field(description="How many organizations were ranked.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def total_count(self) -> int:
        return self.page.total

    @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        graphql_type=generated_type("PageInfo"), description="Whether there are more, and where they begin."
    )
    def page_info(self, info: Info[Context, None]) -> object:
        return record_of(info, self.page.info())

    @strawberry.field(description="What these suggestions are, and what they are not.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def notice(self) -> str:
        return NOTICE

    @strawberry.field(description="The weights that were used: those given, or the defaults.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def weights(self) -> list[MatchWeight]:
        return [
            MatchWeight(criterion=MatchCriterion[name], weight=weight / WHOLE)
            for name, weight in self.ranking.weights.items()
        ]
