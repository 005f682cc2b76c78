"""The reference server: Starlette, the driver, one statement and one shape an operation, orjson.

python -m benchmarks.reference.app PORT, with the database's address in the environment
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import neo4j
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.reference import shapes, statements
from graph_api.engine.connection import parse_database_url

URL_VARIABLE = "REFERENCE_DATABASE"


@dataclass(frozen=True, slots=True)
class Written:
    """One operation, written by hand. ``numbers`` are the parameters that are no texts."""

    text: str
    shape: shapes.Shape
    numbers: frozenset[str] = frozenset({"first", "few"})


OPERATIONS: Mapping[str, Written] = {
    "lookup": Written(statements.LOOKUP, shapes.lookup),
    "first-page": Written(statements.FIRST_PAGE, shapes.first_page),
    "first-question": Written(statements.FIRST_QUESTION, shapes.first_question),
    "many-fields": Written(statements.MANY_FIELDS, shapes.many_fields),
    "deep-page": Written(statements.DEEP_PAGE, shapes.deep_page),
    "coverage": Written(statements.COVERAGE, shapes.coverage),
    "event-networks": Written(statements.EVENT_NETWORKS, shapes.event_networks),
}


async def _answer(request: Request) -> Response:
    written = OPERATIONS[request.path_params["name"]]
    parameters = {
        name: int(value) if name in written.numbers else value for name, value in request.query_params.items()
    }
    driver: neo4j.AsyncDriver = request.app.state.driver
    async with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        result = await session.run(written.text, parameters)
        record = await result.single(strict=True)
    return Response(orjson.dumps({"data": written.shape(record[0])}), media_type="application/json")


async def _ready(_request: Request) -> Response:
    return Response()


@asynccontextmanager
async def _connected(app: Starlette) -> AsyncIterator[None]:
    settings = parse_database_url(os.environ[URL_VARIABLE])
    async with neo4j.AsyncGraphDatabase.driver(
        settings.uri,
        auth=(settings.user or "", settings.password),
        max_connection_pool_size=settings.max_pool_size,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    ) as driver:
        app.state.driver = driver
        yield


def main() -> None:
    """Serve until the process is asked to stop."""
    app = Starlette(routes=[Route("/", _ready), Route("/{name}", _answer)], lifespan=_connected)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", ws="none")


if __name__ == "__main__":
    main()
