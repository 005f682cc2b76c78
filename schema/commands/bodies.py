"""Seats on the bodies of networks."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredEdge
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology import PartialDate
from schema.commands.rules import is_member, not_allowed, today
from schema.edges.networks import BodyOf, SitsOn
from schema.kinds.network_body import NetworkBody
from schema.kinds.organization import Organization
from schema.vocabulary import BodyRole


async def open_seat(draft: Draft, organization: NodeRef, body: NodeRef) -> StoredEdge | None:
    """The seat that has no end, when there is one."""
    seats = await draft.edges(SitsOn, source=organization, target=body)
    return next((seat for seat in seats if seat.open), None)


async def network_of(draft: Draft, body: NodeRef) -> NodeRef:
    """The network that a body belongs to; every body has one."""
    return (await draft.edges(BodyOf, source=body))[0].target


class JoinBody(Command):
    """Give an organization a seat on a body of a network that it is a member of."""

    organization: str = argument("The key of the organization.")
    body: str = argument("The key of the body.")
    role: BodyRole | None = argument(
        "What it does in the body; a member unless something else is said.", default=None
    )
    since: PartialDate | None = argument("Since when it sits there, as precisely as known.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the seat; the organization must be a member of the network then, and have no seat yet."""
        organization = await draft.node(Organization, self.organization, "organization")
        body = await draft.node(NetworkBody, self.body, "body")
        seat = await open_seat(draft, organization.ref, body.ref)
        if seat is not None:
            text = f"{self.organization} sits on {self.body} as {seat.text('role')}."
            raise Refusal(
                Problem(
                    ProblemCode.ALREADY_THERE,
                    text,
                    "organization",
                    self.organization,
                    "ONE_SEAT_AT_A_TIME",
                    "For another role, let it leave first.",
                )
            )
        network = await network_of(draft, body.ref)
        when = self.since or today(draft)
        if not await is_member(draft, organization.ref, network, when):
            raise not_allowed(
                "BODIES_ARE_OF_MEMBERS",
                f"{self.organization} is no member of {network.key} in {when}.",
                "organization",
                self.organization,
                "Admit it to the network first.",
            )
        draft.relate(SitsOn, organization.ref, body.ref, role=self.role or BodyRole.MEMBER, since=self.since)
        return organization.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)


class LeaveBody(Command):
    """End an organization's seat on a body of a network."""

    organization: str = argument("The key of the organization.")
    body: str = argument("The key of the body.")
    until: PartialDate = argument("Until when it sat there, as precisely as known.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the end of the open seat, which must not be before its beginning."""
        organization = await draft.node(Organization, self.organization, "organization")
        body = await draft.node(NetworkBody, self.body, "body")
        seat = await open_seat(draft, organization.ref, body.ref)
        if seat is None:
            text = f"{self.organization} does not sit on {self.body}."
            raise Refusal(Problem(ProblemCode.NOT_THERE, text, "organization", self.organization))
        draft.change(seat, until=self.until)
        return organization.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)
