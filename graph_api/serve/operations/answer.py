"""Answering one operation, whatever brought it: the page to read first.

An operation that was answered before takes the short way (``lane``); every other one goes through the
whole pipeline: parse, validate, limits, plan, cost, statement, rows, response.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from graph_api.access.viewer import Viewer
from graph_api.errors import MalformedRequestError, OperationNotAllowedError, RequestTimeoutError
from graph_api.observe.metrics import Cache
from graph_api.serve.execution.context import ROLE, RUNTIME, VIEWER
from graph_api.serve.execution.cost import cost_extension
from graph_api.serve.execution.documents import INTROSPECTION
from graph_api.serve.execution.explain import EXPLANATIONS
from graph_api.serve.execution.lane import ALREADY_READ, Read
from graph_api.serve.execution.schema import SUGGESTIONS
from graph_api.serve.operations.replies import Reply, reply_of
from graph_api.serve.runtime import Runtime

QUERIES = frozenset({OperationType.QUERY})
QUERIES_AND_MUTATIONS = frozenset({OperationType.QUERY, OperationType.MUTATION})


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and what they may be told beside the answer; ``trace`` are the headers of their trace."""

    viewer: Viewer
    introspection: bool = True
    suggestions: bool = True
    explain: bool = False
    trace: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked: a document, which operation of it, and with which variables."""

    text: str
    name: str | None
    variables: Mapping[str, object]


def context_of(runtime: Runtime, asking: Asking) -> dict[str, object]:
    """The context of an operation."""
    context: dict[str, object] = {
        RUNTIME: runtime,
        VIEWER: asking.viewer,
        ROLE: asking.viewer.role,
        INTROSPECTION: asking.introspection,
        SUGGESTIONS: asking.suggestions,
    }
    if asking.explain:
        context[EXPLANATIONS] = {}
    return context


async def answer(
    runtime: Runtime,
    operation: Operation,
    asking: Asking,
    allowed: frozenset[OperationType] = QUERIES_AND_MUTATIONS,
) -> Reply:
    """The reply to an operation.

    Raises ``MalformedRequestError`` when the document holds no such operation,
    ``OperationNotAllowedError``, and ``RequestTimeoutError``.
    """
    try:
        async with asyncio.timeout(runtime.request_seconds):
            if runtime.traces.on:
                return await _traced(runtime, operation, asking, allowed)
            return await _answer(runtime, operation, asking, allowed)
    except TimeoutError as problem:
        raise RequestTimeoutError(
            f"The answer took longer than {runtime.request_seconds:g} seconds and was given up.",
            remedy="Ask for smaller pages, or for less in each row.",
            limit_name="request_seconds",
            limit=runtime.request_seconds,
        ) from problem


async def _traced(
    runtime: Runtime, operation: Operation, asking: Asking, allowed: frozenset[OperationType]
) -> Reply:
    kind = runtime.documents.kind(operation.text, operation.name)
    with runtime.traces.operation(kind, operation.name, operation.text, asking.trace) as span:
        reply = await _answer(runtime, operation, asking, allowed)
        for code in reply.codes:
            span.failed(code)
        return reply


async def _answer(
    runtime: Runtime, operation: Operation, asking: Asking, allowed: frozenset[OperationType]
) -> Reply:
    read: dict[str, Read] = {}
    await runtime.versions.settle()
    if not asking.explain:
        known = runtime.documents.operation(operation.text, operation.name)
        if known is not None:
            found = await runtime.lane.answer(runtime, known, operation.variables, asking.viewer.role, read)
            if found is not None:
                return Reply({"data": found.data, "extensions": cost_extension(found.cost, runtime.max_cost)})
    if runtime.metrics is not None:
        runtime.metrics.lane_taken(short=False)
        runtime.metrics.looked_up(Cache.DOCUMENT, hit=operation.text in runtime.documents.known)
    context = context_of(runtime, asking)
    if read:
        context[ALREADY_READ] = read
    try:
        result = await runtime.schema.strawberry.execute(
            operation.text,
            variable_values=dict(operation.variables),
            context_value=context,
            operation_name=operation.name,
            allowed_operation_types=allowed,
        )
    except CannotGetOperationTypeError as problem:
        raise MalformedRequestError(problem.as_http_error_reason(), part="operationName") from problem
    except InvalidOperationTypeError as problem:
        kind = problem.operation_type.value
        raise OperationNotAllowedError(
            f"A {kind} is not answered this way.", remedy=_REMEDIES.get(kind, ""), operation_type=kind
        ) from problem
    return reply_of(result)


_REMEDIES = {
    "mutation": "Send it by POST.",
    "subscription": "Ask over a WebSocket (graphql-transport-ws), or accept text/event-stream.",
}
