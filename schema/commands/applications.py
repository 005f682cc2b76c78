"""Applications to take part in events: handed in, proposed, decided on by the Extended Bureau, withdrawn.

Any organization may apply, whatever its status with ECOSOC, and to several events. The decision is the
Extended Bureau's: a command records it, with its date and source, and nothing here makes it.
"""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredNode
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.imports.records import Raw
from graph_api.ontology import PartialDate
from schema.commands.application_steps import ENDED, check_step, status_of
from schema.commands.keys import new_key
from schema.commands.rules import check_happened, invalid, is_before, not_allowed
from schema.edges.events import AppliedBy, AppliesTo
from schema.kinds.application import Application
from schema.kinds.event import Event
from schema.kinds.organization import Organization
from schema.vocabulary import ApplicationStatus, EventKind, ExtendedBureauDecision, Role


async def current_application(draft: Draft, organization: NodeRef, event: NodeRef) -> StoredNode | None:
    """The application of an organization to an event that was neither declined nor withdrawn."""
    of_event = {edge.source for edge in await draft.edges(AppliesTo, target=event)}
    for edge in await draft.edges(AppliedBy, target=organization):
        found = await draft.find(Application, edge.source.key) if edge.source in of_event else None
        if found is not None and status_of(found) not in ENDED:
            return found
    return None


async def step(draft: Draft, key: str, to: ApplicationStatus, /, **properties: Raw) -> NodeRef:
    """Store that an application goes one step further; raises ``Refusal`` where the step is not legal."""
    application = await draft.node(Application, key, "application")
    check_step(application, to)
    draft.correct(application, status=to, **properties)
    return application.ref


class SubmitApplication(Command):
    """Hand in an organization's application to take part in an event, or a draft of it.

    Any organization may apply whatever its status with ECOSOC. A draft that is there already is handed in.
    """

    organization: str = argument("The key of the organization.")
    event: str = argument("The key of the event.")
    submitted: PartialDate | None = argument("When it was handed in; today unless given.", default=None)
    draft: bool | None = argument("Whether it is only being written.", default=None)
    travel_support: bool | None = argument("Whether support for travel is asked for.", default=None)
    key: str | None = argument(
        "The key that it gets; made of event and organization unless given.", default=None
    )

    async def apply(self, draft: Draft) -> NodeRef:
        """Store it; one application at a time, and none to a session that is closed to organizations."""
        organization = await draft.node(Organization, self.organization, "organization")
        event = await draft.node(Event, self.event, "event")
        _check_open(event)
        check_happened(draft, self.submitted, "submitted")
        known = await current_application(draft, organization.ref, event.ref)
        if known is not None:
            return self._hand_in(draft, known)
        key = await new_key(draft, Application, self.key, "APPLICATION", self.event, self.organization)
        made = draft.create(
            Application,
            key,
            name=f"Application of {organization.properties['name']} to {event.properties['name']}",
            travel_support=self.travel_support,
            **self._step(draft),
        )
        draft.relate(AppliedBy, made, organization.ref)
        draft.relate(AppliesTo, made, event.ref)
        return made

    def _step(self, draft: Draft) -> dict[str, Raw]:
        if not self.draft:
            return {
                "status": ApplicationStatus.SUBMITTED,
                "submitted": self.submitted or draft.today.isoformat(),
            }
        if self.submitted is not None:
            raise invalid("A draft was not handed in yet.", "submitted", self.submitted)
        return {"status": ApplicationStatus.DRAFT}

    def _hand_in(self, draft: Draft, known: StoredNode) -> NodeRef:
        if self.draft or status_of(known) is not ApplicationStatus.DRAFT:
            at = f"{known.ref.key}, {status_of(known).name}"
            text = f"{self.organization} has an application to {self.event}: {at}."
            raise Refusal(
                Problem(
                    ProblemCode.ALREADY_THERE,
                    text,
                    "event",
                    self.event,
                    "ONE_APPLICATION_AT_A_TIME",
                    "To apply to other events is free.",
                )
            )
        support = {} if self.travel_support is None else {"travel_support": self.travel_support}
        draft.correct(known, **self._step(draft), **support)
        return known.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)


def _check_open(event: StoredNode) -> None:
    if event.properties["kind"] == EventKind.WORKING_GROUP_SESSION.name:
        raise not_allowed(
            "WORKING_GROUPS_ARE_CLOSED",
            f"Organizations may not attend {event.ref.key}, a session of a working group.",
            "event",
            event.ref.key,
            "Apply to the constructive dialogue that follows it.",
        )


class ProposeApplication(Command, taken_from=Role.CSU):
    """Propose an application for the Extended Bureau, as the Civil Society Unit."""

    application: str = argument("The key of the application.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the step, from handed in."""
        return await step(draft, self.application, ApplicationStatus.PROPOSED)

    def about(self) -> NodeRef:
        """The application."""
        return NodeRef(Application.__name__, self.application)


class HandToExtendedBureau(Command, taken_from=Role.CSU):
    """Record that an application is before the Extended Bureau, which decides on it."""

    application: str = argument("The key of the application.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the step, from proposed."""
        return await step(draft, self.application, ApplicationStatus.WITH_EXTENDED_BUREAU)

    def about(self) -> NodeRef:
        """The application."""
        return NodeRef(Application.__name__, self.application)


class RecordDecision(Command, taken_from=Role.CSU):
    """Record a decision of the Extended Bureau on an application.

    The Extended Bureau decides; this only records what it decided, when, and which source says so.
    """

    application: str = argument("The key of the application.")
    decision: ExtendedBureauDecision = argument("What the Extended Bureau decided.")
    decided: PartialDate = argument("When the Extended Bureau decided, as precisely as known.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the decision, from before the Extended Bureau."""
        check_happened(draft, self.decided, "decided")
        application = await draft.node(Application, self.application, "application")
        submitted = application.properties.get("submitted")
        if submitted is not None and is_before(self.decided, PartialDate.parse(str(submitted))):
            raise invalid(
                f"It was handed in later, {submitted}.", "decided", self.decided, "DECIDED_AFTER_SUBMITTED"
            )
        to = ApplicationStatus[self.decision.name]
        return await step(draft, self.application, to, decided=self.decided)

    def about(self) -> NodeRef:
        """The application."""
        return NodeRef(Application.__name__, self.application)


class WithdrawApplication(Command):
    """Record that an organization withdrew its application."""

    application: str = argument("The key of the application.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the step, from any that is not an end."""
        return await step(draft, self.application, ApplicationStatus.WITHDRAWN)

    def about(self) -> NodeRef:
        """The application."""
        return NodeRef(Application.__name__, self.application)
