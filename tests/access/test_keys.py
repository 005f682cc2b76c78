"""API keys in the graph, on both engines."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date, timedelta

import pytest

from graph_api.access.keys import (
    DEFINITIONS,
    LABEL,
    create_key,
    find_key,
    first_key,
    list_keys,
    read_key,
    revoke_key,
    today,
)
from graph_api.changes.version import DEFINITIONS as VERSION_DEFINITIONS
from graph_api.changes.version import raise_version, read_version, version_of
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.errors import DatabaseConflictError, InvalidArgumentError
from tests.access.conftest import KeyStore
from tests.architecture.cypher_rules import broken_rules, literals
from tests.engine_fixtures import Recorder
from tests.toy.ontology import TOY
from tests.visibility.domain import ARCHIVE


async def access(store: BoltStore) -> int:
    """The access number of the graph; none where nothing was counted."""
    version = version_of(await store.read(read_version()))
    return version.access if version else 0


async def test_a_key_is_found_by_its_id_and_proved_by_its_secret(key_store: KeyStore) -> None:
    # given a key
    text = await create_key(key_store, ARCHIVE, "STAFF", "Zoë's notebook", date(2999, 1, 31))
    assert re.fullmatch(r"key_[a-z0-9]{8}_[A-Za-z0-9_-]{43}", text)

    # when somebody shows it
    shown = read_key(text)
    assert shown is not None
    key = await find_key(key_store, shown.id)

    # then it is what was made, and only its own secret proves it
    assert key is not None
    assert (key.id, key.role, key.name) == (shown.id, "STAFF", "Zoë's notebook")
    assert (key.expires, key.revoked) == (date(2999, 1, 31), None)
    assert key.proved_by(shown.secret)
    assert not key.proved_by(shown.secret[:-1] + ("a" if shown.secret[-1] != "a" else "b"))
    assert shown.secret not in repr(shown) + repr(key)


async def test_the_secret_is_stored_nowhere(key_store: KeyStore) -> None:
    text = await create_key(key_store, ARCHIVE, "CHIEF", "somebody")
    shown = read_key(text)
    assert shown is not None

    rows = await key_store.read(Statement("MATCH (n) RETURN properties(n)"))

    stored = json.dumps(rows, default=str)
    assert shown.secret not in stored
    assert hashlib.sha256(shown.secret.encode()).hexdigest() in stored


async def test_keys_differ(key_store: KeyStore) -> None:
    texts = {await create_key(key_store, ARCHIVE, "STAFF", "same name") for _ in range(5)}

    assert len(texts) == 5


async def test_making_and_revoking_raise_the_access_number_and_nothing_else(key_store: KeyStore) -> None:
    await key_store.write([raise_version()])
    before = version_of(await key_store.read(read_version()))
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    made = await access(key_store)
    await revoke_key(key_store, text[4:12])
    after = version_of(await key_store.read(read_version()))

    assert before is not None
    assert after is not None
    assert (before.access, made, after.access) == (0, 1, 2)
    assert (before.number, before.graph) == (after.number, after.graph)


async def test_the_list_has_all_keys_the_oldest_first(key_store: KeyStore) -> None:
    names = ["b", "a", "c"]
    texts = [await create_key(key_store, ARCHIVE, "STAFF", name) for name in names]
    await revoke_key(key_store, texts[1][4:12])

    listed = await list_keys(key_store)

    assert [key.created for key in listed] == sorted(key.created for key in listed)
    assert {key.id: key.name for key in listed} == dict(
        zip([text[4:12] for text in texts], names, strict=True)
    )
    assert [key.name for key in listed if key.revoked] == ["a"]


async def test_a_key_that_was_revoked_before_keeps_the_time(key_store: KeyStore) -> None:
    identifier = (await create_key(key_store, ARCHIVE, "STAFF", "somebody"))[4:12]
    await revoke_key(key_store, identifier)
    first = await find_key(key_store, identifier)

    await revoke_key(key_store, identifier)

    assert first is not None
    assert first.revoked is not None
    assert await find_key(key_store, identifier) == first


async def test_what_is_no_key_cannot_be_revoked_and_changes_nothing(key_store: KeyStore) -> None:
    with pytest.raises(InvalidArgumentError, match="no key with the id 'nosuchid'"):
        await revoke_key(key_store, "nosuchid")

    assert await key_store.read(Statement("MATCH (n) RETURN n.key")) == []


@pytest.mark.parametrize(
    ("role", "name", "expires", "words"),
    [
        ("KING", "somebody", None, "no role 'KING'"),
        ("", "somebody", None, "no role ''"),
        ("STAFF", "", None, "printable"),
        ("STAFF", "  ", None, "printable"),
        ("STAFF", "two\nlines", None, "printable"),
        ("STAFF", "x" * 201, None, "printable"),
        ("STAFF", "somebody", today() - timedelta(days=1), "of no use"),
    ],
)
async def test_a_key_that_would_make_no_sense_is_refused(
    key_store: KeyStore, role: str, name: str, expires: date | None, words: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=words):
        await create_key(key_store, ARCHIVE, role, name, expires)

    assert await list_keys(key_store) == ()


async def test_no_two_keys_have_one_id(key_store: KeyStore) -> None:
    await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    [key] = await list_keys(key_store)

    with pytest.raises(DatabaseConflictError):
        await key_store.write([Statement(f"CREATE (k:{LABEL} {{key: $key}})", {"key": key.id})])


ID, SECRET = "abcdefgh", "a" * 43
NO_KEYS = (
    "",
    "key_",
    "key_short_x",
    f"key_{ID.upper()}_{SECRET}",
    f"key_{ID}_{SECRET[1:]}",
    f"KEY_{ID}_{SECRET}",
    f"key_{ID}_{SECRET}\n",
    f"key_{ID}_{SECRET[1:]}ä",
)


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_has_not_the_form_of_a_key_is_none(text: str) -> None:
    assert read_key(text) is None
    assert read_key(f"key_{ID}_{SECRET}") is not None


# ── The first key ─────────────────────────────────────────────────────────────────────────────


async def test_the_first_key_administers(key_store: KeyStore) -> None:
    text = await first_key(key_store, ARCHIVE)

    assert text is not None
    [key] = await list_keys(key_store)
    assert (key.role, key.id) == ("CHIEF", text[4:12])


async def test_there_is_one_first_key(key_store: KeyStore) -> None:
    await first_key(key_store, ARCHIVE)

    assert await first_key(key_store, ARCHIVE) is None
    assert len(await list_keys(key_store)) == 1


async def test_a_counted_version_alone_is_no_content(key_store: KeyStore) -> None:
    await key_store.write([raise_version()])

    assert await first_key(key_store, ARCHIVE) is not None


@pytest.mark.parametrize("label", ["LoadedFile", "Report", LABEL])
async def test_a_graph_that_was_used_gives_no_first_key(key_store: KeyStore, label: str) -> None:
    await key_store.write([Statement(f"CREATE (n:{label} {{key: $key}})", {"key": "k"})])

    assert await first_key(key_store, ARCHIVE) is None


async def test_without_roles_there_is_no_first_key(key_store: KeyStore) -> None:
    assert await first_key(key_store, TOY) is None
    assert await list_keys(key_store) == ()


# ── The texts ─────────────────────────────────────────────────────────────────────────────────


async def test_no_text_holds_a_value(key_store: KeyStore, recorder: Recorder) -> None:
    recorder.statements.clear()
    text = await first_key(key_store, ARCHIVE)
    assert text is not None
    await revoke_key(key_store, text[4:12])
    await list_keys(key_store)

    texts = {statement.text for statement in recorder.statements}
    assert len(texts) > 4
    assert [reason for each in texts for reason in (*broken_rules(each), *literals(each))] == []


async def test_the_definitions_are_applied_once(empty_store: BoltStore) -> None:
    definitions = (*DEFINITIONS, *VERSION_DEFINITIONS)
    await apply_definitions(empty_store, definitions)

    assert await apply_definitions(empty_store, definitions) == 0
