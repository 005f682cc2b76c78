"""Operations over a WebSocket: the protocol graphql-transport-ws, by Strawberry's handler.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md. Credentials come in the ``Authorization``
header of the handshake or, from browsers, as ``authorization`` in the payload of ``connection_init``.
Each connection has a limit of operations at once, and a result is made only when the last one was sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import timedelta
from typing import cast

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import Operation as SocketOperation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message

from graph_api.errors import GraphError, ServerBusyError
from graph_api.observe.metrics import Transport
from graph_api.serve.operations.answer import Asking, Operation
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.replies import Reply, refusal
from graph_api.serve.operations.results import results

INIT_SECONDS = 10
"""How long a client may take to introduce itself."""
_SEND_SECONDS = 30
"""How long a client may take to receive a message before its connection is given up."""
_TRY_AGAIN_LATER = 1013
_REASON_BYTES = 123
"""The most that a closing frame has room for beside its code (RFC 6455, section 5.5)."""
_ASKING = "asking"
_CLIENT = "client"
Context = dict[str, object]


class _Socket(ASGIWebSocketAdapter):
    """A WebSocket whose reader must keep up."""

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send a message; a client that does not take it in time is disconnected.

        Raises ``WebSocketDisconnected`` when the connection is closed, by whichever side and task.
        """
        if self.ws.application_state is WebSocketState.DISCONNECTED:
            raise WebSocketDisconnected
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                await super().send_json(message)
        except TimeoutError:
            await self.close(_TRY_AGAIN_LATER, "The client does not keep up")

    async def close(self, code: int, reason: str) -> None:
        """Close the connection; of the reason, which may hold the client's own words, what a frame can."""
        if self.ws.application_state is not WebSocketState.DISCONNECTED:
            with suppress(WebSocketDisconnect):
                await super().close(code, _fitting(reason))


class _Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """The protocol by Strawberry, the results by us."""

    view: LiveConnections

    async def handle_message(self, message: Message) -> None:
        """Take a message; one whose parts have other types than the protocol's ends the connection."""
        wrong = _wrong_part(message)
        if wrong:
            await self.handle_invalid_message(f"Invalid message: {wrong}")
        else:
            await super().handle_message(message)

    async def run_operation(self, operation: SocketOperation[Context, None]) -> None:
        """Send the results of an operation, then that it is complete."""
        try:
            asked = Operation(operation.query, operation.operation_name, operation.variables or {})
            async with aclosing(self.view.replies(self.context, asked)) as replies:
                async for reply in replies:
                    if reply.refused:
                        await self._send(operation, "error", reply.payload["errors"])
                        return
                    await self._send(operation, "next", reply.payload)
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        except WebSocketDisconnected:
            self.operations.pop(operation.id, None)

    async def _send(self, operation: SocketOperation[Context, None], kind: str, payload: object) -> None:
        message = {"id": operation.id, "type": kind, "payload": payload}
        await operation.send_operation_message(cast("Message", message))


def _fitting(reason: str) -> str:
    """The beginning of a text that a closing frame has room for, without half a character at its end."""
    return reason.encode()[:_REASON_BYTES].decode(errors="ignore")


def _wrong_part(message: object) -> str:
    """What of a message has another type than the protocol says; nothing when all is as it should be."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return "a message is an object with a type"
    if message["type"] not in ("subscribe", "complete"):
        return ""
    if not isinstance(message.get("id"), str):
        return "the id is no text"
    payload = message.get("payload")
    if message["type"] == "complete":
        return ""
    if not isinstance(payload, dict) or not isinstance(payload.get("query"), str):
        return "the payload holds no query"
    if not isinstance(payload.get("variables"), dict | None):
        return "the variables are no object"
    return "" if isinstance(payload.get("operationName"), str | None) else "the operation's name is no text"


class LiveConnections(GraphQL[Context, None]):
    """Answers WebSockets."""

    websocket_adapter_class = _Socket
    graphql_transport_ws_handler_class = _Handler

    def __init__(self, api: Api, subscriptions: int, origins: list[str]) -> None:
        super().__init__(
            api.runtime.schema.strawberry,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=timedelta(seconds=INIT_SECONDS),
            max_subscriptions_per_connection=subscriptions,
            allowed_origins=origins,
        )
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection to its end."""
        socket = WebSocket(scope, receive, send)
        try:
            with self._api.lasting.admitted():
                await self._serve(socket)
        except ServerBusyError as error:
            await socket.close(_TRY_AGAIN_LATER, error.message)

    async def _serve(self, socket: WebSocket) -> None:
        self._api.metrics.connection_opened(Transport.WEBSOCKET)
        try:
            await self.run(socket)
        finally:
            self._api.metrics.connection_closed(Transport.WEBSOCKET)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """A place for what ``on_ws_connect`` finds out; until then nothing is answered."""
        client = f"address:{request.client.host}" if request.client else "address:"
        return {"authorization": request.headers.get("authorization"), _CLIENT: client}

    async def on_ws_connect(self, context: Context) -> None:
        """Find out who connects; bad credentials raise ``ConnectionRejectionError`` (close code 4403)."""
        given = cast("Mapping[str, object]", context.get("connection_params") or {})
        authorization = given.get("authorization", given.get("Authorization", context["authorization"]))
        try:
            viewer = await self._api.authenticator.viewer(
                None if authorization is None else str(authorization)
            )
            context[_ASKING] = self._api.disclosure.asking(viewer)
        except GraphError as error:
            raise ConnectionRejectionError from error
        return

    async def replies(self, context: Context, operation: Operation) -> AsyncGenerator[Reply, None]:
        """The results of an operation on a connection; one that may not be asked is a refused reply."""
        asking = cast(Asking, context[_ASKING])
        try:
            if self._api.rate is not None:
                await self._api.rate.check(str(context[_CLIENT]))
            text = self._api.trusted.text(operation.text, None)
        except GraphError as error:
            yield refusal(error)
            return
        async with aclosing(results(self._api, replace(operation, text=text), asking)) as found:
            async for reply in found:
                yield reply

    def decode_json(self, data: str | bytes) -> object:
        """JSON as over HTTP: without NaN, numbers or nesting without end, and halves of characters."""
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """JSON as text: bytes would make binary frames."""
        return orjson.dumps(data).decode()
