"""Bodies of networks."""

from __future__ import annotations

from graph_api.ontology import prop
from schema.kinds.entity import Entity
from schema.vocabulary import BodyField, BodyKind


class NetworkBody(Entity, plural="networkBodies"):
    """A Steering Committee or a working group of a network."""

    kind: BodyKind = prop("Steering Committee or working group.")
    field: BodyField | None = prop("The field of a working group.", default=None)
