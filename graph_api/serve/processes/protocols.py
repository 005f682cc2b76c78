"""uvicorn's protocols with the limits that they lack.

Over HTTP: the bytes of a request's head, and the time until it is whole. Neither has an end otherwise, so
that few clients could fill the memory or hold every connection. Over a WebSocket: a handshake that cannot
be read is answered, and frames that cost the sender little keep within what the reader takes.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from http import HTTPStatus
from typing import ClassVar, cast

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

MAX_FRAGMENTS = 1000
"""The fragments of one message. Empty ones would count nothing against its size."""


def bounded_http(max_head: int, head_seconds: float) -> type[BoundedHttp]:
    """The protocol with these limits: bytes of a head, and seconds until one is whole."""
    limits = {"max_head": max_head, "head_seconds": head_seconds}
    return cast("type[BoundedHttp]", type("BoundedHttp", (BoundedHttp,), limits))


class BoundedHttp(HttpToolsProtocol):
    """HTTP/1.1 whose clients must send the head of a request in time, and within a size."""

    max_head: ClassVar[int] = 65_536
    head_seconds: ClassVar[float] = 30.0
    _head = 0
    _whole = False
    _upgraded = False
    _deadline: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; answer with 431 when a head has no end."""
        super().data_received(data)
        if self._upgraded or self.transport.is_closing():
            return
        if not self._whole:
            self._head += len(data)
            if self._head > self.max_head:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                return
        if not self._whole or not self._answering():
            self._wait()

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection to the other protocol."""
        self._upgraded = True
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        """Note that a head begins."""
        self._whole = False
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Note that the head is whole."""
        self._whole = True
        self._stop_waiting()
        super().on_headers_complete()

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wait(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self._answering():
            # What was asked for before is answered first.
            self._wait()
        elif self._head:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _refuse(self, status: HTTPStatus) -> None:
        text = f"{status.phrase}.".encode()
        head = b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
        self.transport.write(STATUS_LINE[status] + head % len(text) + text)
        self.transport.close()


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket whose client cannot make the server keep what it does not take."""

    def data_received(self, data: bytes) -> None:
        """Read on; a handshake that cannot be read is answered with its status, and ends the connection."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            answer = b"".join(self.conn.data_to_send())
            closing = b"content-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(answer or STATUS_LINE[HTTPStatus.BAD_REQUEST] + closing)
            self.transport.close()

    async def send(self, message: ASGISendEvent) -> None:
        """Send a message; raises ``ClientDisconnected`` when the protocol closed the connection, too."""
        await self.writable.wait()
        if self.close_sent and self.handshake_complete:
            raise ClientDisconnected
        await super().send(message)

    def handle_ping(self) -> None:
        """Answer a ping, unless the client does not even take the earlier answers (RFC 6455, 5.5.3)."""
        pong = b"".join(self.conn.data_to_send())
        if self.writable.is_set():
            self.transport.write(pong)

    def handle_cont(self, event: Frame) -> None:
        """Take a fragment; a message of too many ends the connection."""
        if len(self.frames) >= MAX_FRAGMENTS:
            self._fail(CloseCode.MESSAGE_TOO_BIG, "too many fragments")
        else:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        """Hand a message on; a text that is no UTF-8 ends the connection, and is no error of ours."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self._fail(CloseCode.INVALID_DATA, "a text has to be UTF-8")
                return
        super().send_receive_event_to_app()

    def handle_parser_exception(self) -> None:
        """End a connection whose frames cannot be read; nobody is told why before it is accepted."""
        if self.conn.close_sent is not None:
            super().handle_parser_exception()
            return
        self.close_sent = self.handshake_complete = self.disconnected = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": CloseCode.ABNORMAL_CLOSURE})
        self.transport.close()

    def _fail(self, code: CloseCode, reason: str) -> None:
        self.frames = []
        if not self.close_sent:
            self.conn.fail(code, reason)
            self.handle_parser_exception()
