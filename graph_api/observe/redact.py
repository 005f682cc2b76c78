"""Secrets taken out of whatever is about to be written to the log.

The rule is by form, not by place: a secret that reached a message by mistake is not written either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

REDACTED: Final = "[redacted]"
MAX_TEXT: Final = 20_000
"""Longer texts are cut: none of ours is, and a stranger's may be as long as a request."""

_REACH: Final = 10_000
_SECRET_NAMES: Final = ("authorization", "cookie", "password", "secret", "token", "api_key", "apikey")
# Possessive repetitions: a text made to be slow costs no more than its length times a small number.
_SECRET: Final = re.compile(
    r"""
      (?P<header>\bauthorization\b["']?\s{0,3}[:=]\s{0,3}["']?(?:[a-z]{1,20}\s{1,3})?)[^\s"',;]++
    | (?P<scheme>\b(?:bearer|basic)\s{1,3})[a-z0-9._~+/=-]{6,}+
    | (?P<key>\bkey_)[a-z0-9_-]{8,}+
    | (?P<address>://[^\s:/@"']{0,256}+:)(?:[^\s"'<>@]{0,4096}+@)++
    | (?P<pair>\b(?:access_token|api_?key|client_secret|password|secret|token)
        (?:=|["']\s{0,3}:\s{0,3}["']))[^\s&"']++
    | (?P<token>\beyJ)[a-z0-9_-]{4,4096}+\.[a-z0-9_-]{4,4096}+\.[a-z0-9_-]*+
    """,
    re.IGNORECASE | re.VERBOSE,
)


def redacted(text: str) -> str:
    """The text without authorization headers, API keys (``key_...``), tokens and passwords in addresses."""
    # Somewhat more than is kept: a secret that is cut in half may no longer look like one.
    return _SECRET.sub(_without_secret, text[: MAX_TEXT + _REACH])[:MAX_TEXT]


def redacted_value(name: str, value: object) -> object:
    """A value of a log line without secrets, at any depth; one named like a secret is left out whole."""
    if name.lower().replace("-", "_").endswith(_SECRET_NAMES):
        return REDACTED
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, bytes):
        return redacted(value.decode(errors="replace"))
    if isinstance(value, Mapping):
        return {redacted(str(key)): redacted_value(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted_value(name, each) for each in value]
    return redacted(str(value))


def _without_secret(found: re.Match[str]) -> str:
    """What stood before the secret, which tells what it was."""
    before = next(part for part in found.groups() if part is not None)
    return f"{before}{REDACTED}" + ("@" if found["address"] else "")
