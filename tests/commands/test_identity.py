"""Judgements and merges."""

from __future__ import annotations

from random import Random
from typing import cast

import pytest

from graph_api.changes.apply import apply_edit
from graph_api.changes.items import Header, Item, NodeRef
from schema import ontology
from tests.commands.conftest import Keeper, edge, node
from tests.imports.dump import Dump

TOLD = (
    "MATCH (c:Change)-[r:CHANGED]->(n) WHERE NOT n:IdentityJudgement "
    "RETURN c.number, n.key, r.before, r.after, r.related ORDER BY c.number, n.key"
)
JUDGED = {"organization": "ORG-1", "other": "ORG-2", "verdict": "SAME", "why": "Same website."}
NETWORKS, THEMES = ("NET-A", "NET-B"), ("FIREARMS", "DRUGS")


def without_judgements(facts: Dump) -> Dump:
    nodes, edges = facts
    return (
        {key: value for key, value in nodes.items() if key[0] != "IdentityJudgement"},
        {key: value for key, value in edges.items() if not key[0].startswith("JUDGES_")},
    )


def related(draw: int, organization: str) -> list[Item]:
    """Relations of one organization, others for each draw."""
    chosen = Random(f"{draw} {organization}")
    ref = NodeRef("Organization", organization)
    found: list[Item] = [
        edge("MemberOf", ref, NodeRef("Network", network), since=chosen.choice(["2021", "2022-05", None]))
        for network in NETWORKS
        if chosen.random() < 0.7
    ]
    found += [
        edge("WorksOn", ref, NodeRef("ThematicArea", theme), level=chosen.choice(["ACTIVE", "EXPERT", None]))
        for theme in THEMES
        if chosen.random() < 0.7
    ]
    if chosen.random() < 0.7:
        found.append(edge("BasedIn", ref, NodeRef("Country", chosen.choice(["KEN", "GHA"]))))
    for partner in ("ORG-1", "ORG-2", "ORG-3"):
        if partner != organization and chosen.random() < 0.5:
            found.append(edge("PartnerOf", ref, NodeRef("Organization", partner)))
    return found


async def fill(keeper: Keeper, draw: int) -> None:
    items = [node("ThematicArea", "DRUGS")]
    items += [each for key in ("ORG-1", "ORG-2", "ORG-3") for each in related(draw, key)]
    await apply_edit(keeper.store, ontology, Header("setUp", "Relations", "tests", "ADMIN"), items)


@pytest.mark.parametrize("draw", range(8))
async def test_withdrawing_the_judgement_restores_the_graph(keeper: Keeper, draw: int) -> None:
    # given two organizations with relations of their own
    await fill(keeper, draw)
    before = await keeper.facts()
    told = await keeper.read(TOLD)

    # when they are merged
    result = await keeper.send("judgeIdentity", {**JUDGED, "merge": True})
    assert result.problems == ()
    merged = await keeper.facts()
    assert ("Organization", "ORG-2") not in merged[0]
    assert not [key for key in merged[1] if "Organization ORG-2" in key]

    # and the judgement is withdrawn, then everything is as it was
    judgement = cast(NodeRef, result.subject).key
    withdrawn = await keeper.done("withdrawJudgement", {"judgement": judgement, "why": "Two offices."})
    assert without_judgements(await keeper.facts()) == before
    assert [each for each in await keeper.read(TOLD) if each[0] not in (result.number, withdrawn)] == told
    assert await keeper.read("MATCH (r:Redirect) RETURN r.key") == []
    assert await keeper.refused("withdrawJudgement", {"judgement": judgement, "why": "Again."}) == "NOT_THERE"


async def test_a_merge_moves_every_relation_and_both_histories(keeper: Keeper) -> None:
    await keeper.done("admitMember", {"organization": "ORG-1", "network": "NET-A", "since": "2022"})
    await keeper.done("admitMember", {"organization": "ORG-2", "network": "NET-B", "since": "2023"})
    await keeper.done("correctOrganization", {"organization": "ORG-2", "name": "Second", "aliases": ["2nd"]})
    await keeper.done("judgeIdentity", {**JUDGED, "merge": True})

    assert await keeper.read(
        "MATCH (o:Organization {key: 'ORG-1'})-[r:MEMBER_OF]->(n) "
        "RETURN n.key, r.key, r.since, o.aliases ORDER BY n.key"
    ) == [
        ["NET-A", "ORG-1|NET-A|2022", "2022", ["Second", "2nd"]],
        ["NET-B", "ORG-1|NET-B|2023", "2023", ["Second", "2nd"]],
    ]
    commands = await keeper.read(
        "MATCH (:Organization {key: 'ORG-1'})<-[:CHANGED]-(c:Change) "
        "RETURN DISTINCT c.command ORDER BY c.command"
    )
    assert [row[0] for row in commands] == ["admitMember", "correctOrganization", "judgeIdentity", "setUp"]


async def test_the_old_key_leads_to_what_stays(keeper: Keeper) -> None:
    await keeper.done("judgeIdentity", {**JUDGED, "merge": True})
    await keeper.done("judgeIdentity", {**JUDGED, "organization": "ORG-3", "other": "ORG-1", "merge": True})
    result = await keeper.send("admitMember", {"organization": "ORG-2", "network": "NET-A"})

    assert result.subject == NodeRef("Organization", "ORG-3")


async def test_what_was_added_after_a_merge_stays_with_what_stays(keeper: Keeper) -> None:
    result = await keeper.send("judgeIdentity", {**JUDGED, "merge": True})
    await keeper.done("admitMember", {"organization": "ORG-2", "network": "NET-A", "since": "2025"})
    judgement = cast(NodeRef, result.subject).key
    await keeper.done("withdrawJudgement", {"judgement": judgement, "why": "Two offices."})

    members = "MATCH (o)-[:MEMBER_OF]->(:Network {key: 'NET-A'}) RETURN o.key"
    assert await keeper.read(members) == [["ORG-1"]]


async def test_only_what_is_judged_the_same_is_merged(keeper: Keeper) -> None:
    unsure = {**JUDGED, "verdict": "UNSURE"}
    assert await keeper.refused("judgeIdentity", {**unsure, "merge": True}) == (
        "NOT_ALLOWED MERGE_RESTS_ON_A_JUDGEMENT"
    )
    assert await keeper.refused("judgeIdentity", {**JUDGED, "other": "ORG-1"}) == "INVALID_VALUE"
    assert await keeper.refused("judgeIdentity", {**JUDGED, "other": None}) == "INVALID_VALUE"
    await keeper.done("judgeIdentity", unsure)

    assert await keeper.read(
        "MATCH (j:IdentityJudgement)-[:JUDGES_ORGANIZATION]->(o) "
        "RETURN j.verdict, j.judged_by, j.reason, o.key ORDER BY o.key"
    ) == [["UNSURE", "officer", "Same website.", key] for key in ("ORG-1", "ORG-2")]
