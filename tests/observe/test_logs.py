"""Every line has the id of its request, whoever writes it, and is one line."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from typing import cast

import pytest
import structlog

from graph_api.observe import logs
from graph_api.settings import LogFormat, settings_from

Line = dict[str, object]


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the log holds; logging is left as it was found."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    levels = {name: logging.getLogger(name).level for name in logs.OURS}
    yield StringIO()
    root.handlers = handlers
    root.setLevel(level)
    for name, each in levels.items():
        logging.getLogger(name).setLevel(each)
    structlog.reset_defaults()


def lines(written: StringIO) -> list[Line]:
    return [cast(Line, json.loads(line)) for line in written.getvalue().splitlines()]


@pytest.fixture
def as_json(written: StringIO) -> StringIO:
    logs.configure(settings_from({"log_format": LogFormat.JSON}), written)
    return written


@pytest.fixture
def as_text(written: StringIO) -> StringIO:
    logs.configure(settings_from({"log_format": LogFormat.TEXT}), written)
    return written


def test_a_line_is_an_object(as_json: StringIO) -> None:
    logs.logger("graph_api.some").info("it happened", count=3, place={"a": 1.5})

    [line] = lines(as_json)
    assert list(line)[:4] == ["timestamp", "level", "logger", "event"]
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "level": "info",
        "logger": "graph_api.some",
        "event": "it happened",
        "count": 3,
        "place": {"a": 1.5},
    }


async def test_requests_that_are_answered_at_once_keep_their_ids(as_json: StringIO) -> None:
    turn = asyncio.Barrier(2)

    async def answer(identity: str) -> None:
        logs.begin_request(identity)
        await turn.wait()
        logs.logger("graph_api.some").info("ours")
        await turn.wait()
        logging.getLogger("another.library").warning("theirs of %s", identity)
        await asyncio.to_thread(structlog.get_logger("third").warning, "in a thread")

    await asyncio.gather(*(asyncio.create_task(answer(each)) for each in ("first", "second")))
    logging.getLogger("another.library").warning("after all requests")

    found = [(line["event"], line.get("request_id")) for line in lines(as_json)]
    assert found[-1] == ("after all requests", None)
    assert sorted(map(str, found[:-1])) == sorted(
        str(each)
        for name in ("first", "second")
        for each in [("ours", name), (f"theirs of {name}", name), ("in a thread", name)]
    )


def test_the_id_of_a_block_ends_with_it(as_json: StringIO) -> None:
    with logs.request("outer"):
        with logs.request("inner"):
            assert logs.current_request() == "inner"
        assert logs.current_request() == "outer"
    assert logs.current_request() == ""


def test_others_are_heard_from_warnings_on(as_json: StringIO) -> None:
    logging.getLogger("another.library").info("chatter")
    logging.getLogger("uvicorn.error").warning("Started")
    logs.logger("graph_api.some").debug("detail")

    assert [line["event"] for line in lines(as_json)] == ["Started"]


def test_secrets_are_written_by_nobody(as_json: StringIO) -> None:
    secret = "s3cr3tMarker"
    logs.logger("graph_api.some").info(f"Bearer {secret}", authorization=secret, at=f"bolt://a:{secret}@b")
    logging.getLogger("another").error("%s refused", f"key_{secret}", extra={"headers": {"cookie": secret}})
    try:
        raise ValueError(f"no login with password={secret}")
    except ValueError:
        logging.getLogger("another").exception("failed")

    assert [line["level"] for line in lines(as_json)] == ["info", "error", "error"]
    assert "Traceback" in str(lines(as_json)[2]["exception"])
    assert secret not in as_json.getvalue()


def test_text_is_for_people(as_text: StringIO) -> None:
    with logs.request("abc"):
        logs.logger("graph_api.some").warning("slow statement", milliseconds=1.5, cypher="RETURN 1")

    words = as_text.getvalue().rstrip("\n").partition(" ")[2]
    assert words == (
        'warning graph_api.some slow statement milliseconds=1.5 cypher="RETURN 1" request_id=abc'
    )


@pytest.mark.parametrize("given", ["one\ntwo error root forged", "\x1b[2J", "\u2028", "\ud800", "a\r\nb"])
def test_a_stranger_s_text_stays_on_its_line(as_text: StringIO, given: str) -> None:
    logs.logger("graph_api.some").warning(given, given=given)
    logging.getLogger("another").warning(given)

    written = as_text.getvalue()
    assert written.count("\n") == 2
    assert written.replace("\n", "").isprintable()


def test_a_traceback_is_indented(as_text: StringIO) -> None:
    try:
        raise ValueError("first\n2026-01-01T00:00:00Z error root forged")
    except ValueError:
        logs.logger("graph_api.some").exception("failed")

    first, *more = as_text.getvalue().splitlines()
    assert first.endswith("error graph_api.some failed")
    assert "  ValueError: first" in more
    assert all(line.startswith("  ") for line in more)


@pytest.mark.parametrize("value", ["\ud800", 2**70, float("nan"), object, b"\xff"])
def test_every_value_can_be_written_as_json(as_json: StringIO, value: object) -> None:
    logs.logger("graph_api.some").info("odd", value=value)

    [line] = lines(as_json)
    assert "value" in line


@pytest.mark.parametrize("given", ["a", "0f3c-9", "x" * 128, "trace/1:2+3=4@host~5.6_7"])
def test_a_client_s_id_is_kept(given: str) -> None:
    assert logs.request_id(given) == given


@pytest.mark.parametrize("given", [None, "", "x" * 129, "a b", "a\n", "é", 'a"', "<a>", "a;b", "a,b", "\0"])
def test_an_id_is_made_where_none_can_be_kept(given: str | None) -> None:
    first, second = logs.request_id(given), logs.request_id(given)

    assert first != second
    assert logs.request_id(first) == first


def test_a_forked_worker_makes_other_ids() -> None:
    program = (
        "import os; from graph_api.observe.logs import request_id; request_id(None)\n"
        "child = os.fork()\n"
        "os.write(1, request_id(None).encode() + b' ')\n"
        "child and os.waitpid(child, 0)"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert len(set(printed.stdout.split())) == 2


def test_a_program_without_a_log_writes_no_information() -> None:
    program = "from graph_api.observe.logs import logger; logger('graph_api.some').info('unheard')"

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert (printed.stdout, printed.stderr) == ("", "")
