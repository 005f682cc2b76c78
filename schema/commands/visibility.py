"""Who sees what: single entities restricted to a role, and opened again."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft
from graph_api.commands.restrict import named, restrict
from schema.vocabulary import Role


class RestrictEntity(Command, states_facts=False):
    """Restrict an entity to a role and those above it: to others it does not exist, nor does its history."""

    entity: str = argument("The entity, as Kind:KEY.")
    role: Role = argument("The lowest role that sees it.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the role."""
        found = await named(draft, self.entity, "entity")
        restrict(draft, found, self.role.name)
        return found.ref


class UnrestrictEntity(Command, states_facts=False):
    """Let everybody see an entity again. Its history up to now stays restricted."""

    entity: str = argument("The entity, as Kind:KEY.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Take the restriction away."""
        found = await named(draft, self.entity, "entity")
        restrict(draft, found, draft.ontology.public)
        return found.ref
