"""Tokens of a real issuer on loopback: what is wrong with one is said, and only its sender is refused."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping

import jwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_api.access.identity_provider import ALGORITHMS, SigningKeys
from graph_api.access.tokens import LEEWAY_SECONDS, TokenReader, token_reader
from graph_api.access.viewer import Viewer
from graph_api.errors import ErrorCode, InvalidSettingError, UnauthenticatedError
from graph_api.settings import Auth, settings_from
from tests.access.issuer import AUDIENCE, Issuer, Signer, ec_signer, ed_signer, rsa_signer
from tests.visibility.domain import ARCHIVE

RSA = rsa_signer("rsa-1")
EC = ec_signer("ec-1")
ED = ed_signer("ed-1")
SIGNERS = (RSA, EC, ED)
LACKING = "It does not say all of iss, sub, aud, exp, iat."


def reader(issuer: Issuer, claim: str = "roles", roles: Mapping[str, str] | None = None) -> TokenReader:
    keys = SigningKeys(issuer.address, issuer.keys_address)
    return TokenReader(ARCHIVE, issuer.address, AUDIENCE, claim, roles or {}, keys)


@pytest.fixture
def offered(issuer: Issuer) -> Issuer:
    issuer.offer(*SIGNERS)
    return issuer


async def refusal(issuer: Issuer, token: str) -> str:
    with pytest.raises(UnauthenticatedError) as caught:
        await reader(issuer).viewer(token)
    assert caught.value.code == ErrorCode.UNAUTHENTICATED
    assert caught.value.remedy
    assert "eyJ" not in caught.value.one_line(), "the token itself is not repeated"
    return caught.value.message.removeprefix("The token is refused. ")


# ── Good tokens ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("signer", SIGNERS, ids=lambda signer: signer.algorithm)
async def test_a_token_of_each_kind_of_key_names_its_viewer(offered: Issuer, signer: Signer) -> None:
    viewer = await reader(offered).viewer(signer.sign(offered.claims(roles=["STAFF"])))

    assert viewer == Viewer("STAFF", "user-7", writes=True, authenticated=True)


async def test_an_audience_may_be_one_of_several(offered: Issuer) -> None:
    viewer = await reader(offered).viewer(RSA.sign(offered.claims(aud=["other", AUDIENCE])))

    assert viewer == Viewer("PUBLIC", "user-7", authenticated=True)


async def test_clocks_may_differ_a_little(offered: Issuer) -> None:
    now = int(time.time())
    ahead = now + LEEWAY_SECONDS // 2
    late = offered.claims(exp=now - LEEWAY_SECONDS // 2)
    early = offered.claims(iat=ahead, nbf=ahead)

    for claims in (late, early):
        assert (await reader(offered).viewer(RSA.sign(claims))).name == "user-7"


@pytest.mark.parametrize(
    ("claim", "claims", "roles", "expected"),
    [
        ("roles", {"roles": "CHIEF"}, {}, "CHIEF"),
        ("roles", {"roles": ["STAFF", "CHIEF", "PUBLIC"]}, {}, "CHIEF"),
        ("roles", {"roles": ["unheard-of"]}, {}, "PUBLIC"),
        ("roles", {"roles": []}, {}, "PUBLIC"),
        ("roles", {}, {}, "PUBLIC"),
        ("roles", {"roles": 7}, {}, "PUBLIC"),
        ("roles", {"roles": {"CHIEF": True}}, {}, "PUBLIC"),
        ("roles", {"roles": [["CHIEF"], None, "STAFF"]}, {}, "STAFF"),
        ("roles", {"roles": "chief"}, {}, "PUBLIC"),
        ("roles", {"roles": ["archive-staff"]}, {"archive-staff": "STAFF"}, "STAFF"),
        ("roles", {"roles": ["CHIEF"]}, {"CHIEF": "STAFF"}, "STAFF"),
        ("realm_access.roles", {"realm_access": {"roles": ["STAFF"]}}, {}, "STAFF"),
        ("realm_access.roles", {"realm_access": ["STAFF"]}, {}, "PUBLIC"),
        ("https://a.example/roles", {"https://a.example/roles": ["STAFF"]}, {}, "STAFF"),
    ],
)
async def test_the_highest_role_that_the_claim_names(
    offered: Issuer, claim: str, claims: dict[str, object], roles: dict[str, str], expected: str
) -> None:
    viewer = await reader(offered, claim, roles).viewer(RSA.sign(offered.claims(**claims)))

    assert viewer.role == expected
    assert (viewer.administers, viewer.writes) == (expected == "CHIEF", expected != "PUBLIC")


# ── Bad tokens ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"aud": "another"}, "It was made for another service."),
        ({"aud": ["another", "third"]}, "It was made for another service."),
        ({"aud": []}, LACKING),
        ({"iss": "https://issuer.example"}, "It was made by another issuer."),
        ({"exp": int(time.time()) - 3600}, "It has expired."),
        ({"nbf": int(time.time()) + 3600}, "It is not valid yet."),
        ({"iat": int(time.time()) + 3600}, "It is not valid yet."),
        ({"exp": "soon"}, "It cannot be read."),
        *(({name: None}, LACKING) for name in ("iss", "sub", "aud", "exp", "iat")),
        ({"sub": 7}, "It cannot be read."),
    ],
)  # fmt: skip
async def test_a_token_that_says_something_wrong(
    offered: Issuer, changed: dict[str, object], reason: str
) -> None:
    assert await refusal(offered, RSA.sign(offered.claims(**changed))) == reason


async def test_another_key_under_a_known_name(offered: Issuer) -> None:
    assert await refusal(offered, rsa_signer("rsa-1").sign(offered.claims())) == "The issuer did not sign it."


async def test_a_changed_claim(offered: Issuer) -> None:
    head, _, signature = RSA.sign(offered.claims()).split(".")
    forged = encoded(offered.claims(roles=["CHIEF"]))

    assert await refusal(offered, f"{head}.{forged}.{signature}") == "The issuer did not sign it."


async def test_a_token_without_a_signature(offered: Issuer) -> None:
    for algorithm in ("none", "None", "nOnE"):
        head = encoded({"alg": algorithm, "typ": "JWT", "kid": RSA.id})
        token = f"{head}.{encoded(offered.claims(roles=['CHIEF']))}."
        assert "must be signed with one of" in await refusal(offered, token)


async def test_the_public_key_taken_for_a_shared_secret(offered: Issuer) -> None:
    # The classic confusion: everybody has the public key, and with HS256 whoever checks can also sign.
    public = json.dumps(RSA.public, separators=(",", ":")).encode()
    signed = (
        f"{encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': RSA.id})}.{encoded(offered.claims(roles=['CHIEF']))}"
    )
    signature = base64.urlsafe_b64encode(hmac.digest(public, signed.encode(), hashlib.sha256)).rstrip(b"=")

    assert "must be signed with one of" in await refusal(offered, f"{signed}.{signature.decode()}")


async def test_a_key_serves_only_its_own_algorithm(offered: Issuer) -> None:
    other = Signer(RSA.id, "RS512", RSA.private)

    assert await refusal(offered, other.sign(offered.claims())) == "The issuer has no such key."


async def test_what_a_token_calls_critical_has_to_be_understood(offered: Issuer) -> None:
    token = RSA.sign(offered.claims(), crit=["exp"], exp=1)

    assert await refusal(offered, token) == "It cannot be read."


async def test_a_key_in_the_token_itself_is_not_taken(offered: Issuer) -> None:
    own = rsa_signer("mine")

    token = own.sign(offered.claims(roles=["CHIEF"]), jwk=own.public, jku="http://127.0.0.1:1/keys")

    assert await refusal(offered, token) == "The issuer has no such key."


async def test_a_token_that_is_too_long(offered: Issuer) -> None:
    assert "longer than" in await refusal(offered, RSA.sign(offered.claims(padding="x" * 20_000)))


def test_no_algorithm_has_a_shared_secret() -> None:
    assert not {name for name in ALGORITHMS if name.startswith("HS") or name == "none"}
    assert (
        {signer.algorithm for signer in SIGNERS}
        <= ALGORITHMS
        <= jwt.algorithms.get_default_algorithms().keys()
    )


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(st.text(max_size=60), st.text(alphabet="eyJ.{}[]\"':,0aAlgRS256kid-_=", max_size=80))
def test_no_text_is_anything_but_refused(text: str, likely: str) -> None:
    keys = SigningKeys("http://127.0.0.1:1", "http://127.0.0.1:1/keys")
    of_nobody = TokenReader(ARCHIVE, "http://127.0.0.1:1", AUDIENCE, "roles", {}, keys)
    head = base64.urlsafe_b64encode(likely.encode()).decode().rstrip("=")
    for token in (text, likely, f"{head}.{head}.{head}", f"{head}.."):
        with pytest.raises(UnauthenticatedError):
            asyncio.run(of_nobody.viewer(token))


async def test_a_header_nested_without_end(offered: Issuer) -> None:
    head = base64.urlsafe_b64encode(b"[" * 9000).decode().rstrip("=")

    assert await refusal(offered, f"{head}.e30.e30") == "It cannot be read."


# ── Settings ──────────────────────────────────────────────────────────────────────────────────

GOOD = settings_from(
    {
        "auth": Auth.OIDC,
        "oidc_issuer": "https://issuer.example",
        "oidc_audience": AUDIENCE,
        "oidc_roles": {"boss": "CHIEF"},
    }
)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"oidc_issuer": ""}, "oidc_issuer"),
        ({"oidc_audience": ""}, "oidc_audience"),
        ({"oidc_role_claim": ""}, "oidc_role_claim"),
        ({"oidc_issuer": "http://issuer.example"}, "oidc_issuer is no address"),
        ({"oidc_issuer": "issuer"}, "oidc_issuer is no address"),
        ({"oidc_issuer": "https://[broken"}, "oidc_issuer is no address"),
        ({"oidc_jwks": "file:///etc/passwd"}, "oidc_jwks is no address"),
        ({"oidc_jwks": "http://127.0.0.1.example/keys"}, "oidc_jwks is no address"),
        ({"oidc_roles": {"boss": "KING"}}, "'KING', which does not exist"),
    ],
)
def test_settings_with_which_no_token_could_be_trusted(changed: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidSettingError, match=words):
        token_reader(GOOD.model_copy(update=changed), ARCHIVE)


@pytest.mark.parametrize(
    "issuer", ["https://issuer.example/realms/a", "http://localhost:8080", "http://[::1]:1/"]
)
def test_settings_that_will_do(issuer: str) -> None:
    made = token_reader(GOOD.model_copy(update={"oidc_issuer": issuer}), ARCHIVE)

    assert (made.issuer, made.audience, dict(made.roles)) == (issuer, AUDIENCE, {"boss": "CHIEF"})


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
