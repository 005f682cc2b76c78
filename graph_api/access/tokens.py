"""Tokens of an issuer: JSON Web Tokens (RFC 7519) that it signed, with the role of the viewer in a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import jwt

from graph_api.access.identity_provider import ALGORITHMS, SigningKeys, checked_url
from graph_api.access.viewer import Viewer, anonymous, identified
from graph_api.errors import InvalidSettingError, UnauthenticatedError
from graph_api.ontology import Ontology
from graph_api.settings import Settings

LEEWAY_SECONDS: Final = 30
"""How far the clocks of the issuer and of this server may be apart."""
MAX_TOKEN: Final = 16_384
_MAX_NAME: Final = 200
_REQUIRED: Final = ["iss", "sub", "aud", "exp", "iat"]
"""What a token must say (RFC 9068, section 2.2)."""
_REASONS: Final[tuple[tuple[type[jwt.PyJWTError], str], ...]] = (
    (jwt.ExpiredSignatureError, "It has expired."),
    (jwt.ImmatureSignatureError, "It is not valid yet."),
    (jwt.InvalidAudienceError, "It was made for another service."),
    (jwt.InvalidIssuerError, "It was made by another issuer."),
    (jwt.MissingRequiredClaimError, f"It does not say all of {', '.join(_REQUIRED)}."),
    (jwt.InvalidSignatureError, "The issuer did not sign it."),
)
# What PyJWT lets through from parsers of texts that nobody signed yet.
_PARSING: Final = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class TokenReader:
    """Makes viewers of tokens."""

    ontology: Ontology
    issuer: str
    audience: str
    role_claim: str
    roles: Mapping[str, str]
    keys: SigningKeys

    async def viewer(self, token: str) -> Viewer:
        """Who sent the token.

        Raises ``UnauthenticatedError`` saying what is wrong with it, and
        ``IdentityProviderUnreachableError`` when it cannot be checked now.
        """
        key_id, algorithm = _header(token)
        key = await self.keys.find(key_id, algorithm)
        if key is None:
            raise refused("The issuer has no such key.")
        claims = self._claims(token, key, algorithm)
        return self._viewer(claims)

    def _claims(self, token: str, key: jwt.PyJWK, algorithm: str) -> Mapping[str, object]:
        try:
            claims: Mapping[str, object] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self.audience,
                issuer=self.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": _REQUIRED},
            )
        except _PARSING as problem:
            reason = next((text for kind, text in _REASONS if isinstance(problem, kind)), "")
            raise refused(reason or "It cannot be read.") from problem
        return claims

    def _viewer(self, claims: Mapping[str, object]) -> Viewer:
        named = (self.roles.get(text, text) for text in _texts(claims, self.role_claim))
        ranks = [self.ontology.roles.index(role) for role in named if role in self.ontology.roles]
        name = str(claims["sub"])[:_MAX_NAME]
        role = self.ontology.roles[max(ranks)] if ranks else anonymous(self.ontology).role
        return identified(self.ontology, role, name)


def token_reader(settings: Settings, ontology: Ontology) -> TokenReader:
    """The reader that the settings describe; raises ``InvalidSettingError``."""
    for name in ("oidc_issuer", "oidc_audience", "oidc_role_claim"):
        if not getattr(settings, name):
            raise InvalidSettingError(
                f"Without the setting {name} no token can be checked.",
                remedy="Set the issuer of the tokens, and the audience that they are made for.",
                setting=name,
            )
    for named, role in settings.oidc_roles.items():
        if role not in ontology.roles:
            raise InvalidSettingError(
                f"The setting oidc_roles makes {named!r} the role {role!r}, which does not exist.",
                remedy=f"There are: {', '.join(ontology.roles)}.",
                setting="oidc_roles",
            )
    issuer = checked_url(settings.oidc_issuer, "oidc_issuer")
    keys_url = checked_url(settings.oidc_jwks, "oidc_jwks") if settings.oidc_jwks else ""
    return TokenReader(
        ontology,
        issuer,
        settings.oidc_audience,
        settings.oidc_role_claim,
        settings.oidc_roles,
        SigningKeys(issuer, keys_url),
    )


def refused(reason: str) -> UnauthenticatedError:
    """The error of a token that proves nothing."""
    return UnauthenticatedError(
        f"The token is refused. {reason}", remedy="Get a new one from the issuer and send it as Bearer."
    )


def _header(token: str) -> tuple[str | None, str]:
    """The id of the key and the algorithm that a token names; nothing of it is proved yet."""
    if len(token) > MAX_TOKEN:
        raise refused(f"It is longer than {MAX_TOKEN} characters.")
    try:
        header = jwt.get_unverified_header(token)
    except _PARSING as problem:
        raise refused("It cannot be read.") from problem
    key_id, algorithm = header.get("kid"), header.get("alg")
    if algorithm not in ALGORITHMS:
        raise refused(f"It must be signed with one of {', '.join(sorted(ALGORITHMS))}.")
    # RFC 7515, section 4.1.11: what it calls critical we would have to understand, and we know of nothing.
    if "crit" in header or not isinstance(key_id, str | None):
        raise refused("It cannot be read.")
    return key_id, str(algorithm)


def _texts(claims: Mapping[str, object], path: str) -> Iterator[str]:
    """The texts at a path of claims. The name of a claim can have dots itself, as an address does."""
    found: object = claims
    for name in [path] if path in claims else path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    yield from (each for each in (found if isinstance(found, list) else [found]) if isinstance(each, str))
