"""Global ids: kind and key, opaque to clients (Relay Global Object Identification)."""

from __future__ import annotations

import base64
import binascii

from graph_api.errors import InvalidIdError


def encode_id(kind: str, key: str) -> str:
    """The global id of a node."""
    return base64.urlsafe_b64encode(f"{kind}:{key}".encode()).decode().rstrip("=")


def decode_id(text: str, argument: str) -> tuple[str, str]:
    """Kind and key of a global id; raises ``InvalidIdError`` naming the argument."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
        kind, separator, key = plain.partition(":")
    except (binascii.Error, ValueError) as problem:
        raise _refused(text, argument) from problem
    if not (separator and kind and key):
        raise _refused(text, argument)
    return kind, key


def _refused(text: str, argument: str) -> InvalidIdError:
    return InvalidIdError(
        f"'{text[:80]}' in the argument '{argument}' is not a global id.",
        remedy="Use an id that this server gave.",
        argument=argument,
        value=text[:80],
    )
