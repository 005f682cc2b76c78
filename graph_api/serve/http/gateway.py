"""What happens around every request: it gets an id, it is counted, and a defect becomes a masked answer."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from http import HTTPStatus
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.observe.logs import begin_request, request_id
from graph_api.observe.metrics import Transport
from graph_api.serve.execution.context import masked
from graph_api.serve.http.messages import headers_of, send_error
from graph_api.serve.http.negotiation import Form
from graph_api.serve.http.service import Service

REQUEST_ID = b"x-request-id"
_LOG = logging.getLogger(__name__)


class Gateway:
    """The outermost application. It holds no message back."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass a request on."""
        headers = headers_of(scope)
        given = headers.get(REQUEST_ID)
        identity = request_id(given.decode("latin-1") if given else None)
        begin_request(identity)
        if scope["type"] != "http":
            return self._app(scope, receive, send)
        events = b"text/event-stream" in headers.get(b"accept", b"")
        transport = Transport.SERVER_SENT_EVENTS if events else Transport.HTTP
        return self._answer(scope, receive, send, identity.encode(), transport)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, identity: bytes, transport: Transport
    ) -> None:
        api, status, began = self._service.api, 0, perf_counter()

        def send_marked(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (REQUEST_ID, identity)]
            return send(message)

        if api is not None:
            api.metrics.request_began()
        try:
            await self._app(scope, receive, send_marked)
        except Exception as error:
            hidden = masked(error)
            _LOG.exception("%s", hidden.message)
            if status:
                raise
            await send_error(send_marked, hidden, Form.JSON)
        finally:
            if api is not None:
                answered = status or int(HTTPStatus.INTERNAL_SERVER_ERROR)
                api.metrics.request_ended(transport, answered, perf_counter() - began)
