"""Who sees what: single entities restricted to a role, and opened again."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredNode
from graph_api.commands.naming import entity_named
from graph_api.commands.restrict import level_of, restrict
from schema.edges.claims import ClaimsValueOf
from schema.edges.identities import JudgesEntry, JudgesOrganization
from schema.kinds.register_entry import IdentityJudgement
from schema.kinds.value_claim import ValueClaim
from schema.vocabulary import Role


class RestrictEntity(Command, states_facts=False):
    """Restrict an entity to a role and those above it: to others it does not exist, nor does its history."""

    entity: str = argument("The entity, as Kind:KEY.")
    role: Role = argument("The lowest role that sees it.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the role."""
        found = await entity_named(draft, self.entity, "entity")
        await _restrict_all(draft, found, self.role)
        return found.ref


class UnrestrictEntity(Command, states_facts=False):
    """Let everybody see an entity again. Its history up to now stays restricted."""

    entity: str = argument("The entity, as Kind:KEY.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Take the restriction away."""
        found = await entity_named(draft, self.entity, "entity")
        await _restrict_all(draft, found, Role.PUBLIC)
        return found.ref


async def _restrict_all(draft: Draft, entity: StoredNode, role: Role) -> None:
    """What claims say of an entity is seen by who sees the entity.

    Judgements hold its name, and that of another one: they are restricted with either, and opened apart.
    """
    restrict(draft, entity, role.name)
    for edge in await draft.edges(ClaimsValueOf, target=entity.ref):
        restrict(draft, await draft.node(ValueClaim, edge.source.key, "entity"), role.name)
    for judges in (JudgesOrganization, JudgesEntry):
        for edge in await draft.edges(judges, target=entity.ref):
            judgement = await draft.node(IdentityJudgement, edge.source.key, "entity")
            if level_of(judgement) < draft.ontology.roles.index(role.name):
                restrict(draft, judgement, role.name)
