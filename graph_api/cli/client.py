"""Answers of a running server, over HTTP."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import cast

from graph_api.errors import (
    DatabaseUnreachableError,
    InvalidSettingError,
)
from graph_api.exports.reading import data_of

_SECONDS = 60.0
Answer = Mapping[str, object]


async def ask_server(url: str, document: str, variables: Mapping[str, object], key: str) -> Answer:
    """Ask a running server, with a key unless it is empty.

    Raises ``DatabaseUnreachableError`` when none answers there.
    """
    return await asyncio.to_thread(_post, url, document, variables, key)


def _post(url: str, document: str, variables: Mapping[str, object], key: str) -> Answer:
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise InvalidSettingError(
            f"'{url}' is no address of a server.", remedy="Write http://127.0.0.1:8000/."
        )
    credentials = {"Authorization": f"Bearer {key}"} if key else {}
    request = urllib.request.Request(
        urllib.parse.urljoin(url if url.endswith("/") else f"{url}/", "graphql"),
        data=json.dumps({"query": document, "variables": variables}).encode(),
        headers={"Content-Type": "application/json", "Accept": "application/json", **credentials},
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:
            body = json.load(response)
    except urllib.error.HTTPError as problem:
        body = _error_body(problem)
    except (OSError, ValueError) as problem:
        raise DatabaseUnreachableError(f"No server answers at {url}: {problem}.") from problem
    return data_of(body.get("data"), cast("list[object]", body.get("errors") or []))


def _error_body(problem: urllib.error.HTTPError) -> dict[str, object]:
    try:
        return cast("dict[str, object]", json.load(problem))
    except ValueError:
        raise DatabaseUnreachableError(f"The server answers {problem.code} {problem.reason}.") from problem
