"""What an answer to a bad request must not be: a failure of the server, or a defect hidden in an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from graph_api.errors import ErrorCode

FAULTS_OF_CLIENTS = frozenset(
    {
        ErrorCode.GRAPHQL_PARSE_FAILED,
        ErrorCode.GRAPHQL_VALIDATION_FAILED,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.INVALID_ARGUMENT,
        ErrorCode.INVALID_DATE,
        ErrorCode.INVALID_CURSOR,
        ErrorCode.INVALID_ID,
        ErrorCode.INVALID_PAGE,
        ErrorCode.FORBIDDEN,
        ErrorCode.UNKNOWN_KEY,
        ErrorCode.AMBIGUOUS_KEY,
        ErrorCode.LIMIT_EXCEEDED,
        ErrorCode.OPERATION_NOT_ALLOWED,
        ErrorCode.MALFORMED_REQUEST,
        ErrorCode.METHOD_NOT_ALLOWED,
        ErrorCode.NOT_ACCEPTABLE,
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        ErrorCode.UNKNOWN_DOCUMENT,
    }
)
"""The codes that a bad request may get. No other one: the server under attack has room for all of them."""
_PYTHON = re.compile(r'Traceback|File \\?"[^"]*", line \d|<class |<function |<[a-z_.]+ object|0x[0-9a-f]{8}')
_FAILURE = re.compile(r"^\S+ (error|critical) .*|.*Traceback.*|.*Exception in .*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer of HTTP."""

    status: int
    media_type: str
    body: bytes

    @property
    def codes(self) -> list[str]:
        """The codes of the errors in it."""
        return [str(each.get("extensions", {}).get("code", "")) for each in _errors(self._payloads())]

    @property
    def faults(self) -> list[str]:
        """What is wrong with it."""
        found = [] if self.status < 500 else [f"the status is {self.status}"]
        found += text_faults(self.body.decode(errors="replace"))
        if self.media_type.partition(";")[0] in (
            "application/json",
            "application/graphql-response+json",
            "text/event-stream",
        ):
            try:
                found += payload_faults(self._payloads())
            except ValueError as problem:
                found.append(f"the body cannot be read: {problem}")
        return found

    def _payloads(self) -> list[object]:
        text = self.body.decode()
        if self.media_type.startswith("text/event-stream"):
            lines = [line.removeprefix("data:") for line in text.splitlines() if line.startswith("data:")]
            return [json.loads(line) for line in lines if line.strip()]
        found = json.loads(text) if text else []
        return found if isinstance(found, list) else [found]


def text_faults(text: str) -> list[str]:
    """What of the server's insides a text shows."""
    return [f"it shows {each[0]!r}" for each in _PYTHON.finditer(text)]


def payload_faults(payloads: list[object]) -> list[str]:
    """What is wrong with the errors of GraphQL responses: a code that is missing, or no client's fault."""
    return [
        f"the code of an error is {code or 'missing'}: {error.get('message')}"
        for error in _errors(payloads)
        if (code := str(error.get("extensions", {}).get("code", ""))) not in FAULTS_OF_CLIENTS
    ]


def log_faults(log: str) -> list[str]:
    """The lines of a log that a bad request must not write."""
    return [match[0] for match in _FAILURE.finditer(log)]


def _errors(payloads: list[object]) -> Iterator[dict[str, dict[str, object]]]:
    for each in payloads:
        found = each.get("errors", []) if isinstance(each, dict) else []
        yield from cast("list[dict[str, dict[str, object]]]", found)
