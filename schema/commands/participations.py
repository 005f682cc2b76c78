"""Taking part in events: registered, approved and attended are three facts."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredNode
from schema.commands.events import date_of
from schema.commands.rules import not_allowed
from schema.edges.events import ParticipatedIn
from schema.kinds.event import Event
from schema.kinds.organization import Organization
from schema.vocabulary import EventKind, EventMode, ParticipationRole, ParticipationStatus


class RecordParticipation(Command):
    """Record that an organization registered for an event, was approved for it, or attended it.

    Each is a fact of its own: none follows from another, and none takes the place of another.
    """

    organization: str = argument("The key of the organization.")
    event: str = argument("The key of the event.")
    role: ParticipationRole | None = argument(
        "What it did there; a participant unless something else is said.", default=None
    )
    status: ParticipationStatus = argument("Registered, approved or attended.")
    mode: EventMode | None = argument("How it took part.", default=None)
    role_as_written: str | None = argument("What it did, as the source words it.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the fact; one that is there already gets what is new, and rests on these sources too."""
        organization = await draft.node(Organization, self.organization, "organization")
        event = await draft.node(Event, self.event, "event")
        self._check_attended(draft, event)
        role = self.role or ParticipationRole.PARTICIPANT
        stated = {"mode": self.mode, "role_as_written": self.role_as_written}
        for known in await draft.edges(ParticipatedIn, source=organization.ref, target=event.ref):
            if (known.text("role"), known.text("status")) == (role.name, self.status.name):
                draft.change(known, **{name: value for name, value in stated.items() if value is not None})
                return organization.ref
        draft.relate(ParticipatedIn, organization.ref, event.ref, role=role, status=self.status, **stated)
        return organization.ref

    def _check_attended(self, draft: Draft, event: StoredNode) -> None:
        start = date_of(event, "start")
        if self.status is not ParticipationStatus.ATTENDED:
            return
        if start is not None and start.first_day > draft.today:
            raise not_allowed(
                "NOBODY_ATTENDS_WHAT_IS_TO_COME",
                f"{self.event} begins in {start}.",
                "status",
                self.status.name,
            )
        if event.properties["kind"] == EventKind.WORKING_GROUP_SESSION.name:
            draft.notices.append(
                "Organizations may not attend a working group; the dialogue after it is open to them."
            )

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)
