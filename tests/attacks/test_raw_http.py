"""Requests that break HTTP, on sockets: an answer that says so, or none; never a failure of the server."""

from __future__ import annotations

import asyncio
import re
from random import Random

import pytest

from tests.attacks.requests import GOOD_REQUEST, REQUESTS, Request, random_request
from tests.attacks.wire import Exchange, exchange
from tests.programs import Server

RANDOM = 1500
_AT_ONCE = 30
_OPEN = 300


def faults(found: Exchange) -> list[str]:
    return [fault for answer in found.answers for fault in answer.faults]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: each.name)
async def test_a_bad_request_gets_the_answer_that_it_may(target: Server, request_: Request) -> None:
    answered = bool(request_.statuses)
    found = await exchange(target.port, request_.pieces, whole=request_.whole, answered=answered)

    statuses = [answer.status for answer in found.answers]
    assert set(statuses) <= set(request_.statuses), found.raw[:500]
    assert statuses or found.reset or not request_.statuses
    assert found.closed or not request_.whole
    assert faults(found) == []


async def test_random_damage_to_requests_never_fails_the_server(target: Server) -> None:
    places = asyncio.Semaphore(_AT_ONCE)
    statuses: list[int] = []

    async def one(seed: int) -> str:
        async with places:
            pieces = random_request(Random(f"request {seed}"))
            found = await exchange(target.port, pieces, whole=False)
        statuses.extend(answer.status for answer in found.answers)
        return f"seed {seed}: {faults(found)}\n{pieces!r:.3000}" if faults(found) else ""

    problems = [each for each in await asyncio.gather(*map(one, range(RANDOM))) if each]

    assert not problems, "\n\n".join(problems[:5])
    assert len(statuses) > RANDOM / 2
    assert {200, 400} < set(statuses)


async def test_many_unfinished_requests_keep_nobody_else_waiting(target: Server) -> None:
    """As slow clients do it: each holds a connection with half a request, none is ever finished."""
    writers = []
    for number in range(_OPEN):
        _, writer = await asyncio.open_connection("127.0.0.1", target.port)
        writer.write(
            (b"GET / HTTP/1.1\r\nHost: x\r\nA: ", b"POST /graphql HTTP/1.1\r\nContent-", b"G")[number % 3]
        )
        writers.append(writer)
    try:
        found = await exchange(target.port, [GOOD_REQUEST], whole=True)
    finally:
        for writer in writers:
            writer.transport.abort()

    assert [answer.status for answer in found.answers] == [200]


async def test_what_the_http_server_logs_has_the_form_of_the_log(target: Server) -> None:
    before = len(target.said)
    await exchange(target.port, [b"G@T / HTTP/1.1\r\n\r\n"], whole=True)

    [line] = target.said[before:].splitlines()
    assert re.fullmatch(r"\S+Z warning uvicorn\.error Invalid HTTP request received\.", line)
