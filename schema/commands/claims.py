"""Claims about values of anything, and which of them is accepted.

A wrong value stays visible as the claim of its source; the accepted value is what the thing itself has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from graph_api.changes.items import NodeRef, PutNode
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredNode
from graph_api.commands.naming import entity_named
from graph_api.imports.records import BrokenRowError, RowPlace
from graph_api.imports.validate import stored_values
from graph_api.ontology.model import RESTRICTED_LEVEL, Property
from schema.commands.counts import claim_key
from schema.commands.events import check_order, date_of
from schema.commands.rules import invalid, not_allowed
from schema.edges.claims import ClaimsValueOf
from schema.kinds.event import Event
from schema.kinds.value_claim import ValueClaim

OPEN_FACTS = "ONLY_OPEN_FACTS_ARE_CLAIMED"
_NOT_CLAIMED = ("key", "sources", "synthetic")


def property_named(draft: Draft, entity: StoredNode, name: str) -> Property:
    """A property that claims may be about, by its name in the API; raises ``Refusal``.

    What only some may see is no matter of claims, which everybody sees.
    """
    kind = draft.ontology.node(entity.ref.kind)
    declared = [each for each in kind.properties if each.name not in _NOT_CLAIMED]
    found = next((each for each in declared if name in (each.field, each.name)), None)
    if found is None:
        names = ", ".join(each.field for each in declared if each.visible_to is None)
        raise invalid(f"A {kind.name} has no such value; there are: {names}.", "property", name[:120])
    if (
        kind.visible_to
        or found.visible_to
        or entity.properties.get(RESTRICTED_LEVEL)
        or kind.name == ValueClaim.__name__
    ):
        text = f"No claims are kept about {found.field} of the {entity.ref}."
        raise not_allowed(OPEN_FACTS, text, "property", name)
    return found


async def overrule(draft: Draft, entity: StoredNode, stated: Mapping[str, object]) -> None:
    """A claim whose value is no longer what is stored is no longer the accepted one."""
    kind = draft.ontology.node(entity.ref.kind)
    fields = {each.field: each.name for each in kind.properties}
    for edge in await draft.edges(ClaimsValueOf, target=entity.ref):
        claim = await draft.find(ValueClaim, edge.source.key)
        if claim is None or not claim.properties.get("accepted"):
            continue
        name = fields.get(str(claim.properties["property"]))
        if name is not None and name in stated and str(stated[name]) != str(claim.properties["value"]):
            draft.put(PutNode(claim.ref, {"accepted": False}))


class AddClaim(Command):
    """Add what a source says a value of something is. Claims may contradict each other; all are kept."""

    entity: str = argument("What it is about, as Kind:KEY.")
    property: str = argument("The field that it is about, as the API names it.")
    value: str = argument("The value stated, as the source writes it; items of a list with ' ; ' between.")
    stated_by: str | None = argument("Who states it.", default=None)
    key: str | None = argument("The key that it gets; made of what it says unless given.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the claim, also of a value that could not be the accepted one."""
        entity = await entity_named(draft, self.entity, "entity")
        found = property_named(draft, entity, self.property)
        key = await claim_key(
            draft,
            ValueClaim,
            self.key,
            f"{entity.ref.key}-{found.field}",
            self.value,
            self.stated_by,
            entity.ref,
        )
        made = draft.create(
            ValueClaim,
            key,
            name=f"{entity.ref.key}, {found.field}: {self.value}",
            property=found.field,
            value=self.value,
            stated_by=self.stated_by,
            accepted=False,
        )
        draft.relate(ClaimsValueOf, made, entity.ref)
        try:
            kind = draft.ontology.node(entity.ref.kind)
            stored_values(draft.ontology, kind, kind.properties, {found.name: self.value}, RowPlace("", 0))
        except BrokenRowError as problem:
            draft.notices.append(f"It could not be accepted as it is: {problem.errors[0].reason}.")
        return made


class AcceptClaim(Command, states_facts=False):
    """Decide that a claim states the value: it is stored, on the claim's sources.

    Other claims about the same value stay, and none of them is the accepted one.
    """

    claim: str = argument("The key of the claim.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the value as the ontology has it, and which claim is accepted."""
        claim = await draft.node(ValueClaim, self.claim, "claim")
        [about] = await draft.edges(ClaimsValueOf, source=claim.ref)
        entity = await entity_named(draft, f"{about.target.kind}:{about.target.key}", "claim")
        found = property_named(draft, entity, str(claim.properties["property"]))
        stated = cast("list[str]", claim.properties.get("sources") or [])
        draft.sources = tuple(dict.fromkeys([*draft.sources, *stated]))
        draft.correct(entity, **{found.name: str(claim.properties["value"])})
        self._check_event(draft, entity)
        for edge in await draft.edges(ClaimsValueOf, target=entity.ref):
            other = await draft.find(ValueClaim, edge.source.key)
            if other is not None and other.properties["property"] == claim.properties["property"]:
                # Only what was decided: the claim itself rests on no other source than before.
                draft.put(PutNode(other.ref, {"accepted": other.ref == claim.ref}))
        return entity.ref

    def _check_event(self, draft: Draft, entity: StoredNode) -> None:
        if entity.ref.kind == Event.__name__:
            corrected = draft.items[-1]
            assert isinstance(corrected, PutNode)
            after = StoredNode(entity.ref, {**entity.properties, **corrected.properties})
            check_order(date_of(after, "start"), date_of(after, "end"), "claim")
