"""Where a database is and how it is spoken to; every limit of the driver is explicit here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from graph_api.errors import InvalidSettingError

SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_PORT: Final = 7687
_FORM: Final = "Write neo4j://user:password@host:7687, or with /database at the end."


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """One database and the limits of every connection to it. Printing it never shows the password.

    Without a ``user`` no login is sent. Without a ``database`` the server uses the user's own.
    """

    uri: str
    user: str | None = None
    password: str = field(default="", repr=False)
    database: str | None = None
    max_pool_size: int = 50
    acquisition_seconds: float = 10.0
    connection_seconds: float = 5.0
    max_lifetime_seconds: float = 3600.0
    # Below the few minutes after which load balancers drop idle connections without a word.
    liveness_seconds: float = 60.0
    statement_seconds: float = 30.0
    transaction_seconds: float = 300.0
    # One round trip for every answer this service reads; less costs a trip per batch.
    fetch_size: int = 1000

    @property
    def routed(self) -> bool:
        """Whether the address may stand for a cluster, whose followers need bookmarks."""
        return self.uri.startswith("neo4j")


def parse_database_url(url: str) -> ConnectionSettings:
    """Read ``scheme://user:password@host:port/database``, percent-encoded where needed.

    Raises InvalidSettingError; its text never holds the password, nor the address as given.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise _refused("has a host that cannot be read") from None
    _check_form(parts)
    user, password = _credentials(parts)
    host, port = str(parts.hostname), _port(parts)
    shown = f"[{host}]" if ":" in host else host
    return ConnectionSettings(
        uri=f"{parts.scheme}://{shown}:{port}",
        user=user,
        password=password,
        database=unquote(parts.path.strip("/")) or None,
    )


def _check_form(parts: SplitResult) -> None:
    if parts.scheme not in SCHEMES:
        raise _refused(f"must begin with one of {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
    if "@" in parts.path + parts.query + parts.fragment:
        raise _refused("has a password with a /, ? or # in it; these are written %2F, %3F and %23")
    if not parts.hostname:
        raise _refused("names no host")
    if parts.query or parts.fragment or "/" in parts.path.strip("/"):
        raise _refused("has something after the name of the database")


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or DEFAULT_PORT
    except ValueError:
        raise _refused("has a port that is no number up to 65535") from None


def _credentials(parts: SplitResult) -> tuple[str | None, str]:
    if parts.username is None and parts.password is None:
        return None, ""
    if not parts.username:
        raise _refused("has a password but no user name")
    if parts.password is None:
        raise _refused("has a user name but no password")
    return unquote(parts.username), unquote(parts.password)


def _refused(reason: str) -> InvalidSettingError:
    return InvalidSettingError(f"The database address {reason}.", remedy=_FORM, setting="database")
