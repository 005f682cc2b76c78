"""The legal steps of an application, as data."""

from __future__ import annotations

from collections.abc import Mapping

from graph_api.commands.draft import StoredNode
from graph_api.commands.problems import Refusal
from schema.commands.rules import not_allowed
from schema.vocabulary import ApplicationStatus as Status

RULE = "ONLY_LEGAL_STEPS"
BEGINNINGS = frozenset({Status.DRAFT, Status.SUBMITTED})
"""What an application can begin as."""
STEPS: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED, Status.WITHDRAWN}),
    Status.SUBMITTED: frozenset({Status.PROPOSED, Status.WITHDRAWN}),
    Status.PROPOSED: frozenset({Status.WITH_EXTENDED_BUREAU, Status.WITHDRAWN}),
    Status.WITH_EXTENDED_BUREAU: frozenset({Status.APPROVED, Status.DECLINED, Status.WITHDRAWN}),
    Status.APPROVED: frozenset({Status.WITHDRAWN}),
    Status.DECLINED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
"""Where an application can go from each step; none is approved or declined but by the Extended Bureau."""
ENDED = frozenset({Status.DECLINED, Status.WITHDRAWN})
"""After these the organization may apply again."""


def status_of(application: StoredNode) -> Status:
    """The step that an application has reached."""
    return Status[str(application.properties["status"])]


def check_step(application: StoredNode, to: Status) -> None:
    """Refuse a step that the table does not have."""
    at = status_of(application)
    if to not in STEPS[at]:
        raise _no_step(application, at, to)


def _no_step(application: StoredNode, at: Status, to: Status) -> Refusal:
    after = ", ".join(sorted(each.name for each in STEPS[at]))
    return not_allowed(
        RULE,
        f"{application.ref.key} is {at.name} and cannot become {to.name}.",
        "application",
        application.ref.key,
        f"It can become: {after}."
        if after
        else "Nothing comes after that; the organization may apply again.",
    )
