"""The network that is measured: organizations, networks and their bodies, and events, by who is where."""

from __future__ import annotations

from graph_api.metrics.declare import MeasuredDeclaration
from schema.edges.events import ConvenedBy, ParticipatedIn
from schema.edges.networks import BodyOf, HoldsOffice, MemberOf, PartnerOf, SitsOn
from schema.kinds.event import Event
from schema.kinds.network import Network
from schema.kinds.network_body import NetworkBody
from schema.kinds.organization import Organization

measured = MeasuredDeclaration(
    field="networkMetrics",
    type_name="NetworkMetrics",
    kinds=(Organization, Network, NetworkBody, Event),
    # Places and themes join everybody with everybody; they say what organizations are, not whom they meet.
    edges=(MemberOf, SitsOn, HoldsOffice, BodyOf, PartnerOf, ParticipatedIn, ConvenedBy),
    groups=MemberOf,
    listed=(Organization, Network),
)
