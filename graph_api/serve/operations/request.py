"""From HTTP to GraphQL requests: what a body or a query string asks for, checked for its types.

GraphQL over HTTP, section 5 (https://graphql.github.io/graphql-over-http/draft/#sec-Request), and the
hashes of automatic persisted queries in ``extensions.persistedQuery``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, cast
from urllib.parse import parse_qsl

import orjson

from graph_api.errors import LimitExceededError, MalformedRequestError

_PARAMETERS = 20
"""Parameters of a query string that are read; GraphQL knows five."""
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One operation to run. Of ``text`` and ``document`` (the hash or name of a stored one) one is given."""

    text: str | None
    document: str | None
    operation: str | None
    variables: Mapping[str, object]


def requests_of_body(body: bytes, most: int) -> GraphQLRequest | list[GraphQLRequest]:
    """What a JSON body asks for: one request, or a batch.

    Raises ``MalformedRequestError``, and ``LimitExceededError`` for a batch of more than ``most``.
    """
    try:
        found = cast(object, orjson.loads(body))
    except orjson.JSONDecodeError as problem:
        raise MalformedRequestError(f"The body is no JSON: {problem}.", part="body") from problem
    if not isinstance(found, list):
        return _request(found, "body")
    if not 0 < len(found) <= most:
        raise LimitExceededError(
            f"The batch has {len(found)} operations; 1 to {most} are allowed.",
            limit_name="batch",
            value=len(found),
            limit=most,
        )
    return [_request(each, f"body.{index}") for index, each in enumerate(found)]


def request_of_query(query: bytes) -> GraphQLRequest:
    """What a query string asks for; raises ``MalformedRequestError``."""
    try:
        pairs = parse_qsl(query.decode(), keep_blank_values=True, max_num_fields=_PARAMETERS, errors="strict")
    except ValueError as problem:
        raise MalformedRequestError(
            f"The query string cannot be read: {problem}.", part="query string"
        ) from problem
    given: dict[str, object] = dict(pairs)
    if len(given) < len(pairs):
        raise MalformedRequestError("A parameter stands twice in the query string.", part="query string")
    for name in ("variables", "extensions"):
        if given.get(name) == "":
            del given[name]
        elif name in given:
            try:
                given[name] = orjson.loads(cast(str, given[name]))
            except orjson.JSONDecodeError as problem:
                raise MalformedRequestError(
                    f"'{name}' in the query string is no JSON: {problem}.", part=name
                ) from problem
    return _request(given, "query string")


def _request(found: object, part: str) -> GraphQLRequest:
    if not isinstance(found, dict):
        raise MalformedRequestError("A request is a JSON object, or a list of such.", part=part)
    given = cast("Mapping[str, object]", found)
    text = _optional(given, "query", str, "a text", part)
    extensions = _optional(given, "extensions", dict, "an object", part)
    document = _optional(given, "documentId", str, "a text", part) or _hash(extensions, part)
    if not text and not document:
        raise MalformedRequestError(
            "The request holds no document: 'query' is missing.",
            remedy="Send the document as 'query', or the id of a stored one as 'documentId'.",
            part=part,
        )
    return GraphQLRequest(
        text or None,
        document,
        _optional(given, "operationName", str, "a text", part) or None,
        cast("dict[str, object]", _optional(given, "variables", dict, "an object", part) or {}),
    )


def _optional(given: Mapping[str, object], name: str, kind: type[Kind], word: str, part: str) -> Kind | None:
    value = given.get(name)
    if value is None or isinstance(value, kind):
        return value
    raise MalformedRequestError(f"'{name}' has to be {word} or null.", part=f"{part}.{name}")


def _hash(extensions: Mapping[str, object] | None, part: str) -> str | None:
    """The hash of an automatic persisted query."""
    persisted = (extensions or {}).get("persistedQuery")
    if persisted is None:
        return None
    found = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(found, str):
        raise MalformedRequestError(
            "'persistedQuery' has to hold a text 'sha256Hash'.", part=f"{part}.extensions.persistedQuery"
        )
    return found
