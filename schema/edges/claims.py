"""What claims are about."""

from __future__ import annotations

from graph_api.ontology import Edge, many, one
from schema.kinds.entity import Entity
from schema.kinds.value_claim import ValueClaim


class ClaimsValueOf(
    Edge[ValueClaim, Entity],
    forward=one("entity", "What the claim is about.", required=True),
    backward=many("valueClaims", "What sources say about its values."),
    dated=False,
):
    """A claim is about a value of something."""
