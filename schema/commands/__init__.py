"""What may be done to the graph: the commands of the networks and of the Civil Society Unit."""

from __future__ import annotations

from graph_api.commands.declare import catalogue
from graph_api.commands.knowledge import OwnKnowledge
from graph_api.commands.undo import UndoChange
from schema.commands import (
    activities,
    applications,
    bodies,
    claims,
    counterparts,
    counts,
    events,
    identity,
    memberships,
    offices,
    organizations,
    participations,
    sources,
    themes,
    visibility,
)
from schema.kinds.source import Source
from schema.vocabulary import SourceKind

commands = catalogue(
    organizations.CreateOrganization,
    organizations.CorrectOrganization,
    memberships.AdmitMember,
    memberships.EndMembership,
    bodies.JoinBody,
    bodies.LeaveBody,
    offices.AppointOffice,
    offices.RenewOffice,
    offices.EndOffice,
    activities.PlanActivity,
    activities.CompleteActivity,
    themes.RelateTheme,
    themes.EndTheme,
    events.CreateEvent,
    participations.RecordParticipation,
    applications.SubmitApplication,
    applications.ProposeApplication,
    applications.HandToExtendedBureau,
    applications.RecordDecision,
    applications.WithdrawApplication,
    counts.AddAttendanceClaim,
    counts.AddMemberCountClaim,
    claims.AddClaim,
    claims.AcceptClaim,
    sources.AddSource,
    counterparts.RecordCounterpart,
    identity.JudgeIdentity,
    identity.WithdrawJudgement,
    visibility.RestrictEntity,
    visibility.UnrestrictEntity,
    UndoChange,
    knowledge=OwnKnowledge(
        Source,
        lambda role: {
            "name": f"Own knowledge of {role}",
            "kind": SourceKind.OWN_KNOWLEDGE,
            "note": "Stated by somebody in this role, who names no document.",
        },
    ),
)
