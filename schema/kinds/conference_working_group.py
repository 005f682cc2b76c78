"""Working groups of the Conference of the Parties."""

from __future__ import annotations

from graph_api.ontology import prop
from schema.kinds.entity import Entity


class ConferenceWorkingGroup(Entity, plural="conferenceWorkingGroups"):
    """A working group of the Conference; non-governmental organizations enter by the dialogue after it."""

    basis: str | None = prop("The decision or resolution that it rests on.", default=None)
