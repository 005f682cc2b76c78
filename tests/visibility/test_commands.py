"""What commands answer to an officer holds nothing that only administrators may see."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from strawberry.types.execution import ExecutionResult

from graph_api.access.viewer import Viewer
from graph_api.commands.run import CommandResult
from graph_api.serve.declared import Declared
from graph_api.serve.execution.context import ROLE, RUNTIME, VIEWER
from graph_api.serve.runtime import runtime_of
from schema import ontology
from schema.commands import commands
from tests.commands.conftest import OFFICER, Keeper, keeper, prepared_stores
from tests.visibility.hidden_twins import ADMIN, LETTERS, fill_twin, word
from tests.visibility.marked_graph import MARK

__all__ = ["keeper", "prepared_stores"]

HIDDEN = "{hidden}"
"""Stands for the word of the variant, in arguments that guess a hidden key."""
Given = Mapping[str, object]
OFFICE = {"organization": "ORG-1", "network": "NET-A", "office": "COORDINATOR", "since": "2025"}
WORK = {"name": "Train", "kind": "ENGAGEMENT", "year": 2024}
SENT: tuple[tuple[str, Given], ...] = (
    # What is related to something hidden.
    ("appointOffice", OFFICE),
    ("renewOffice", {"organization": "ORG-1", "network": "NET-A", "office": "COORDINATOR", "until": "2027"}),
    ("endMembership", {"organization": "ORG-1", "network": "NET-A", "until": "2025-06"}),
    ("correctOrganization", {"organization": "ORG-1", "country": "KEN"}),
    ("correctOrganization", {"organization": "ORG-2", "country": "GHA"}),
    ("submitApplication", {"organization": "ORG-1", "event": "CD-1"}),
    ("judgeIdentity", {"organization": "ORG-1", "other": "ORG-2", "verdict": "UNSURE", "why": "Names."}),
    ("restrictEntity", {"entity": "Organization:ORG-2", "role": "CSU"}),
    ("unrestrictEntity", {"entity": "Organization:ORG-2"}),
    (
        "judgeIdentity",
        {"organization": "ORG-2", "other": "ORG-3", "verdict": "SAME", "why": "A", "merge": True},
    ),
    ("planActivity", {"network": "NET-A", **WORK}),
    # What is hidden, by its key: there is no such thing.
    ("admitMember", {"organization": f"{HIDDEN}-ORG", "network": "NET-A"}),
    ("admitMember", {"organization": "ORG-3", "network": f"{HIDDEN}-NET"}),
    ("endMembership", {"organization": "ORG-1", "network": f"{HIDDEN}-NET", "until": "2025"}),
    ("joinBody", {"organization": "ORG-1", "body": f"{HIDDEN}-BODY"}),
    ("leaveBody", {"organization": "ORG-1", "body": f"{HIDDEN}-BODY", "until": "2025"}),
    ("restrictEntity", {"entity": f"Organization:{HIDDEN}-ORG", "role": "CSU"}),
    ("unrestrictEntity", {"entity": f"Network:{HIDDEN}-NET"}),
    ("planActivity", {"network": f"{HIDDEN}-NET", **WORK}),
    ("submitApplication", {"organization": "ORG-1", "event": f"{HIDDEN}-EVENT"}),
    ("judgeIdentity", {"organization": "ORG-1", "other": f"{HIDDEN}-ORG", "verdict": "SAME", "why": "A"}),
    ("addClaim", {"entity": f"Organization:{HIDDEN}-ORG", "property": "acronym", "value": "A"}),
    # What is hidden with something else, by its key.
    ("joinBody", {"organization": "ORG-1", "body": f"{HIDDEN}-SEAT"}),
    ("joinBody", {"organization": "ORG-3", "body": f"{HIDDEN}-SEAT"}),
    ("leaveBody", {"organization": "ORG-1", "body": f"{HIDDEN}-SEAT", "until": "2025"}),
    ("planActivity", {"network": "NET-A", "body": f"{HIDDEN}-SEAT", **WORK}),
    ("completeActivity", {"activity": f"{HIDDEN}-ACT", "completed": "2024-05"}),
    ("withdrawApplication", {"application": f"APPLICATION-CD-1-{HIDDEN}-ORG"}),
)
PAYLOAD = """mutation ($input: %s!) { result: %s(input: $input) { ok items notices repeated
  problems { code message field value rule remedy changes } change { number name reason }
  entity { __typename key name sources { key } changes { totalCount nodes { number name } }
    ... on Organization { country { key } memberships { nodes { key name } }
      identityJudgements { nodes { name nameB } } } } } }"""


def filled_in(given: Given, variant: int) -> dict[str, object]:
    return {
        name: value.replace(HIDDEN, word(variant)) if isinstance(value, str) else value
        for name, value in given.items()
    }


def told(result: object, given: object, variant: int) -> str:
    """What an answer says, without what its sender said."""
    text = str(result)
    if HIDDEN in str(given):
        text = text.replace(word(variant), HIDDEN)
    return re.sub(r"\b[0-9a-f]{32}\b", "ID", text)


async def conversation(keeper: Keeper, variant: int) -> list[str]:
    """What an officer is told to every command, one after the other."""
    await fill_twin(keeper, variant)
    heard: list[str] = []
    for name, given in SENT:
        for dry_run in (True, False):
            result = await keeper.send(name, filled_in(given, variant), dry_run=dry_run)
            heard.append(f"{name} {given}: {told(result, given, variant)}")
    return heard


async def test_results_and_problems_say_nothing_of_what_is_hidden(keeper: Keeper) -> None:
    first, second = [await conversation(keeper, variant) for variant in LETTERS]

    assert first == second
    assert [each for each in first if MARK in each] == []
    # and they were about something: some were carried out, some refused
    assert sum("problems=()" in each for each in first) > 8
    assert sum("NOT_FOUND" in each for each in first) > 20


async def test_what_is_hidden_with_something_else_is_not_there(keeper: Keeper) -> None:
    await fill_twin(keeper, 1)
    by_hidden = [(name, given) for name, given in SENT if HIDDEN in str(given)]
    codes = {
        f"{name} {given}": [each.code.name for each in (await _sent(keeper, name, given)).problems]
        for name, given in by_hidden
    }

    assert {key: found for key, found in codes.items() if found != ["NOT_FOUND"]} == {}
    administrators = [await _sent(keeper, name, given, ADMIN) for name, given in by_hidden]
    assert sum(not each.problems for each in administrators) >= 5


async def _sent(keeper: Keeper, name: str, given: Given, viewer: Viewer = OFFICER) -> CommandResult:
    return await keeper.send(name, filled_in(given, 1), viewer, dry_run=True)


async def payloads(keeper: Keeper, variant: int) -> list[str]:
    """What an officer's mutations answer, one after the other."""
    await fill_twin(keeper, variant)
    runtime = runtime_of(ontology, keeper.store, Declared(commands=commands))
    context = {RUNTIME: runtime, VIEWER: OFFICER, ROLE: OFFICER.role}
    heard = []
    for name, given in SENT:
        await runtime.versions.committed()
        kind = f"{name[0].upper()}{name[1:]}Input"
        values = {_camel(key): value for key, value in filled_in(given, variant).items()}
        result = await runtime.schema.strawberry.execute(
            PAYLOAD % (kind, name),
            variable_values={"input": {**values, "sources": ["SRC"]}},
            context_value=dict(context),
        )
        assert isinstance(result, ExecutionResult)
        assert not result.errors, (name, result.errors)
        heard.append(f"{name} {given}: {told(result.data, given, variant)}")
    return heard


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(each.capitalize() for each in rest)


