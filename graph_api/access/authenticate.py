"""From the header ``Authorization`` to the viewer, in each of the modes in which a server can run."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol, TypeVar

from graph_api.access.keys import PREFIX, find_key, read_key, today
from graph_api.access.tokens import TokenReader, token_reader
from graph_api.access.viewer import Viewer, anonymous, identified
from graph_api.engine.protocol import Store
from graph_api.errors import InvalidSettingError, UnauthenticatedError
from graph_api.ontology import Ontology
from graph_api.settings import Auth, Settings

MAX_CACHED: Final = 10_000
"""So many keys that were found good, and as many that were not, are remembered."""
_SCHEME: Final = "bearer"

Kept = TypeVar("Kept")


class Authenticator(Protocol):
    """Tells who asks."""

    async def viewer(self, authorization: str | None) -> Viewer:
        """The viewer whom the value of the header ``Authorization`` names; nobody sends one without a name.

        Raises ``UnauthenticatedError`` for credentials that prove nothing, or that are missing where
        they have to be; ``IdentityProviderUnreachableError`` and the errors of ``DatabaseError`` when
        that cannot be told now.
        """
        ...

    def access_changed(self, number: int) -> None:
        """Forget what was found out before the graph's access number became this one."""
        ...


def authenticator_of(settings: Settings, ontology: Ontology, store: Store) -> Authenticator:
    """The authenticator of a server with these settings; raises ``InvalidSettingError``."""
    if settings.auth is Auth.OPEN:
        return OpenAuthenticator(ontology)
    if not ontology.roles:
        raise InvalidSettingError(
            f"The ontology has no roles that the mode {settings.auth} could give.", setting="auth"
        )
    if settings.auth is Auth.KEYS:
        return KeyAuthenticator(ontology, store, takes_anybody=settings.anonymous)
    reader = token_reader(settings, ontology)
    return TokenAuthenticator(ontology, reader, takes_anybody=settings.anonymous)


class OpenAuthenticator:
    """Anybody reads what the public may see. Nobody is more, and nothing is written."""

    def __init__(self, ontology: Ontology) -> None:
        self._anybody = anonymous(ontology)

    async def viewer(self, authorization: str | None) -> Viewer:
        """The public. A key or a token is refused: whoever sends one expects to be more."""
        if credential_of(authorization) is not None:
            raise UnauthenticatedError(
                "This server runs in open mode: it takes no keys and no tokens.",
                remedy="Ask without one, or have the server started with the setting auth=keys or auth=oidc.",
            )
        return self._anybody

    def access_changed(self, number: int) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True)
class TokenAuthenticator:
    """Viewers prove themselves by tokens of an issuer."""

    ontology: Ontology
    reader: TokenReader
    takes_anybody: bool

    async def viewer(self, authorization: str | None) -> Viewer:
        """The viewer of the token."""
        credential = credential_of(authorization)
        if credential is None:
            return _nobody(self.ontology, takes_anybody=self.takes_anybody)
        return await self.reader.viewer(credential)

    def access_changed(self, number: int) -> None:
        """Nothing is kept: a token says itself how long it holds."""


@dataclass(frozen=True, slots=True)
class _Proved:
    viewer: Viewer
    expires: date | None


@dataclass(slots=True)
class KeyAuthenticator:
    """Viewers prove themselves by keys of this graph.

    What was found out about a key is remembered until the access number changes; good keys and bad
    ones apart, so that nobody who sends bad ones can push out the good ones.
    """

    ontology: Ontology
    store: Store
    takes_anybody: bool
    today: Callable[[], date] = today
    _number: int | None = None
    _round: int = 0
    _good: OrderedDict[bytes, _Proved] = field(default_factory=OrderedDict)
    _bad: OrderedDict[bytes, str] = field(default_factory=OrderedDict)

    async def viewer(self, authorization: str | None) -> Viewer:
        """The viewer of the key."""
        credential = credential_of(authorization)
        if credential is None:
            return _nobody(self.ontology, takes_anybody=self.takes_anybody)
        # Kept as a digest: the memory of a server is no place for what opens it.
        known = hashlib.sha256(credential.encode(errors="surrogatepass")).digest()
        proved = await self._proved(known, credential)
        if proved.expires is not None and proved.expires < self.today():
            raise _refused(f"It worked until {proved.expires}.")
        return proved.viewer

    def access_changed(self, number: int) -> None:
        """Forget all keys, if the number is a new one."""
        if number != self._number:
            self._number = number
            self._round += 1
            self._good.clear()
            self._bad.clear()

    async def _proved(self, known: bytes, credential: str) -> _Proved:
        if known in self._bad:
            self._bad.move_to_end(known)
            raise _refused(self._bad[known])
        if known in self._good:
            self._good.move_to_end(known)
            return self._good[known]
        begun = self._round
        found = await self._look_up(credential)
        # After a change in the meantime it may be out of date, so it serves this request alone.
        lasting = begun == self._round
        if isinstance(found, str):
            if lasting:
                _remember(self._bad, known, found)
            raise _refused(found)
        if lasting:
            _remember(self._good, known, found)
        return found

    async def _look_up(self, credential: str) -> _Proved | str:
        """What the credential proves, or why it proves nothing."""
        presented = read_key(credential)
        if presented is None:
            return "It has not the form of a key of this server."
        key = await find_key(self.store, presented.id)
        if key is None or not key.proved_by(presented.secret):
            return "It is no key of this server."
        if key.revoked is not None:
            return "It was revoked."
        if key.role not in self.ontology.roles:
            return f"Its role {key.role} does not exist any more."
        return _Proved(identified(self.ontology, key.role, key.name), key.expires)


def credential_of(authorization: str | None) -> str | None:
    """The key or token in the value of the header ``Authorization`` (RFC 6750, section 2.1).

    A key may also stand alone. Nothing for no header and for other schemes, such as the Basic of a proxy.
    """
    if not authorization:
        return None
    words = authorization.split(None, 1)
    if words and words[0].lower() == _SCHEME:
        return words[1].strip() if len(words) > 1 else ""
    return words[0] if len(words) == 1 and words[0].startswith(PREFIX) else None


def _nobody(ontology: Ontology, *, takes_anybody: bool) -> Viewer:
    if takes_anybody:
        return anonymous(ontology)
    raise UnauthenticatedError(
        "This server answers only those who say who they are.",
        remedy="Send the header Authorization: Bearer, followed by a key or a token.",
    )


def _refused(reason: str) -> UnauthenticatedError:
    return UnauthenticatedError(
        f"The key is refused. {reason}", remedy="Ask whoever runs the server for a new one."
    )


def _remember(cache: OrderedDict[bytes, Kept], known: bytes, found: Kept) -> None:
    cache[known] = found
    while len(cache) > MAX_CACHED:
        cache.popitem(last=False)
