"""The results of an operation where several can be told: one of a query, many of a subscription."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from strawberry.types import ExecutionResult

from graph_api.errors import GraphError, MalformedRequestError, OperationNotAllowedError
from graph_api.serve.operations.answer import Asking, Operation, answer, context_of
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.replies import Reply, refusal, reply_of


async def results(api: Api, operation: Operation, asking: Asking) -> AsyncGenerator[Reply, None]:
    """The results; an error of the request itself is a refused reply, and the last one."""
    try:
        with api.admission.admitted():
            found = await answer(api.runtime, operation, asking)
    except OperationNotAllowedError:
        # It is a subscription. It lasts, so it holds no place among the requests answered at once.
        async with aclosing(_subscription(api, operation, asking)) as replies:
            async for reply in replies:
                yield reply
    except GraphError as error:
        yield refusal(error)
    else:
        yield found


async def _subscription(api: Api, operation: Operation, asking: Asking) -> AsyncGenerator[Reply, None]:
    stream = await api.runtime.schema.strawberry.stream(
        operation.text,
        variable_values=dict(operation.variables),
        context_value=context_of(api.runtime, asking),
        operation_name=operation.name,
    )
    api.metrics.subscription_began()
    try:
        async with aclosing(stream):
            async for result in stream:
                if not isinstance(result, ExecutionResult):
                    yield refusal(
                        MalformedRequestError("Incremental delivery is not answered.", part="query")
                    )
                    return
                yield reply_of(result)
    finally:
        api.metrics.subscription_ended()
