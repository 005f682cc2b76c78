"""The GraphQL types of a slate."""

from __future__ import annotations

import strawberry
from strawberry.types import Info
from strawberry.types.enum import StrawberryEnumDefinition

from graph_api.api_types import generated_type
from graph_api.matching.scores import POINTS, Score
from graph_api.plan.entities import EntityRef
from graph_api.serve.execution.entities import entity
from graph_api.slates.problem import Bound
from graph_api.slates.propose import NearMiss, RuleCost
from schema.matching.proposing import Proposal
from schema.matching.score import NOTICE
from schema.matching.slates import Constraint, SlateScheme
from schema.matching.types import ORGANIZATION, Context, MatchReason, given

COMMITTEE_NOTICE = (
    "A proposal by the published criteria: broadest representation and thematic focus. The members of the "
    "network decide."
)


def _enum(kinds: type[Bound] | type[SlateScheme], name: str, text: str) -> None:
    made = strawberry.enum(kinds, name=name, description=text)
    definition: StrawberryEnumDefinition = made.__strawberry_definition__  # type: ignore[union-attr]  # strawberry adds it
    for value, member in zip(definition.values, kinds, strict=True):
        value.description = str(member.value)


_enum(Bound, "SlateBound", "Which way a constraint bounds the number of seats.")
_enum(SlateScheme, "SlateScheme", "What seats are counted by.")


@strawberry.input(name="SlateConstraint", description="At least or at most so many seats.")
class SlateConstraint:
    """At least or at most so many seats."""

    bound: Bound = strawberry.field(description="At least or at most.")
    number: int = strawberry.field(description="How many seats, from 0 on.")
    scheme: SlateScheme = strawberry.field(description="What is counted.")
    value: str | None = strawberry.field(
        default=strawberry.UNSET, description="Which of them; without it, each one by one."
    )

    @property
    def meant(self) -> Constraint:
        """The constraint without GraphQL."""
        return Constraint(self.bound, self.number, self.scheme, given(self.value))


@strawberry.type(name="SlateSeat", description="An organization in a slate.")
class SlateSeat:
    """An organization in a slate."""

    ranked: strawberry.Private[Score]

    @strawberry.field(graphql_type=generated_type(ORGANIZATION), description="The organization.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    async def organization(self, info: Info[Context, None]) -> object:
        return await entity(info, EntityRef(ORGANIZATION, self.ranked.key))

    @strawberry.field(description="Its score, from 0 to 1.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def score(self) -> float:
        return self.ranked.points / POINTS

    @strawberry.field(description="What adds up to the score, the most first.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def reasons(self) -> list[MatchReason]:
        return [MatchReason(weighed=each, explanation=each.assessment.reason) for each in self.ranked.reasons]


@strawberry.type(name="SlateRule", description="A constraint that the slate keeps, and what it costs.")
class SlateRule:
    """A constraint that the slate keeps, and what it costs."""

    of_rule: strawberry.Private[RuleCost]

    @strawberry.field(description="The constraint in words.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def text(self) -> str:
        return self.of_rule.rule.name

    @strawberry.field(description="How much higher the total would be without it.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def cost(self) -> float:
        return self.of_rule.cost / POINTS

    @strawberry.field(description="The same in words.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def explanation(self) -> str:
        if not self.of_rule.cost:
            return "It costs nothing: without it the total would be the same."
        return f"Without it the total would be {self.of_rule.cost / POINTS:g} higher."


@strawberry.type(name="SlateNearMiss", description="An organization that nearly had a seat.")
class SlateNearMiss:
    """An organization that nearly had a seat."""

    miss: strawberry.Private[NearMiss]

    @strawberry.field(graphql_type=generated_type(ORGANIZATION), description="The organization.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    async def organization(self, info: Info[Context, None]) -> object:
        return await entity(info, EntityRef(ORGANIZATION, self.miss.candidate.key))

    @strawberry.field(description="Its score, from 0 to 1.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def score(self) -> float:
        return self.miss.candidate.score / POINTS

    @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        description="What the total would lose with it; empty where the constraints allow no slate with it."
    )
    def loss(self) -> float | None:
        return None if self.miss.loss is None else self.miss.loss / POINTS

    @strawberry.field(description="Why it has no seat.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def explanation(self) -> str:
        full = "; ".join(f"'{rule.name}' is used up" for rule in self.miss.blocking)
        if self.miss.loss is None:
            return f"The constraints allow no slate with it{': ' + full if full else ''}."
        if not self.miss.loss:
            return "A slate with it has the same total: the choice between them is open."
        lost = f"a slate with it has {self.miss.loss / POINTS:g} less"
        return f"{full}; {lost}." if full else f"{lost[0].upper()}{lost[1:]}."


@strawberry.type(name="Slate", description="The best selection under constraints, or why there is none.")
class SlateAnswer:
    """The best selection under constraints, or why there is none."""

    proposal: strawberry.Private[Proposal]

    @strawberry.field(description="Whether all constraints can be kept together.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def feasible(self) -> bool:
        return self.proposal.slate.feasible

    @strawberry.field(description="The sum of the scores: no selection that keeps the constraints has more.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def total(self) -> float:
        return self.proposal.slate.total / POINTS

    @strawberry.field(description="The organizations proposed, the best first.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def seats(self) -> list[SlateSeat]:
        scores = {each.key: each for each in self.proposal.ranking.scores}
        return [SlateSeat(ranked=scores[each.key]) for each in self.proposal.slate.chosen]

    @strawberry.field(description="The constraints, each with its cost.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def rules(self) -> list[SlateRule]:
        return [SlateRule(of_rule=each) for each in self.proposal.slate.costs]

    @strawberry.field(description="Those without a seat that have the best scores, and why.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def nearly(self) -> list[SlateNearMiss]:
        return [SlateNearMiss(miss=each) for each in self.proposal.slate.nearly]

    @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
        description="As few constraints as cannot be kept together; without any one of them, the "
        "others could be."
    )
    def conflict(self) -> list[str]:
        return [rule.name for rule in self.proposal.slate.conflict]

    @strawberry.field(description="What is not known of the candidates; unknown stays unknown.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def unknown(self) -> list[str]:
        return list(self.proposal.unknown)

    @strawberry.field(description="What this proposal is, and what it is not.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
    def notice(self) -> str:
        return COMMITTEE_NOTICE if self.proposal.committee else NOTICE