async def test_payloads_say_nothing_of_what_is_hidden(keeper: Keeper) -> None:
    first, second = [await payloads(keeper, variant) for variant in LETTERS]

    assert first == second
    assert [each for each in first if MARK in each] == []
    assert sum("'ok': True" in each for each in first) > 8


HISTORY = """{ changes(first: 100, orderBy: [{ number: ASC }]) { totalCount nodes { name actor reason
  sources { key } entities { edges { before after relations node { key name } } } } }
  identityJudgements { totalCount nodes { key name nameA nameB reason } }
  applications { totalCount nodes { name } } activities { totalCount nodes { key name } }
  valueClaims { totalCount nodes { key name value } } networkBodies { totalCount nodes { key } }
  organizations { nodes { key aliases changes { totalCount nodes { name } } } } }"""


@pytest.mark.parametrize("role", ["PUBLIC", "RESEARCHER", "CSU"])
async def test_the_history_says_nothing_of_what_is_hidden(keeper: Keeper, role: str) -> None:
    heard = []
    for variant in LETTERS:
        await fill_twin(keeper, variant)
        runtime = runtime_of(ontology, keeper.store, Declared(commands=commands))
        await runtime.versions.committed()
        answers = []
        for viewed in (role, "ADMIN"):
            result = await runtime.schema.strawberry.execute(
                HISTORY, context_value={RUNTIME: runtime, ROLE: viewed}
            )
            assert isinstance(result, ExecutionResult)
            assert not result.errors, result.errors
            answers.append(str(result.data))
        heard.append(answers)

    (first, whole), (second, _) = heard
    assert first == second
    assert MARK not in first
    assert whole.count(MARK) > 20


