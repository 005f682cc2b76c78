"""What organizations work on."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredEdge
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.ontology import PartialDate
from schema.edges.themes import WorksOn
from schema.kinds.organization import Organization
from schema.kinds.thematic_area import ThematicArea
from schema.vocabulary import ExpertiseLevel


async def open_work(draft: Draft, organization: NodeRef, theme: NodeRef) -> StoredEdge | None:
    """The spell of work on a thematic area that has no end, when there is one."""
    spells = await draft.edges(WorksOn, source=organization, target=theme)
    return next((spell for spell in spells if spell.open), None)


class RelateTheme(Command):
    """Record that an organization works on a thematic area, or how well it knows it."""

    organization: str = argument("The key of the organization.")
    theme: str = argument("The key of the thematic area.")
    level: ExpertiseLevel | None = argument("How well it knows the area.", default=None)
    evidence: str | None = argument("What shows it.", default=None)
    since: PartialDate | None = argument("Since when, as precisely as known.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the work; of work that goes on, level and evidence are corrected."""
        organization = await draft.node(Organization, self.organization, "organization")
        theme = await draft.node(ThematicArea, self.theme, "theme")
        known = await open_work(draft, organization.ref, theme.ref)
        stated = {"level": self.level, "evidence": self.evidence}
        if known is None:
            draft.relate(WorksOn, organization.ref, theme.ref, since=self.since, **stated)
        elif self.since is not None and self.since != known.since:
            began = f" since {known.since}" if known.since else ""
            raise Refusal(
                Problem(
                    ProblemCode.ALREADY_THERE,
                    f"{self.organization} works on {self.theme}{began}.",
                    "since",
                    str(self.since),
                    "ONE_SPELL_AT_A_TIME",
                    "Leave the beginning out to correct the level, or end that work first.",
                )
            )
        else:
            draft.change(known, **{name: value for name, value in stated.items() if value is not None})
        return organization.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)


class EndTheme(Command):
    """Record that an organization no longer works on a thematic area."""

    organization: str = argument("The key of the organization.")
    theme: str = argument("The key of the thematic area.")
    until: PartialDate = argument("Until when it did, as precisely as known.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the end of the open spell of work, which must not be before its beginning."""
        organization = await draft.node(Organization, self.organization, "organization")
        theme = await draft.node(ThematicArea, self.theme, "theme")
        known = await open_work(draft, organization.ref, theme.ref)
        if known is None:
            text = f"{self.organization} does not work on {self.theme}."
            raise Refusal(Problem(ProblemCode.NOT_THERE, text, "organization", self.organization))
        draft.change(known, until=self.until)
        return organization.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)
