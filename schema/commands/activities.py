"""What networks plan, and what became of it."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology import PartialDate
from schema.commands.bodies import network_of
from schema.commands.keys import new_key, slug
from schema.commands.rules import check_happened, invalid, not_allowed
from schema.edges.networks import CarriedOutBy, HeldAs, ItemOf, PlannedBy
from schema.kinds.activity import Activity, ActivityPlan
from schema.kinds.event import Event
from schema.kinds.network import Network
from schema.kinds.network_body import NetworkBody
from schema.vocabulary import ActivityKind, ActivityStatus

YEARS = range(1900, 3000)


async def plan_of(draft: Draft, network: NodeRef, year: int) -> NodeRef:
    """A network's plan for a year; made when there is none."""
    for edge in await draft.edges(PlannedBy, target=network):
        plan = await draft.find(ActivityPlan, edge.source.key)
        if plan is not None and plan.properties["year"] == year:
            return plan.ref
    key = await new_key(draft, ActivityPlan, None, "PLAN", network.key, str(year))
    made = draft.create(ActivityPlan, key, name=f"Plan of {network.key} for {year}", year=year)
    draft.relate(PlannedBy, made, network)
    return made


class PlanActivity(Command):
    """Plan an activity of a network; the plan of its year is made when there is none."""

    network: str = argument("The key of the network.")
    name: str = argument("What is planned.")
    kind: ActivityKind = argument("What kind of activity it is.")
    year: int | None = argument("The year of the plan; that of the due date unless given.", default=None)
    due: PartialDate | None = argument("When it is due, as precisely as planned.", default=None)
    body: str | None = argument("The key of the network's body that carries it out.", default=None)
    key: str | None = argument(
        "The key that it gets; made of network, year and name unless given.", default=None
    )

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the activity in the network's plan of the year; a body has to be of the same network."""
        network = await draft.node(Network, self.network, "network")
        year = self._year()
        key = await new_key(
            draft, Activity, self.key, "ACTIVITY", self.network, str(year), slug(self.name, 40)
        )
        plan = await plan_of(draft, network.ref, year)
        made = draft.create(
            Activity, key, name=self.name, kind=self.kind, status=ActivityStatus.PLANNED, due=self.due
        )
        draft.relate(ItemOf, made, plan)
        if self.body is not None:
            draft.relate(CarriedOutBy, made, await self._body(draft, self.body, network.ref))
        return made

    def _year(self) -> int:
        year = self.year if self.year is not None else self.due.year if self.due else None
        if year is None:
            raise invalid("Say the year of the plan, or when it is due.", "year", "")
        if year not in YEARS:
            raise invalid("No year in which anything is planned.", "year", year)
        if self.due is not None and self.due.year != year:
            raise invalid(
                f"It is due in another year than the plan's, {year}.", "due", self.due, "PLANS_ARE_YEARLY"
            )
        return year

    async def _body(self, draft: Draft, key: str, network: NodeRef) -> NodeRef:
        body = (await draft.node(NetworkBody, key, "body")).ref
        of = await network_of(draft, body)
        if of != network:
            raise not_allowed("BODIES_WORK_FOR_THEIR_NETWORK", f"{key} is a body of {of.key}.", "body", key)
        return body


class CompleteActivity(Command):
    """Record that a planned activity was completed."""

    activity: str = argument("The key of the activity.")
    completed: PartialDate = argument("When it was completed, as precisely as known.")
    event: str | None = argument("The key of the event as which it was held.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the date and the event; what is completed or given up already cannot be."""
        activity = await draft.node(Activity, self.activity, "activity")
        check_happened(draft, self.completed, "completed")
        status = activity.properties["status"]
        if status == ActivityStatus.COMPLETED.name:
            text = f"{self.activity} was completed in {activity.properties.get('completed', 'the past')}."
            raise Refusal(Problem(ProblemCode.ALREADY_THERE, text, "activity", self.activity))
        if status == ActivityStatus.CANCELLED.name:
            raise not_allowed(
                "WHAT_WAS_GIVEN_UP_IS_NOT_COMPLETED",
                f"{self.activity} was given up.",
                "activity",
                self.activity,
                "Plan it anew.",
            )
        draft.correct(activity, status=ActivityStatus.COMPLETED, completed=self.completed)
        if self.event is not None:
            draft.relate(HeldAs, activity.ref, (await draft.node(Event, self.event, "event")).ref)
        return activity.ref

    def about(self) -> NodeRef:
        """The activity."""
        return NodeRef(Activity.__name__, self.activity)
