"""Where things are."""

from __future__ import annotations

from graph_api.ontology import Edge, Hierarchy, many, one
from schema.kinds.country import Country
from schema.kinds.entity import Place, Stakeholder
from schema.kinds.event import Event
from schema.kinds.network import Network
from schema.kinds.region import Region


class LocatedIn(
    Hierarchy[Place, Region],
    up=many("regions", "The regions that directly contain it, in any scheme."),
    down=many("places", "The regions and countries that it directly contains."),
):
    """A country or region lies in a wider region."""


class BasedIn(
    Edge[Stakeholder, Country],
    forward=one("country", "The country that it is based in."),
    backward=many("stakeholders", "The organizations and networks based there."),
    dated=False,
):
    """An organization or a network is based in a country."""


class Serves(
    Edge[Network, Region],
    forward=many("regions", "The regions that the network works in."),
    backward=many("networks", "The networks that work in the region."),
    dated=False,
):
    """A network works in a region."""


class HeldIn(
    Edge[Event, Country],
    forward=one("country", "The country that it is held in."),
    backward=many("events", "The events held there."),
    dated=False,
):
    """An event is held in a country."""
