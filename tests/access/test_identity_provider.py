"""The keys of an issuer: fetched once, kept, fetched again when they change, and never in a herd."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from graph_api.access.identity_provider import KEEP_SECONDS, RETRY_SECONDS, STALE_SECONDS, SigningKeys
from graph_api.errors import ErrorCode, IdentityProviderUnreachableError
from tests.access.issuer import Issuer, Signer, ec_signer, rsa_signer

OLD = rsa_signer("old")
NEW = ec_signer("new")
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is set forward."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def keys_of(issuer: Issuer, clock: Clock) -> SigningKeys:
    return SigningKeys(issuer.address, issuer.keys_address, clock=clock)


async def knows(keys: SigningKeys, signer: Signer) -> bool:
    return await keys.find(signer.id, signer.algorithm) is not None


async def test_keys_are_fetched_once(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD, NEW)
    keys = keys_of(issuer, clock)

    for signer in (OLD, NEW, OLD, NEW):
        assert await knows(keys, signer)

    assert issuer.asked == ["/keys"]


async def test_the_issuer_tells_where_its_keys_are(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD)
    keys = SigningKeys(issuer.address, clock=clock)

    assert await knows(keys, OLD)
    assert issuer.asked == [DISCOVERY, "/keys"]


# ── Rotation ──────────────────────────────────────────────────────────────────────────────────


async def test_an_unknown_key_makes_us_look_again(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD)
    keys = keys_of(issuer, clock)
    assert await knows(keys, OLD)

    issuer.offer(NEW)
    clock.now += RETRY_SECONDS

    assert await knows(keys, NEW)
    assert not await knows(keys, OLD)
    assert keys.fetches == 2


async def test_unknown_keys_make_us_look_once_in_a_while(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD)
    keys = keys_of(issuer, clock)

    for number in range(50):
        assert await keys.find(f"made up {number}", "RS256") is None
    assert keys.fetches == 1

    clock.now += RETRY_SECONDS
    for number in range(50):
        assert await keys.find(f"made up {number}", "RS256") is None
    assert keys.fetches == 2


async def test_many_requests_wait_for_one_fetch(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD)
    keys = keys_of(issuer, clock)
    issuer.gate.clear()

    waiting = [asyncio.create_task(keys.find(OLD.id, OLD.algorithm)) for _ in range(50)]
    while not issuer.asked:
        # The loop is free while the issuer takes its time.
        await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    issuer.gate.set()

    assert None not in await asyncio.gather(*waiting)
    assert issuer.asked == ["/keys"]


async def test_a_request_that_is_given_up_leaves_the_fetch_to_the_others(
    issuer: Issuer, clock: Clock
) -> None:
    issuer.offer(OLD)
    keys = keys_of(issuer, clock)
    issuer.gate.clear()
    first, second = (asyncio.create_task(keys.find(OLD.id, OLD.algorithm)) for _ in range(2))
    while not issuer.asked:
        await asyncio.sleep(0)

    first.cancel()
    issuer.gate.set()

    assert await second is not None
    assert first.cancelled()
    assert keys.fetches == 1


async def test_a_key_that_was_withdrawn_is_forgotten_in_time(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD, NEW)
    keys = keys_of(issuer, clock)
    assert await knows(keys, OLD)

    issuer.offer(NEW)
    clock.now += KEEP_SECONDS
    assert await knows(keys, OLD)
    clock.now += 1

    assert not await knows(keys, OLD)
    assert await knows(keys, NEW)


# ── An issuer that does not answer ────────────────────────────────────────────────────────────


async def test_without_keys_nothing_can_be_told(issuer: Issuer, clock: Clock) -> None:
    issuer.answer("/keys", b"", status=500)
    keys = keys_of(issuer, clock)

    for _ in range(3):
        with pytest.raises(IdentityProviderUnreachableError, match="it answers 500") as caught:
            await keys.find(OLD.id, OLD.algorithm)
        assert caught.value.code == ErrorCode.IDENTITY_PROVIDER_UNREACHABLE
    assert keys.fetches == 1

    # and when it answers again, so do we
    issuer.offer(OLD)
    clock.now += RETRY_SECONDS
    assert await knows(keys, OLD)


async def test_nobody_listens(clock: Clock) -> None:
    keys = SigningKeys("http://127.0.0.1:1", "http://127.0.0.1:1/keys", clock=clock)

    with pytest.raises(IdentityProviderUnreachableError, match="refused"):
        await keys.find(OLD.id, OLD.algorithm)


async def test_known_keys_serve_on_for_a_while(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD)
    keys = keys_of(issuer, clock)
    assert await knows(keys, OLD)
    issuer.answer("/keys", b"", status=503)

    clock.now += KEEP_SECONDS + 1
    assert await knows(keys, OLD)
    # A key that is unknown now may be a new one: that is not its sender's fault.
    with pytest.raises(IdentityProviderUnreachableError):
        await keys.find(NEW.id, NEW.algorithm)
    clock.now += STALE_SECONDS

    with pytest.raises(IdentityProviderUnreachableError):
        await keys.find(OLD.id, OLD.algorithm)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"not json", "Expecting value"),
        (b"\xff\xfe\xff", "codec"),
        (b"[" * 100_000, "recursion"),
        ([], "no JSON object"),
        ({"keys": "none"}, "no set of keys"),
        ({}, "no set of keys"),
        (b" " * 1_000_001, "larger than"),
    ],
)
async def test_an_answer_that_is_none(issuer: Issuer, clock: Clock, body: object, words: str) -> None:
    issuer.answer("/keys", body)

    with pytest.raises(IdentityProviderUnreachableError, match=words):
        await keys_of(issuer, clock).find(OLD.id, OLD.algorithm)


async def test_a_redirect_is_not_followed(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD)
    issuer.answer("/moved", b"", status=302, location=issuer.keys_address)
    keys = SigningKeys(issuer.address, f"{issuer.address}/moved", clock=clock)

    with pytest.raises(IdentityProviderUnreachableError, match="it answers 302"):
        await keys.find(OLD.id, OLD.algorithm)
    assert issuer.asked == ["/moved"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"issuer": "https://other.example", "jwks_uri": "{keys}"}, "another issuer"),
        ({"jwks_uri": "{keys}"}, "another issuer"),
        ({"issuer": "{address}"}, "no address of its keys"),
        ({"issuer": "{address}", "jwks_uri": "http://issuer.example/keys"}, "no address of its keys"),
        ({"issuer": "{address}", "jwks_uri": "file:///etc/passwd"}, "no address of its keys"),
    ],
)
async def test_an_issuer_that_does_not_speak_for_itself(
    issuer: Issuer, clock: Clock, found: dict[str, str], words: str
) -> None:
    issuer.offer(OLD)
    told = {
        name: text.format(keys=issuer.keys_address, address=issuer.address) for name, text in found.items()
    }
    issuer.answer(DISCOVERY, told)

    with pytest.raises(IdentityProviderUnreachableError, match=words):
        await SigningKeys(issuer.address, clock=clock).find(OLD.id, OLD.algorithm)


# ── Which key ─────────────────────────────────────────────────────────────────────────────────


async def test_a_token_that_names_no_key_gets_the_only_one(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD, NEW)

    assert await keys_of(issuer, clock).find(None, OLD.algorithm) is not None


async def test_a_token_that_names_no_key_gets_none_of_several(issuer: Issuer, clock: Clock) -> None:
    issuer.offer(OLD, rsa_signer("another"))

    assert await keys_of(issuer, clock).find(None, "RS256") is None


async def test_a_key_that_does_not_say_for_what_serves_all_that_fits_it(issuer: Issuer, clock: Clock) -> None:
    bare = {name: value for name, value in OLD.public.items() if name not in ("alg", "use")}
    issuer.answer("/keys", {"keys": [bare]})
    keys = keys_of(issuer, clock)

    assert await keys.find(OLD.id, "RS256") is not None
    assert await keys.find(OLD.id, "PS512") is not None
    assert await keys.find(OLD.id, "ES256") is None


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "old"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "old", "alg": "RS256"},
        {"kty": "RSA", "kid": "old"},
        {"kty": "RSA", "kid": "old", "n": "§", "e": "AQAB"},
        {"kty": ["RSA"], "kid": "old"},
        {"kid": "old"},
        "old",
        None,
        OLD.public | {"use": "enc"},
        OLD.public | {"key_ops": ["encrypt"]},
        OLD.public | {"key_ops": 7},
        OLD.public | {"alg": "HS256"},
        OLD.public | {"alg": ["RS256"]},
        OLD.public | {"kid": 7},
        rsa_signer("old", bits=1024).public,
    ],
)
async def test_a_key_that_cannot_be_used_is_passed_over(issuer: Issuer, clock: Clock, key: object) -> None:
    issuer.answer("/keys", {"keys": [key, NEW.public]})
    keys = keys_of(issuer, clock)

    assert await keys.find("old", "RS256") is None
    assert await knows(keys, NEW)
