"""Who asks, by the header that they send, in each mode; keys on both engines."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from graph_api.access import authenticate
from graph_api.access.authenticate import Authenticator, KeyAuthenticator, authenticator_of, credential_of
from graph_api.access.keys import create_key, revoke_key
from graph_api.access.viewer import Viewer, identified
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.protocol import Row
from graph_api.errors import IdentityProviderUnreachableError, InvalidSettingError, UnauthenticatedError
from graph_api.settings import Auth, settings_from
from schema import ontology
from tests.access.conftest import KeyStore
from tests.access.issuer import AUDIENCE, Issuer, rsa_signer
from tests.engine_fixtures import Recorder
from tests.toy.ontology import TOY
from tests.visibility.domain import ARCHIVE

PUBLIC = Viewer("PUBLIC")
SHAPE_OF_A_KEY = "key_abcdefgh_" + "a" * 43
BASIC = "Basic dXNlcjpwYXNzd29yZA=="


def bearer(credential: str) -> str:
    return f"Bearer {credential}"


async def refused(found: Authenticator, authorization: str | None) -> str:
    with pytest.raises(UnauthenticatedError) as caught:
        await found.viewer(authorization)
    return caught.value.message


# ── The header ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "credential"),
    [
        (None, None),
        ("", None),
        ("   ", None),
        (BASIC, None),
        ("Negotiate", None),
        ("Bearer x", "x"),
        ("bEaReR   x  ", "x"),
        ("Bearer\tx", "x"),
        ("Bearer", ""),
        ("Bearer a b", "a b"),
        (SHAPE_OF_A_KEY, SHAPE_OF_A_KEY),
        ("key_broken", "key_broken"),
        (f"Basic {SHAPE_OF_A_KEY}", None),
    ],
)
def test_the_credential_in_a_header(value: str | None, credential: str | None) -> None:
    assert credential_of(value) == credential


def test_the_two_highest_roles_write_and_the_highest_administers() -> None:
    made = {role: identified(ontology, role, "n") for role in ontology.roles}

    assert [role for role, viewer in made.items() if viewer.writes] == ["CSU", "ADMIN"]
    assert [role for role, viewer in made.items() if viewer.administers] == ["ADMIN"]


# ── Open ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def open_mode(embedded_store: BoltStore) -> Authenticator:
    return authenticator_of(settings_from({"auth": Auth.OPEN}), ARCHIVE, embedded_store)


@pytest.mark.parametrize("value", [None, "", BASIC])
async def test_in_open_mode_everybody_is_the_public(open_mode: Authenticator, value: str | None) -> None:
    assert await open_mode.viewer(value) == PUBLIC
    assert not PUBLIC.writes


@pytest.mark.parametrize("value", [SHAPE_OF_A_KEY, bearer(SHAPE_OF_A_KEY), bearer("eyJ"), "Bearer"])
async def test_in_open_mode_a_credential_is_not_ignored(open_mode: Authenticator, value: str) -> None:
    assert "open mode" in await refused(open_mode, value)


async def test_an_ontology_without_roles_is_open_only(embedded_store: BoltStore) -> None:
    assert await authenticator_of(settings_from({}), TOY, embedded_store).viewer(None) == Viewer("")
    with pytest.raises(InvalidSettingError):
        authenticator_of(settings_from({"auth": Auth.KEYS}), TOY, embedded_store)


# ── Keys ──────────────────────────────────────────────────────────────────────────────────────


def keys_mode(store: BoltStore, *, anonymous: bool = True) -> Authenticator:
    return authenticator_of(settings_from({"auth": Auth.KEYS, "anonymous": anonymous}), ARCHIVE, store)


async def test_a_key_makes_its_viewer(key_store: KeyStore) -> None:
    found = keys_mode(key_store)
    staff = await create_key(key_store, ARCHIVE, "STAFF", "a notebook")
    public = await create_key(key_store, ARCHIVE, "PUBLIC", "a counter")

    assert await found.viewer(bearer(staff)) == Viewer("STAFF", "a notebook", writes=True, authenticated=True)
    assert await found.viewer(staff) == await found.viewer(bearer(staff))
    assert await found.viewer(bearer(public)) == Viewer("PUBLIC", "a counter", authenticated=True)


async def test_without_a_key(key_store: KeyStore) -> None:
    for value in (None, BASIC):
        assert await keys_mode(key_store).viewer(value) == PUBLIC
        assert "say who they are" in await refused(keys_mode(key_store, anonymous=False), value)


async def test_what_is_no_key(key_store: KeyStore) -> None:
    found = keys_mode(key_store)
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    wrong = text[:-1] + ("a" if text[-1] != "a" else "b")

    # Whether an id exists, nobody learns from the answer.
    assert await refused(found, bearer(wrong)) == await refused(found, bearer(SHAPE_OF_A_KEY))
    for value in ("Bearer", bearer("x"), bearer(text.upper()), bearer(f"{text} {text}"), "Bearer \udcff"):
        assert "form of a key" in await refused(found, value)


async def test_a_revoked_key_is_refused_from_the_next_change_on(key_store: KeyStore) -> None:
    found = keys_mode(key_store)
    found.access_changed(1)
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    await found.viewer(text)

    await revoke_key(key_store, text[4:12])
    found.access_changed(1)
    assert (await found.viewer(text)).role == "STAFF", "nothing was said to have changed"
    found.access_changed(2)

    assert "It was revoked." in await refused(found, text)


async def test_a_key_works_to_the_end_of_its_last_day(key_store: KeyStore) -> None:
    last = datetime.now(UTC).date() + timedelta(days=3)
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody", last)
    day = last

    def today() -> date:
        return day

    found = KeyAuthenticator(ARCHIVE, key_store, takes_anybody=True, today=today)
    assert (await found.viewer(text)).role == "STAFF"
    day = last + timedelta(days=1)

    # though it is remembered
    assert f"It worked until {last}." in await refused(found, text)


async def test_a_key_of_a_role_that_is_gone(key_store: KeyStore) -> None:
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")

    found = authenticator_of(settings_from({"auth": Auth.KEYS}), ontology, key_store)

    assert "Its role STAFF does not exist any more." in await refused(found, text)


async def test_a_key_is_looked_up_once_good_or_bad(key_store: KeyStore, recorder: Recorder) -> None:
    found = keys_mode(key_store)
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    recorder.statements.clear()

    for _ in range(3):
        await found.viewer(text)
        await refused(found, SHAPE_OF_A_KEY)
        await refused(found, bearer("not even a key"))
    assert len(recorder.statements) == 2

    found.access_changed(1)
    await found.viewer(text)
    await refused(found, SHAPE_OF_A_KEY)
    assert len(recorder.statements) == 4


async def test_a_key_that_was_unknown_is_known_after_the_change(key_store: KeyStore) -> None:
    found = keys_mode(key_store)
    found.access_changed(7)
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    await key_store.write([Statement("MATCH (k:ApiKey) SET k.kept = k.digest SET k.digest = $x", {"x": "x"})])
    await refused(found, text)
    await key_store.write([Statement("MATCH (k:ApiKey) SET k.digest = k.kept")])

    found.access_changed(8)

    assert (await found.viewer(text)).role == "STAFF"


class _SlowStore:
    """The store, whose answers arrive when they are let through."""

    def __init__(self, store: BoltStore) -> None:
        self._store = store
        self.asked = asyncio.Event()
        self.let_through = asyncio.Event()

    async def read(self, statement: Statement) -> list[Row]:
        rows = await self._store.read(statement)
        self.asked.set()
        await self.let_through.wait()
        return rows


async def test_what_was_looked_up_before_a_change_is_not_kept_after_it(key_store: KeyStore) -> None:
    # given a look-up that has read the key, and whose answer is still on its way
    slow = _SlowStore(key_store)
    found = KeyAuthenticator(ARCHIVE, slow, takes_anybody=True)  # type: ignore[arg-type]  # it asks for no more
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    begun = asyncio.create_task(found.viewer(text))
    await slow.asked.wait()

    # when the key is revoked and the server learns of it
    await revoke_key(key_store, text[4:12])
    found.access_changed(2)
    slow.let_through.set()
    await begun

    # then the next request is refused
    assert "It was revoked." in await refused(found, text)


async def test_bad_keys_fill_no_memory_and_push_out_no_good_one(
    key_store: KeyStore, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authenticate, "MAX_CACHED", 5)
    found = KeyAuthenticator(ARCHIVE, key_store, takes_anybody=True)
    text = await create_key(key_store, ARCHIVE, "STAFF", "somebody")
    await found.viewer(text)

    for number in range(20):
        await refused(found, bearer(f"bad {number}"))
    recorder.statements.clear()
    await found.viewer(text)

    assert recorder.statements == []
    assert len(found._bad) == 5
    assert text not in repr(found)


# ── Tokens ────────────────────────────────────────────────────────────────────────────────────


def tokens_mode(issuer: Issuer, store: BoltStore, *, anonymous: bool = True) -> Authenticator:
    given = {
        "auth": Auth.OIDC,
        "anonymous": anonymous,
        "oidc_issuer": issuer.address,
        "oidc_audience": AUDIENCE,
        "oidc_role_claim": "groups",
        "oidc_roles": {"bosses": "CHIEF"},
    }
    return authenticator_of(settings_from(given), ARCHIVE, store)


async def test_a_token_makes_its_viewer(issuer: Issuer, embedded_store: BoltStore) -> None:
    signer = rsa_signer("one")
    issuer.offer(signer)
    found = tokens_mode(issuer, embedded_store)

    viewer = await found.viewer(bearer(signer.sign(issuer.claims(groups=["bosses"]))))
    found.access_changed(1)

    assert viewer == Viewer("CHIEF", "user-7", administers=True, writes=True, authenticated=True)


async def test_without_a_token(issuer: Issuer, embedded_store: BoltStore) -> None:
    assert await tokens_mode(issuer, embedded_store).viewer(BASIC) == PUBLIC
    assert "say who they are" in await refused(tokens_mode(issuer, embedded_store, anonymous=False), None)
    assert issuer.asked == []


async def test_what_is_no_token(issuer: Issuer, embedded_store: BoltStore) -> None:
    for value in (bearer("x"), SHAPE_OF_A_KEY, "Bearer", "Bearer \udcff", bearer("é.é.é")):
        assert "cannot be read" in await refused(tokens_mode(issuer, embedded_store), value)


async def test_an_issuer_that_is_away_is_not_the_client_s_fault(
    issuer: Issuer, embedded_store: BoltStore
) -> None:
    token = rsa_signer("one").sign(issuer.claims())

    with pytest.raises(IdentityProviderUnreachableError):
        await tokens_mode(issuer, embedded_store).viewer(bearer(token))
