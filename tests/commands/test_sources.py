"""Sources that facts then rest on."""

from __future__ import annotations

from tests.commands.conftest import Keeper

LETTER = {"name": "Letter of the Unit, May 2024", "kind": "DOCUMENT", "accessed": "2024-05"}


async def test_a_source_is_added_without_another_and_used(keeper: Keeper) -> None:
    await keeper.done("addSource", LETTER, sources=())
    await keeper.done("addSource", LETTER, sources=())
    key = "SOURCE-LETTER-OF-THE-UNIT-MAY-2024"
    await keeper.done("admitMember", {"organization": "ORG-1", "network": "NET-A"}, sources=(key,))

    assert await keeper.read("MATCH ()-[r:MEMBER_OF]->() RETURN r.sources") == [[[key]]]
    assert await keeper.read(f"MATCH (s:Source {{key: '{key}-2'}}) RETURN s.name, s.accessed") == [
        [LETTER["name"], "2024-05"]
    ]


async def test_a_source_in_letters_of_another_script_has_a_key(keeper: Keeper) -> None:
    result = await keeper.send("addSource", {"name": "通知", "kind": "PAGE"}, sources=())

    assert result.problems == ()
    assert result.subject is not None
    assert result.subject.key.startswith("SOURCE-")


async def test_what_is_no_source(keeper: Keeper) -> None:
    assert await keeper.refused("addSource", {**LETTER, "kind": "OWN_KNOWLEDGE"}) == (
        "NOT_ALLOWED OWN_KNOWLEDGE_IS_SAID"
    )
    assert await keeper.refused("addSource", {**LETTER, "url": "javascript:alert(1)"}) == "INVALID_VALUE"
    assert (
        await keeper.refused("addSource", {**LETTER, "accessed": "2999"})
        == "INVALID_VALUE DONE_WHEN_RECORDED"
    )
    assert await keeper.refused("addSource", {**LETTER, "key": "SRC"}) == "ALREADY_THERE"