async def test_what_stands_in_the_way_is_not_told_when_it_is_hidden(keeper: Keeper) -> None:
    await fill_twin(keeper, 1)
    # Given an organization that administrators relate to an event which only they see.
    made = await keeper.done("createOrganization", {"key": "ORG-9", "name": "Nine", "kind": "NGO"})
    attended = {"organization": "ORG-9", "event": f"{word(1)}-EVENT", "status": "APPROVED"}
    hidden = await keeper.done("recordParticipation", attended, ADMIN)

    # When an officer takes its creation back, then it is refused without a word of the other change.
    refused = await keeper.send("undoChange", {"number": made}, sources=())
    assert [each.code.name for each in refused.problems] == ["DEPENDED_ON"]
    assert refused.problems[0].changes == ()
    assert str(hidden) not in refused.problems[0].message
    [told_admin] = (await keeper.send("undoChange", {"number": made}, ADMIN, sources=())).problems
    assert told_admin.changes == (hidden,)
    assert [each.code.name for each in (await keeper.send("undoChange", {"number": hidden})).problems] == [
        "NOT_FOUND"
    ]

    # And what the officer decided on is not stale, as it is to administrators.
    correction = {"organization": "ORG-9", "acronym": "N"}
    assert await keeper.refused("correctOrganization", correction, ADMIN, expected_version=made) == "STALE"
    await keeper.done("correctOrganization", correction, expected_version=made)


async def test_a_merge_shows_nothing_to_more_roles(keeper: Keeper) -> None:
    await fill_twin(keeper, 1)
    await keeper.done("restrictEntity", {"entity": "Organization:ORG-3", "role": "CSU"})
    merged = {"organization": "ORG-2", "other": "ORG-3", "verdict": "SAME", "why": "A", "merge": True}

    assert await keeper.refused("judgeIdentity", merged) == "NOT_ALLOWED A_MERGE_OPENS_NOTHING"
    await keeper.done("restrictEntity", {"entity": "Organization:ORG-2", "role": "CSU"})
    await keeper.done("judgeIdentity", merged)


async def test_a_judgement_is_restricted_with_what_it_names_and_opened_apart(keeper: Keeper) -> None:
    judged = {"organization": "ORG-1", "other": "ORG-2", "verdict": "UNSURE", "why": "Names."}
    number = await keeper.done("judgeIdentity", judged)
    entity = f"IdentityJudgement:JUDGEMENT-{number}"
    levels = "MATCH (j:IdentityJudgement) RETURN coalesce(j.restricted_level, 0)"

    await keeper.done("restrictEntity", {"entity": "Organization:ORG-2", "role": "CSU"})
    assert await keeper.read(levels) == [[2]]
    await keeper.done("unrestrictEntity", {"entity": "Organization:ORG-2"})
    assert await keeper.read(levels) == [[2]], "the other one may be restricted still"
    await keeper.done("unrestrictEntity", {"entity": entity})
    assert await keeper.read(levels) == [[0]]


async def test_restricting_hides_what_happened_to_what_is_hidden_with_it(keeper: Keeper) -> None:
    work = {"network": "NET-A", "name": "Train", "kind": "ENGAGEMENT", "year": 2024, "key": "ACT-1"}
    await keeper.done("planActivity", work)
    number = await keeper.done("completeActivity", {"activity": "ACT-1", "completed": "2024-05"})
    level = f"MATCH (c:Change {{number: {number}}}) RETURN coalesce(c.restricted_level, 0)"
    assert await keeper.read(level) == [[0]]

    await keeper.done("restrictEntity", {"entity": "Network:NET-A", "role": "CSU"})
    assert await keeper.read(level) == [[2]]
