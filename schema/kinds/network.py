"""Networks and the counts that sources state of them."""

from __future__ import annotations

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Entity, Stakeholder
from schema.vocabulary import ClaimQualifier, NetworkKind


class Network(Stakeholder, plural="networks"):
    """A network of organizations. A network is not a region."""

    kind: NetworkKind = prop("Regional network, national alliance, umbrella network or online platform.")
    website: str | None = prop("Its address on the web.", default=None, ordered=False)


class MemberCountClaim(Entity, plural="memberCountClaims"):
    """How many members a network has according to a source, as of a date."""

    value: int = prop("The number stated.")
    qualifier: ClaimQualifier = prop("How the source qualifies the number.")
    as_of: PartialDate | None = prop(
        "The date that the number is stated for, as precisely as known.", default=None
    )
    stated_by: str | None = prop("Who states the number.", default=None)
