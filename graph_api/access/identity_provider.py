"""The keys that an issuer signs its tokens with: fetched when needed, kept, fetched again when they change.

An issuer changes its keys whenever it likes (OpenID Connect Core 1.0, section 10.1.1): a token that
names an unknown key makes us look again. Anybody can send such tokens, so we look at most once in
``RETRY_SECONDS``, and however many requests wait, one fetch runs.
"""

from __future__ import annotations

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from typing import Final, cast
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from graph_api.errors import IdentityProviderUnreachableError, InvalidSettingError

RETRY_SECONDS: Final = 10.0
KEEP_SECONDS: Final = 600.0
"""After so long the keys are fetched again, so that one which the issuer withdrew is not taken for ever."""
STALE_SECONDS: Final = 3600.0
"""So long the last keys serve while the issuer does not answer."""
_FETCH_SECONDS: Final = 5.0
_MAX_BYTES: Final = 1_000_000
_MAX_KEYS: Final = 100
_DISCOVERY: Final = "/.well-known/openid-configuration"
_LEAST_RSA_BITS: Final = 2048
_RSA: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
_CURVES: Final = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512", "Ed25519": "EdDSA"}
ALGORITHMS: Final = frozenset((*_RSA, *_CURVES.values()))
"""The algorithms of RFC 7518 and RFC 8037 with two keys. With one key, whoever checks could sign too."""

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class _SigningKey:
    id: str | None
    algorithm: str
    key: jwt.PyJWK


