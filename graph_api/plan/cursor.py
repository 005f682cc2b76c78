"""Cursors: the values of a row's order keys, bound to the list and the order that they were made for.

A cursor is the URL-safe Base64 of ``[signature, value, ...]`` as JSON; days are texts in it. The
signature is a digest of the list and its order, so that a cursor from another order is told apart
before anything runs.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Sequence
from hashlib import blake2b

from graph_api.errors import InvalidCursorError
from graph_api.plan.order import operand_text
from graph_api.plan.tree import OrderKey
from graph_api.values import Value

_LARGEST = 2**63 - 1
_DAMAGED = (binascii.Error, ValueError, TypeError, RecursionError)


def signature_of(list_name: str, order: Sequence[OrderKey]) -> str:
    """A short digest of a list and its order."""
    keys = (f"{operand_text(key.operand)} {'desc' if key.descending else 'asc'}" for key in order)
    return blake2b("|".join((list_name, *keys)).encode(), digest_size=6).hexdigest()


def encode_cursor(signature: str, values: Sequence[object]) -> str:
    """The cursor of a row with these values of its order keys."""
    text = json.dumps([signature, *values], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: object, signature: str, size: int, argument: str) -> list[Value]:
    """The values that a cursor holds.

    Raises ``InvalidCursorError`` naming the argument when the cursor is damaged or was made for
    another list or order.
    """
    text = str(cursor)
    try:
        made_for, *values = _decode(text)
        unpacked = [_checked(value) for value in values]
    except _DAMAGED as problem:
        raise damaged(text, argument) from problem
    if made_for != signature or len(unpacked) != size:
        raise InvalidCursorError(
            f"The cursor in the argument '{argument}' was made for another list or another order.",
            remedy="Ask for the first page again in this order.",
            argument=argument,
            value=text[:80],
        )
    return unpacked


def damaged(text: str, argument: str) -> InvalidCursorError:
    """The error of a cursor, or a value in one, that this server never gave."""
    return InvalidCursorError(
        f"'{text[:80]}' in the argument '{argument}' is not a cursor of this server.",
        argument=argument,
        value=text[:80],
    )


def null_pattern(cursor: object) -> tuple[bool, ...]:
    """Which values of a cursor are null: after a null, other rows follow than after a value."""
    try:
        return tuple(value is None for value in _decode(str(cursor))[1:])
    except _DAMAGED:
        return ()


def _decode(text: str) -> list[object]:
    return list(json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)))


def _checked(value: object) -> Value:
    # JSON knows larger numbers than the database, and Python reads infinity and NaN from it too.
    fits = (
        math.isfinite(value)
        if isinstance(value, float)
        else isinstance(value, int) and abs(value) <= _LARGEST
    )
    if value is None or isinstance(value, str) or (fits and isinstance(value, int | float)):
        return value
    raise ValueError("a value of no known type")
