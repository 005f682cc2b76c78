"""Operations answered as server-sent events: the protocol of graphql-sse in its mode of distinct connections.

https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md. Each result is an event ``next``, the end
is an event ``complete``; comments in between keep proxies from closing a quiet connection. The next
result is made only when the last one was taken, so a slow reader holds one result, never a queue of them.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from http import HTTPStatus

import orjson
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send
from strawberry.http.streaming import SSETransport, merge_stream_with_heartbeat

from graph_api.observe.metrics import Transport
from graph_api.serve.http.messages import SECURITY_HEADERS
from graph_api.serve.operations.answer import Asking, Operation
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.results import results


async def send_events(
    api: Api, operation: Operation, asking: Asking, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer an operation as events until it ends or the client goes; raises ``ServerBusyError``."""
    transport = SSETransport()

    async def events() -> AsyncGenerator[str, None]:
        async for reply in results(api, operation, asking):
            yield transport.encode_event("next", orjson.dumps(reply.payload).decode())
        yield transport.encode_complete()

    stream = merge_stream_with_heartbeat(
        events,
        lambda: transport.encode_comment("ping"),
        transport.heartbeat_interval,
        send_initial_heartbeat=False,
    )
    response = StreamingResponse(stream(), HTTPStatus.OK, dict(transport.headers))
    response.raw_headers.extend(SECURITY_HEADERS)
    with api.lasting.admitted():
        api.metrics.connection_opened(Transport.SERVER_SENT_EVENTS)
        try:
            await response(scope, receive, send)
        finally:
            api.metrics.connection_closed(Transport.SERVER_SENT_EVENTS)
