"""Exports over HTTP: ``/export/films.csv``, ``/export/questions/NAME.xlsx``, ``/export/graph.gexf``.

Everything is read before the first byte is sent, so an error has its status; the file itself is made while
it is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from graph_api.errors import GraphError, NotReadyError, RequestTimeoutError, UntrustedDocumentError
from graph_api.exports.facts import MEDIA_TYPES, format_named
from graph_api.exports.write import written
from graph_api.serve.http.graphql import client_of
from graph_api.serve.http.messages import send_error
from graph_api.serve.http.negotiation import Form
from graph_api.serve.http.service import Readiness, Service
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.export_requests import QUESTIONS, RuntimeReader, Target, export

_RETRY_SECONDS = 2


async def export_list_or_graph(request: Request) -> Response:
    """A list, or a part of the graph."""
    return await _answered(request, str(request.path_params["name"]))


async def export_question(request: Request) -> Response:
    """The answer to a stored question."""
    return await _answered(request, f"{QUESTIONS}{request.path_params['name']}")


async def _answered(request: Request, name: str) -> Response:
    service: Service = request.app.state.service
    api = service.api
    try:
        if api is None or service.readiness is not Readiness.READY:
            raise NotReadyError("The data is still being loaded.", retry_after=_RETRY_SECONDS)
        return await _exported(request, service, api, name)
    except GraphError as error:
        if api is not None:
            api.metrics.error_met(str(error.code))
        return _Refusal(error)


async def _exported(request: Request, service: Service, api: Api, name: str) -> Response:
    viewer = await api.authenticator.viewer(request.headers.get("authorization"))
    if api.rate is not None:
        await api.rate.check(client_of(request.scope, viewer))
    if api.trusted.only and not name.startswith(QUESTIONS):
        raise UntrustedDocumentError(
            "This server answers registered documents only.", remedy="Export a stored question."
        )
    query = request.query_params
    target = Target(
        name,
        format_named(str(request.path_params["format"])),
        {key: query.getlist(key) for key in query},
        api.max_export_rows,
    )
    reader = RuntimeReader(api.runtime, api.disclosure.asking(viewer))
    with ExitStack() as stack:
        # A place of both: an export takes long, and must not keep all places from short answers.
        stack.enter_context(api.exports.admitted())
        stack.enter_context(api.admission.admitted())
        try:
            async with asyncio.timeout(api.export_seconds):
                found = await export(api.runtime.vocabulary.ontology, service.questions, reader, target)
        except TimeoutError as problem:
            raise RequestTimeoutError(
                f"The export was not read after {api.export_seconds:g} seconds and was given up.",
                remedy="Filter, and export the parts.",
                limit_name="export_seconds",
                limit=api.export_seconds,
            ) from problem
        stack.callback(found.close)
        blocks = written(found, target.form, escape=target.escapes)
        return _File(blocks, target, stack.pop_all().close)


class _File(StreamingResponse):
    """A file to be saved; ``done`` is called when it was sent, or when nobody reads on."""

    def __init__(self, blocks: Iterator[bytes], target: Target, done: Callable[[], None]) -> None:
        name = target.name.removeprefix(QUESTIONS)
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.{target.form}"',
            "Cache-Control": "private, no-store",
            "Vary": "Authorization",
        }
        super().__init__(blocks, headers=headers, media_type=MEDIA_TYPES[target.form])
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._done()


class _Refusal(Response):
    """An error of the request, as everywhere else."""

    def __init__(self, error: GraphError) -> None:
        super().__init__()
        self._error = error

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        await send_error(send, self._error, Form.JSON)
