"""API keys: stored in the graph itself, so that they go where the graph goes.

A key is ``key_<id>_<secret>``. The id finds it, the secret proves it. Only a SHA-256 of the secret is
stored. That is enough because the secret is 256 random bits: nobody can try them all, however fast the
hash is. The slow hashes made for passwords (OWASP Password Storage Cheat Sheet) protect what people
can remember, and here they would only slow down every request.

A key is a node which is no kind of the ontology, so that no question reaches it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import string
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final, cast

from graph_api.changes.version import LABEL as VERSION_LABEL
from graph_api.changes.version import raise_access
from graph_api.cypher.statement import Statement
from graph_api.engine.definitions import Definition, UniqueKey
from graph_api.engine.protocol import Row, Store
from graph_api.errors import InvalidArgumentError
from graph_api.ontology import Ontology
from graph_api.values import Value

LABEL: Final = "ApiKey"
"""The label of the nodes that hold keys."""
DEFINITIONS: Final[tuple[Definition, ...]] = (UniqueKey(LABEL, "key"),)
PREFIX: Final = "key_"
"""What every key begins with: it lets people and scanners of leaked secrets tell what they see."""
MAX_NAME: Final = 200
_ID_ALPHABET: Final = string.ascii_lowercase + string.digits
_ID_SIZE: Final = 8
_SECRET_BYTES: Final = 32
_FORM: Final = re.compile(rf"{PREFIX}([a-z0-9]{{{_ID_SIZE}}})_([A-Za-z0-9_-]{{43}})")
_FIRST_NAME: Final = "first administrator"
_COLUMNS: Final = "k.key, k.role, k.name, k.created, k.expires, k.revoked, k.digest"
_CREATE: Final = f"CREATE (k:{LABEL} {{key: $key}}) SET k += $properties RETURN k.key"
_FIND: Final = f"MATCH (k:{LABEL} {{key: $key}}) RETURN {_COLUMNS}"
_LIST: Final = Statement(f"MATCH (k:{LABEL}) WITH k ORDER BY k.created, k.key RETURN {_COLUMNS}")
_REVOKE: Final = f"MATCH (k:{LABEL} {{key: $key}}) SET k.revoked = coalesce(k.revoked, $now) RETURN k.key"
_USED: Final = f"MATCH (n) WHERE NOT n:{VERSION_LABEL} WITH n LIMIT $limit RETURN count(n)"


@dataclass(frozen=True, slots=True)
class PresentedKey:
    """A key as somebody shows it. Printing it never shows the secret."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A stored key. ``created`` and ``revoked`` are ISO 8601 times in UTC.

    It works up to the end of the day ``expires`` in UTC, or for ever without one, unless ``revoked``.
    """

    id: str
    role: str
    name: str
    created: str
    expires: date | None
    revoked: str | None
    digest: str = field(repr=False)

    def proved_by(self, secret: str) -> bool:
        """Whether the secret is the key's, compared in a time that does not tell how much of it is right."""
        return hmac.compare_digest(self.digest, digest_of(secret))

    def expired_on(self, day: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < day


def read_key(text: str) -> PresentedKey | None:
    """The parts of a key, or nothing when the text has not its form."""
    found = _FORM.fullmatch(text)
    return PresentedKey(found.group(1), found.group(2)) if found else None


def digest_of(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def today() -> date:
    """The day by which keys expire: in UTC, the same for every server."""
    return datetime.now(UTC).date()


async def create_key(
    store: Store, ontology: Ontology, role: str, name: str, expires: date | None = None
) -> str:
    """Make a key for a role and give its text, which nobody can read again later.

    Raises ``InvalidArgumentError`` for a role that the ontology does not have, a name that cannot
    stand in a log and a day that is over, and the errors of ``DatabaseError``.
    """
    check_key(ontology, role, name, expires)
    identifier = "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_SIZE))
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    properties: dict[str, Value] = {
        "role": role,
        "name": name,
        "created": _now(),
        "digest": digest_of(secret),
    }
    if expires is not None:
        properties["expires"] = expires.isoformat()
    created = Statement(_CREATE, {"key": identifier, "properties": properties})
    await store.write([created, raise_access()])
    return f"{PREFIX}{identifier}_{secret}"


async def find_key(store: Store, identifier: str) -> ApiKey | None:
    """The key with this id, revoked and expired ones too; raises the errors of ``DatabaseError``."""
    rows = await store.read(Statement(_FIND, {"key": identifier}))
    return _key(rows[0]) if rows else None


async def list_keys(store: Store) -> tuple[ApiKey, ...]:
    """All keys, the oldest first; raises the errors of ``DatabaseError``."""
    return tuple(map(_key, await store.read(_LIST)))


async def revoke_key(store: Store, identifier: str) -> None:
    """Let a key be of no use from now on; one that was revoked before keeps the time.

    Raises ``InvalidArgumentError`` when there is no such key, and the errors of ``DatabaseError``.
    """
    # Keys are never deleted, so one that is found here is there when it is written.
    if await find_key(store, identifier) is None:
        raise InvalidArgumentError(
            f"There is no key with the id {identifier[:80]!r}.",
            remedy="The list of keys shows their ids: the eight letters and digits after key_.",
            argument="id",
            value=identifier[:80],
        )
    await store.write([Statement(_REVOKE, {"key": identifier, "now": _now()}), raise_access()])


async def first_key(store: Store, ontology: Ontology) -> str | None:
    """A key for the highest role of a database in which nothing was ever stored, keys included.

    Nothing for any other database, or when the ontology has no roles: whoever can open the database can
    make a key. Ask before the first load. Raises the errors of ``DatabaseError``.
    """
    rows = await store.read(Statement(_USED, {"limit": 1}))
    if not ontology.roles or cast(int, rows[0][0]):
        return None
    return await create_key(store, ontology, ontology.roles[-1], _FIRST_NAME)


def check_key(ontology: Ontology, role: str, name: str, expires: date | None) -> None:
    """Raise ``InvalidArgumentError`` when ``create_key`` would not make such a key."""
    if role not in ontology.roles:
        raise InvalidArgumentError(
            f"There is no role {role[:80]!r}.",
            remedy=f"There are: {', '.join(ontology.roles) or 'none'}.",
            argument="role",
            value=role[:80],
        )
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise InvalidArgumentError(
            f"The name of a key has 1 to {MAX_NAME} printable characters.",
            remedy="Name who or what uses it, so that it can be revoked when they leave.",
            argument="name",
            value=name[:80],
        )
    if expires is not None and expires < today():
        raise InvalidArgumentError(
            f"A key that works until {expires} would be of no use: the day is over.",
            argument="expires",
            value=expires.isoformat(),
        )


def _key(row: Row) -> ApiKey:
    identifier, role, name, created, expires, revoked, digest = row
    return ApiKey(
        str(identifier),
        str(role),
        str(name),
        str(created),
        date.fromisoformat(str(expires)) if expires is not None else None,
        str(revoked) if revoked is not None else None,
        str(digest),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