class SigningKeys:
    """The public keys of one issuer. Made inside the event loop that uses it.

    Without the address of the keys it is asked of the issuer (OpenID Connect Discovery 1.0, section 4).
    ``fetches`` counts how often they were fetched.
    """

    def __init__(self, issuer: str, keys_url: str = "", *, clock: Clock = time.monotonic) -> None:
        self._issuer = issuer
        self._keys_url = keys_url
        self._clock = clock
        self._keys: tuple[_SigningKey, ...] | None = None
        self._fetched = 0.0
        self._tried: float | None = None
        self._failure: IdentityProviderUnreachableError | None = None
        self._fetching: asyncio.Task[None] | None = None
        self.fetches = 0

    async def find(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        """The key with this id for this algorithm; without an id, the only key there is for it.

        Raises ``IdentityProviderUnreachableError`` when that cannot be known now.
        """
        age = self._clock() - self._fetched
        if self._keys is None or age > KEEP_SECONDS:
            await self._fetch()
            if self._keys is None or self._clock() - self._fetched > STALE_SECONDS:
                raise self._unknown()
        found = self._known(key_id, algorithm)
        if found is None:
            await self._fetch()
            found = self._known(key_id, algorithm)
            if found is None and self._failure is not None:
                raise self._unknown()
        return found

    def _known(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        fitting = [each for each in self._keys or () if each.algorithm == algorithm]
        if key_id is not None:
            fitting = [each for each in fitting if each.id == key_id]
        return fitting[0].key if len(fitting) == 1 else None

    def _unknown(self) -> IdentityProviderUnreachableError:
        """A new error each time: one that is raised twice would hold the traces of both."""
        failure = self._failure
        return IdentityProviderUnreachableError(
            failure.message if failure else f"The issuer {self._issuer} has not been asked yet.",
            remedy="Try again in a moment.",
            issuer=self._issuer,
        )

    async def _fetch(self) -> None:
        """Wait for the fetch that runs, or begin one unless the last one is too recent."""
        if self._fetching is None:
            now = self._clock()
            if self._tried is not None and now - self._tried < RETRY_SECONDS:
                return
            self._tried = now
            self._fetching = asyncio.create_task(self._load(), name="keys of the issuer")
        # A request that is given up must not take the fetch from the others.
        await asyncio.shield(self._fetching)

    async def _load(self) -> None:
        self.fetches += 1
        try:
            keys = await asyncio.to_thread(_fetched_keys, self._issuer, self._keys_url)
        except IdentityProviderUnreachableError as error:
            self._failure = error
        else:
            self._keys, self._fetched, self._failure = keys, self._clock(), None
        finally:
            self._fetching = None


def checked_url(url: str, setting: str) -> str:
    """The address, if keys may come from there: from nobody between us and the issuer.

    Raises ``InvalidSettingError`` for anything but https, and http on this machine.
    """
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https" or (parts.scheme == "http" and _is_local(parts.hostname))
        if secure and parts.hostname and parts.port != 0:
            return url
    except ValueError:
        pass
    raise InvalidSettingError(
        f"The setting {setting} is no address that keys may come from: {url[:200]!r}.",
        remedy="Write https://issuer.example/path.",
        setting=setting,
    )


def _is_local(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def _fetched_keys(issuer: str, keys_url: str) -> tuple[_SigningKey, ...]:
    if not keys_url:
        found = _fetched_json(issuer.rstrip("/") + _DISCOVERY)
        # Section 4.3: otherwise one issuer could speak for another.
        if found.get("issuer") != issuer:
            raise _unusable(issuer, "it says that it is another issuer")
        try:
            keys_url = checked_url(str(found.get("jwks_uri")), "oidc_jwks")
        except InvalidSettingError as error:
            raise _unusable(issuer, "it names no address of its keys") from error
    listed = _fetched_json(keys_url).get("keys")
    if not isinstance(listed, list):
        raise _unusable(keys_url, "it is no set of keys (RFC 7517, section 5)")
    return tuple(_signing_keys(listed[:_MAX_KEYS]))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect as it is: an answer of the issuer's own address is what we trust."""

    def redirect_request(self, *_arguments: object) -> None:
        """Follow none."""


_OPENER: Final = urllib.request.build_opener(_NoRedirect)


def _fetched_json(url: str) -> Mapping[str, object]:
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    try:
        with _OPENER.open(request, timeout=_FETCH_SECONDS) as response:
            body = response.read(_MAX_BYTES + 1)
        if len(body) > _MAX_BYTES:
            raise _unusable(url, f"its answer is larger than {_MAX_BYTES} bytes")
        found = json.loads(body)
    except urllib.error.HTTPError as problem:
        with problem:
            raise _unusable(url, f"it answers {problem.code}") from problem
    except (OSError, HTTPException, ValueError, RecursionError) as problem:
        raise _unusable(url, str(problem) or type(problem).__name__) from problem
    if not isinstance(found, dict):
        raise _unusable(url, "its answer is no JSON object")
    return cast("Mapping[str, object]", found)


def _signing_keys(listed: list[object]) -> Iterator[_SigningKey]:
    """The keys of a set that can be used; RFC 7517, section 5, says to ignore the others."""
    for each in listed:
        if not isinstance(each, dict) or each.get("use", "sig") != "sig":
            continue
        operations, named = each.get("key_ops", ["verify"]), each.get("kid")
        if not isinstance(operations, list) or "verify" not in operations:
            continue
        for algorithm in _algorithms(each):
            try:
                key = jwt.PyJWK(each, algorithm)
            except (jwt.PyJWTError, ValueError, TypeError, KeyError):
                continue
            if _is_strong(key):
                yield _SigningKey(named if isinstance(named, str) else None, algorithm, key)


def _algorithms(key: Mapping[str, object]) -> tuple[str, ...]:
    """What a key may be used with: what it says itself, if its type and its curve allow it."""
    by_type = _RSA if key.get("kty") == "RSA" else ()
    curve = _CURVES.get(str(key.get("crv"))) if key.get("kty") in ("EC", "OKP") else None
    possible = (curve,) if curve else by_type
    said = key.get("alg")
    return possible if said is None else tuple(each for each in possible if each == said)


def _is_strong(key: jwt.PyJWK) -> bool:
    """RFC 7518, section 3.3: RSA keys have at least 2,048 bits."""
    return not isinstance(key.key, RSAPublicKey) or key.key.key_size >= _LEAST_RSA_BITS


def _unusable(url: str, reason: str) -> IdentityProviderUnreachableError:
    return IdentityProviderUnreachableError(f"The keys of the issuer cannot be had from {url}: {reason}.")
