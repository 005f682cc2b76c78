"""Rates in a process's memory and in a real Redis that several processes share."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_api.errors import InvalidSettingError, RateLimitedError
from graph_api.limits.rate import RateLimit
from graph_api.settings import settings_from
from tests.programs import free_port


def rate(text: str, storage: str = "") -> RateLimit:
    found = RateLimit.of(settings_from({"rate": text, "rate_storage": storage}))
    assert found is not None
    return found


async def hits(limit: RateLimit, client: str, times: int) -> int:
    """How many of so many requests are let through."""
    passed = 0
    for _ in range(times):
        try:
            await limit.check(client)
            passed += 1
        except RateLimitedError:
            pass
    return passed


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis that is thrown away."""
    program = shutil.which("redis-server")
    assert program is not None, "redis-server is not on the PATH: run scripts/ensure_tools redis"
    port, directory = free_port(), tmp_path_factory.mktemp("redis")
    process = start(program, port, directory)
    yield f"redis://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)


def start(program: str, port: int, directory: Path) -> subprocess.Popen[bytes]:
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(directory)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "redis-server does not listen"
            assert process.poll() is None, "redis-server ended"
            time.sleep(0.02)
        else:
            return process


async def test_each_client_has_its_own_rate() -> None:
    limit = rate("3/hour")

    assert await hits(limit, "one", 5) == 3
    assert await hits(limit, "other", 2) == 2


async def test_the_error_says_what_is_allowed_and_when_to_come_again() -> None:
    limit = rate("1/minute")
    await limit.check("one")

    with pytest.raises(RateLimitedError, match="More than 1 requests in a minute") as caught:
        await limit.check("one")

    assert caught.value.place["limit"] == 1
    assert 1 <= int(str(caught.value.place["retry_after"])) <= 60


async def test_processes_share_a_rate_through_redis(redis: str) -> None:
    first, second = rate("4/hour", redis), rate("4/hour", redis)

    assert await hits(first, "shared", 3) == 3
    assert await hits(second, "shared", 3) == 1
    assert await hits(first, "shared", 1) == 0
    await first.close()
    await second.close()


async def test_without_its_redis_a_process_counts_alone_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    limit = rate("2/hour", f"redis://127.0.0.1:{free_port()}")

    assert await hits(limit, "one", 4) == 2
    assert caplog.text.count("each process counts alone") == 1
    await limit.close()


@pytest.mark.parametrize("text", ["often", "5", "5/fortnight", "-1/minute", "x/second"])
def test_a_rate_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidSettingError, match="cannot be read") as caught:
        RateLimit.of(settings_from({"rate": text}))

    assert caught.value.place["setting"] == "rate"


def test_a_storage_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidSettingError) as caught:
        RateLimit.of(settings_from({"rate": "5/minute", "rate_storage": "nowhere://host"}))

    assert caught.value.place["setting"] == "rate_storage"


def test_without_a_setting_there_is_no_limit() -> None:
    assert RateLimit.of(settings_from({})) is None
