"""A small graph with things that only administrators see, in two variants that differ in nothing else.

The hidden things are tied to what an officer works with in every way that commands and imports look at:
an officer of a network, a member of one of its bodies, the country of an organization, a network with its
bodies and plans, applications, claims and judgements. Each variant gives them other keys and names.
"""

from __future__ import annotations

from graph_api.access.viewer import Viewer
from graph_api.changes.apply import apply_edit
from graph_api.changes.items import Header, Item, NodeRef
from schema import ontology
from tests.commands.conftest import WIPE, Keeper, edge, node, small_graph
from tests.visibility.marked_graph import MARK

ADMIN = Viewer("ADMIN", "chief", administers=True, writes=True, authenticated=True)
LETTERS = {1: "ALPHA", 2: "OMEGA"}
"""What tells the variants apart, of one length each."""


def word(variant: int) -> str:
    """What is in every hidden key and name, and nowhere else."""
    return f"{MARK}-{LETTERS[variant]}"


async def fill_twin(keeper: Keeper, variant: int) -> None:
    """Make this variant of the graph, with its history, as administrators do."""
    await keeper.store.write([WIPE])
    items = [*small_graph(), *_seen(), *_hidden(word(variant))]
    await apply_edit(keeper.store, ontology, Header("setUp", "Small graph", "tests", "ADMIN"), items)
    secret = word(variant)
    judged = {"organization": "ORG-2", "other": f"{secret}-ORG", "verdict": "UNSURE", "why": secret}
    await keeper.done("judgeIdentity", judged, ADMIN)
    claim = {"entity": f"Organization:{secret}-ORG", "property": "acronym", "value": secret}
    await keeper.done("addClaim", claim, ADMIN)
    for entity in ("Organization", "NetworkBody", "Network", "Country", "Event"):
        given = {"entity": f"{entity}:{secret}-{_SHORT[entity]}", "role": "ADMIN"}
        await keeper.done("restrictEntity", given, ADMIN)
    # What happens to hidden things later, also to those that are hidden only with others.
    applied = {"organization": f"{secret}-ORG", "event": "CD-1"}
    await keeper.done("submitApplication", applied, ADMIN)
    done = {"activity": f"{secret}-ACT", "completed": "2024-05"}
    await keeper.done("completeActivity", done, ADMIN)
    again = {**judged, "organization": "ORG-3", "verdict": "DIFFERENT"}
    await keeper.done("judgeIdentity", again, ADMIN)
    await keeper.done("admitMember", {"organization": f"{secret}-ORG", "network": "NET-B"}, ADMIN)
    await keeper.done("relateTheme", {"organization": f"{secret}-ORG", "theme": "FIREARMS"}, ADMIN)


_SHORT = {"Organization": "ORG", "NetworkBody": "BODY", "Network": "NET", "Country": "LAND", "Event": "EVENT"}


def _ref(kind: str, key: str) -> NodeRef:
    return NodeRef(kind, key)


def _seen() -> list[Item]:
    organizations = [_ref("Organization", f"ORG-{number}") for number in (1, 2, 3)]
    network = _ref("Network", "NET-A")
    return [
        *(edge("MemberOf", each, network, since="2023-01") for each in organizations[:2]),
        edge("BasedIn", organizations[1], _ref("Country", "KEN")),
    ]


def _hidden(secret: str) -> list[Item]:
    country = dict.fromkeys(
        ("un_member", "least_developed", "landlocked_developing", "small_island_developing"), False
    )
    organization, land = _ref("Organization", f"{secret}-ORG"), _ref("Country", f"{secret}-LAND")
    network, body = _ref("Network", f"{secret}-NET"), _ref("NetworkBody", f"{secret}-BODY")
    own_body, plan = _ref("NetworkBody", f"{secret}-SEAT"), _ref("ActivityPlan", f"{secret}-PLAN")
    activity, visible = _ref("Activity", f"{secret}-ACT"), _ref("Organization", "ORG-1")
    return [
        node("Organization", organization.key, kind="NGO", acronym=secret, aliases=[f"{secret} alias"]),
        node("Country", land.key, iso2="XX", m49="999", **country),
        node("Network", network.key, kind="REGIONAL_NETWORK"),
        node("NetworkBody", body.key, kind="STEERING_COMMITTEE"),
        node("NetworkBody", own_body.key, kind="STEERING_COMMITTEE"),
        node("ActivityPlan", plan.key, year=2024),
        node("Activity", activity.key, kind="ENGAGEMENT", status="PLANNED"),
        node("Event", f"{secret}-EVENT", kind="CONSTRUCTIVE_DIALOGUE", start="2024-06"),
        edge("BodyOf", body, _ref("Network", "NET-A")),
        edge("BodyOf", own_body, network),
        edge("PlannedBy", plan, network),
        edge("ItemOf", activity, plan),
        edge("BasedIn", visible, land),
        edge("SitsOn", visible, body, role="MEMBER"),
        edge("SitsOn", visible, own_body, role="MEMBER"),
        edge("MemberOf", visible, network, since="2023"),
        edge("MemberOf", organization, _ref("Network", "NET-A"), since="2023"),
        edge(
            "HoldsOffice",
            organization,
            _ref("Network", "NET-A"),
            office="COORDINATOR",
            since="2024",
            until="2030",
        ),
    ]
