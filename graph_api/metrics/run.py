"""Starting the process that computes, hearing how far it is, and ending it at the limit."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

import graph_api
from graph_api.errors import ComputationTimeoutError, InternalError
from graph_api.metrics.names import Part
from graph_api.metrics.problem import Found, Problem

_LOG = logging.getLogger(__name__)
_WORKER = "graph_api.metrics.worker"
_LAST_LINES = 20
Say = Callable[[str], None]


async def found_by_worker(problem: Problem, part: Part, seconds: float, say: Say) -> Found:
    """The metrics of a part; ``say`` is told how far it is.

    Raises ``ComputationTimeoutError`` when it takes longer, and ``InternalError`` when the process fails.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", _WORKER, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=_environment()
    )
    try:
        async with asyncio.timeout(seconds):
            return await _answer(process, problem.encoded(part), say)
    except TimeoutError as problem_met:
        raise ComputationTimeoutError(
            f"Computing metrics ({part.value}) of {problem.nodes:,} nodes and {len(problem.links):,} edges "
            f"takes longer than {seconds:g} s.",
            remedy="Name fewer kinds or relations, or raise the setting measure_seconds.",
            limit_name="measure_seconds",
            limit=seconds,
        ) from problem_met
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """Ours, with this very program where modules are looked for."""
    here = str(Path(graph_api.__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}


async def _answer(process: Process, text: bytes, say: Say) -> Found:
    answer, lines, _ = await asyncio.gather(_read(process), _heard(process, say), _write(process, text))
    if await process.wait() != 0:
        _LOG.error("The process that computes metrics failed:\n%s", "\n".join(lines))
        raise InternalError("The metrics could not be computed; the log tells why.")
    return await asyncio.to_thread(Found.of, answer)


async def _write(process: Process, text: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(text)
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        # It has ended; its status and what it said tell why.
        return
    finally:
        process.stdin.close()


async def _read(process: Process) -> bytes:
    assert process.stdout is not None
    return await process.stdout.read()


async def _heard(process: Process, say: Say) -> list[str]:
    """The last lines that it said, each passed on as it comes."""
    assert process.stderr is not None
    lines: list[str] = []
    async for line in process.stderr:
        lines = [*lines[1 - _LAST_LINES :], line.decode(errors="replace").rstrip()]
        say(lines[-1])
    return lines
