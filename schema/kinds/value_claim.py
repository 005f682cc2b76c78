"""Claims about values of anything in the graph."""

from __future__ import annotations

from graph_api.ontology import prop
from schema.kinds.entity import Entity


class ValueClaim(Entity, plural="valueClaims"):
    """What one source says a value is. Claims may contradict each other; at most one is accepted."""

    property: str = prop("The field that the claim is about, as the API names it.")
    value: str = prop("The value stated, as the source writes it.")
    stated_by: str | None = prop("Who states it.", default=None)
    accepted: bool = prop("Whether somebody decided that this is the value.")
