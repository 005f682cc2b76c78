"""How organizations belong to networks, and how networks are made up."""

from __future__ import annotations

from graph_api.ontology import Edge, many, one, prop
from schema.kinds.activity import Activity, ActivityPlan
from schema.kinds.event import Event
from schema.kinds.network import MemberCountClaim, Network
from schema.kinds.network_body import NetworkBody
from schema.kinds.organization import Organization
from schema.vocabulary import BodyRole, OfficeKind


class MemberOf(
    Edge[Organization, Network],
    forward=many("memberships", "Its spells of membership in networks."),
    backward=many("members", "The spells of membership of its members."),
):
    """One spell of membership; leaving and rejoining makes two."""


class SitsOn(
    Edge[Organization, NetworkBody],
    forward=many("bodies", "The bodies of networks that it sits on."),
    backward=many("members", "The organizations that sit on it."),
):
    """An organization sits on a body of a network."""

    role: BodyRole = prop("What it does in the body.")


class HoldsOffice(
    Edge[Organization, Network],
    forward=many("offices", "The offices of networks that it holds."),
    backward=many("offices", "The offices of the network and the organizations that hold them."),
):
    """An organization's representative holds an office of a network. Persons are not named."""

    office: OfficeKind = prop("The office.")


class BodyOf(
    Edge[NetworkBody, Network],
    forward=one("network", "The network that it is a body of.", required=True),
    backward=many("bodies", "Its Steering Committee and working groups."),
    dated=False,
):
    """A body belongs to a network."""


class PartnerOf(
    Edge[Organization, Organization],
    forward=many("partners", "The organizations that it names as partners."),
    backward=many("partnerOf", "The organizations that name it as a partner."),
):
    """An organization names another as its partner."""


class EstablishedAfter(
    Edge[Network, Event],
    forward=one("establishedAfter", "The event after which it was established."),
    backward=many("networksEstablished", "The networks established after the event."),
    dated=False,
):
    """A network was established after an event."""


class CountsMembersOf(
    Edge[MemberCountClaim, Network],
    forward=one("network", "The network whose members are counted.", required=True),
    backward=many("memberCountClaims", "What sources say about its number of members."),
    dated=False,
):
    """A claim counts the members of a network."""


class PlannedBy(
    Edge[ActivityPlan, Network],
    forward=one("network", "The network whose plan it is.", required=True),
    backward=many("activityPlans", "Its yearly plans."),
    dated=False,
):
    """A plan belongs to a network."""


class ItemOf(
    Edge[Activity, ActivityPlan],
    forward=one("plan", "The plan that it is an item of.", required=True),
    backward=many("activities", "The activities planned."),
    dated=False,
):
    """An activity is an item of a plan."""


class CarriedOutBy(
    Edge[Activity, NetworkBody],
    forward=one("body", "The body that carries it out."),
    backward=many("activities", "The activities that it carries out."),
    dated=False,
):
    """A body of a network carries out an activity."""


class HeldAs(
    Edge[Activity, Event],
    forward=one("event", "The event as which it was held."),
    backward=many("activities", "The planned activities held as this event."),
    dated=False,
):
    """An activity was held as an event."""
