"""The addresses of imports: upload, look, store, delete; and the templates."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from graph_api.access.viewer import Viewer
from graph_api.errors import (
    ForbiddenError,
    GraphError,
    ImportNotReadyError,
    InvalidArgumentError,
    MalformedRequestError,
    NotReadyError,
    UnauthenticatedError,
    UnknownImportError,
)
from graph_api.imports.mapping import target_named, targets_of
from graph_api.imports.reading import Format, ReadLimits
from graph_api.imports.rows.run import Options
from graph_api.imports.rows.spool import outcomes_csv, read_outcomes
from graph_api.imports.templates import FORMATS, MEDIA_TYPES, template_bytes, template_of
from graph_api.serve.http.graphql import PREFLIGHT_HEADER, client_of
from graph_api.serve.http.imports.jobs import Job
from graph_api.serve.http.imports.runner import ImportRunner
from graph_api.serve.http.imports.upload import keep, options_of, read_upload
from graph_api.serve.http.messages import status_of
from graph_api.serve.http.service import Readiness, Service
from graph_api.serve.operations.api import Api
from graph_api.serve.operations.replies import refusal

_RETRY_SECONDS = 2
_LINES_AT_ONCE = 500
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class ImportsOverHttp:
    """What imports over HTTP need; ``seconds`` is how long a part of an upload may take."""

    runner: ImportRunner
    limits: ReadLimits
    formats: tuple[Format, ...]
    seconds: float

    async def close(self) -> None:
        """Give up what runs; nothing of it stays."""
        await self.runner.close()


def routes() -> list[Route]:
    """The addresses, below ``/imports``."""
    return [
        Route("/imports", _refusing(_upload), methods=["POST"]),
        Route("/imports/templates/{name}.{form}", _refusing(_template), methods=["GET"]),
        Route("/imports/{id}", _refusing(_show), methods=["GET"]),
        Route("/imports/{id}", _refusing(_delete), methods=["DELETE"]),
        Route("/imports/{id}/report.csv", _refusing(_outcomes), methods=["GET"]),
        Route("/imports/{id}/commit", _refusing(_commit), methods=["POST"]),
    ]


def _refusing(answer: Answer) -> Answer:
    """An error is an answer with its code."""

    async def answered(request: Request) -> Response:
        api = _service(request).api
        try:
            with api.admission.admitted() if api is not None else nullcontext():
                return await answer(request)
        except GraphError as error:
            if api is not None:
                api.metrics.error_met(str(error.code))
            headers = {"Cache-Control": "no-store"}
            if "retry_after" in error.place:
                headers["Retry-After"] = str(error.place["retry_after"])
            return JSONResponse(refusal(error).payload, status_of(error), headers)

    return answered


async def _upload(request: Request) -> Response:
    imports, viewer = await _writer(request)
    upload = await read_upload(request, imports.limits.file_bytes, imports.seconds)
    jobs = imports.runner.jobs
    try:
        options = _options(imports, viewer, options_of(upload.options))
        job = jobs.create(upload.name, viewer.name, viewer.role, upload.options)
        with jobs.file(job).open("wb") as target:
            await keep(upload, target)
    finally:
        await upload.file.close()
    imports.runner.check(job, options)
    return _shown(imports, job, HTTPStatus.ACCEPTED, {"Location": f"/imports/{job.id}"})


async def _show(request: Request) -> Response:
    imports, viewer = await _reader(request)
    return _shown(imports, await _own(request, imports, viewer), HTTPStatus.OK)


async def _outcomes(request: Request) -> Response:
    imports, viewer = await _reader(request)
    job = await _own(request, imports, viewer)
    if job.state.runs or imports.runner.jobs.report(job.id) is None:
        raise ImportNotReadyError(f"The import is {job.state}.", remedy="Wait until it is checked.")
    lines = outcomes_csv(read_outcomes(imports.runner.jobs.spool(job.id)))
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="import-{job.id}.csv"',
    }
    return StreamingResponse(_portions(lines), media_type="text/csv; charset=utf-8", headers=headers)


async def _commit(request: Request) -> Response:
    imports, viewer = await _writer(request)
    job = await _own(request, imports, viewer)
    rows = request.query_params.get("rows", "false")
    if rows not in ("true", "false"):
        raise InvalidArgumentError(f"rows is '{rows[:20]}'.", remedy="Write true or false.", argument="rows")
    options = _options(imports, viewer, options_of(job.options))
    started = imports.runner.commit(job, options, by_rows=rows == "true")
    status = HTTPStatus.ACCEPTED if started.state.runs else HTTPStatus.OK
    return _shown(imports, started, status)


async def _delete(request: Request) -> Response:
    imports, viewer = await _writer(request)
    job = await _own(request, imports, viewer)
    if job.state.runs:
        raise ImportNotReadyError(f"The import is {job.state}.", remedy="Wait until that has ended.")
    imports.runner.jobs.delete(job.id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _template(request: Request) -> Response:
    api = _api(request)
    viewer = await _viewer(request, api)
    ontology = _imports(api).runner.ontology
    form = str(request.path_params["form"])
    if form not in FORMATS:
        raise InvalidArgumentError(
            f"There is no template in the format '{form[:20]}'.",
            remedy=f"There are: {', '.join(FORMATS)}.",
            argument="format",
        )
    target = target_named(targets_of(ontology, viewer.role), str(request.path_params["name"]))
    template = template_of(ontology, target)
    headers = {"Content-Disposition": f'attachment; filename="{template.name}.{form}"'}
    return Response(template_bytes(template, form), media_type=MEDIA_TYPES[form], headers=headers)


def _options(imports: ImportsOverHttp, viewer: Viewer, options: Options) -> Options:
    return replace(
        options,
        role=viewer.role,
        actor=viewer.name,
        limits=imports.limits,
        formats=imports.formats,
    )


async def _own(request: Request, imports: ImportsOverHttp, viewer: Viewer) -> Job:
    """The import that the address names; to others than who made it, and administrators, there is none.

    Its report tells what the role saw in which it was made, and two accounts may have one name.
    """
    job = await imports.runner.known(str(request.path_params["id"]))
    mine = job.actor == viewer.name and imports.runner.ontology.sees(viewer.role, job.role)
    if not mine and not viewer.administers:
        raise UnknownImportError("There is no such import.", remedy="It was deleted, or is too old.")
    return job


async def _writer(request: Request) -> tuple[ImportsOverHttp, Viewer]:
    """Who may change something here: no link or form of another site does."""
    if "authorization" not in request.headers and PREFLIGHT_HEADER not in request.headers:
        raise MalformedRequestError(
            f"A file is taken with credentials, or with the header {PREFLIGHT_HEADER}, only.",
            part=PREFLIGHT_HEADER,
        )
    return await _reader(request)


async def _reader(request: Request) -> tuple[ImportsOverHttp, Viewer]:
    api = _api(request)
    viewer = await _viewer(request, api)
    if not viewer.authenticated:
        raise UnauthenticatedError(
            "Imports are for viewers that write.", remedy="Send a key or a token of one that does."
        )
    if not viewer.writes:
        raise ForbiddenError(f"The role {viewer.role} does not write.", argument="role", value=viewer.role)
    return _imports(api), viewer


async def _viewer(request: Request, api: Api) -> Viewer:
    """Who asks, once the rate of requests allows it."""
    viewer = await api.authenticator.viewer(request.headers.get("authorization"))
    if api.rate is not None:
        await api.rate.check(client_of(request.scope, viewer))
    return viewer


def _api(request: Request) -> Api:
    service = _service(request)
    if service.api is None or service.readiness is not Readiness.READY:
        raise NotReadyError("The data is still being loaded.", retry_after=_RETRY_SECONDS)
    return service.api


def _imports(api: Api) -> ImportsOverHttp:
    if not isinstance(api.imports, ImportsOverHttp):
        raise NotReadyError("This server takes no imports.", retry_after=_RETRY_SECONDS)
    return api.imports


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _shown(
    imports: ImportsOverHttp, job: Job, status: HTTPStatus, headers: dict[str, str] | None = None
) -> Response:
    """The import as its maker sees it, with the report of the last run that ended."""
    body = {
        "id": job.id,
        "file": job.file,
        "state": str(job.state),
        "rows": job.rows,
        "options": job.options,
        "error": job.error,
        "report": None if job.state.runs else imports.runner.jobs.report(job.id),
    }
    return JSONResponse(body, status, {"Cache-Control": "no-store", **(headers or {})})


def _portions(lines: Iterator[str]) -> Iterator[str]:
    while portion := list(itertools.islice(lines, _LINES_AT_ONCE)):
        yield "".join(portion)
