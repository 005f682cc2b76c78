"""What a request asks for: one operation or several, with their documents; remembered where it is short.

Most requests repeat an earlier one to the byte, and to read one costs more than to answer it from the cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import orjson

from graph_api.errors import MalformedRequestError
from graph_api.serve.operations.answer import Operation
from graph_api.serve.operations.request import GraphQLRequest, request_of_query, requests_of_body
from graph_api.serve.operations.trusted import TrustedDocuments

REMEMBERED = 1000
"""Requests that are remembered, of a method; a front end has tens, each with some variables."""
LONGEST = 2000
"""Bytes of the longest that is: what is read of them may take twenty times as much."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation that a request asks for.

    ``variables`` are its variables as canonical JSON, ``own_text`` says that the document came with the
    request. Many requests share it, so nothing in it may be changed.
    """

    operation: Operation
    variables: str
    own_text: bool


Question: TypeAlias = Asked | tuple[Asked, ...]


class RequestReader:
    """From the bytes of requests to what they ask for."""

    def __init__(self, trusted: TrustedDocuments, max_batch: int) -> None:
        self._trusted = trusted
        self._max_batch = max_batch
        self._known_body = lru_cache(REMEMBERED)(self._read_body)
        self._known_query = lru_cache(REMEMBERED)(self._read_query)

    def body(self, body: bytes) -> Question:
        """What a JSON body asks for, several in a batch.

        Raises ``MalformedRequestError``, ``LimitExceededError`` for a batch that is too large, and the
        errors of ``TrustedDocuments.text``.
        """
        return self._known_body(body) if len(body) <= LONGEST else self._read_body(body)

    def query(self, query: bytes) -> Asked:
        """What a query string asks for; raises as ``body`` does."""
        return self._known_query(query) if len(query) <= LONGEST else self._read_query(query)

    def _read_body(self, body: bytes) -> Question:
        found = requests_of_body(body, self._max_batch)
        if isinstance(found, list):
            return tuple(self._asked(each) for each in found)
        return self._asked(found)

    def _read_query(self, query: bytes) -> Asked:
        return self._asked(request_of_query(query))

    def _asked(self, request: GraphQLRequest) -> Asked:
        text = self._trusted.text(request.text, request.document)
        operation = Operation(text, request.operation, request.variables)
        return Asked(operation, _canonical(request.variables), own_text=request.text is not None)


def _canonical(variables: Mapping[str, object]) -> str:
    try:
        return orjson.dumps(variables, option=orjson.OPT_SORT_KEYS).decode() if variables else ""
    except orjson.JSONEncodeError as problem:
        raise MalformedRequestError("The variables are nested too deeply.", part="variables") from problem
