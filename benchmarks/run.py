"""Runs measurements and prints their tables: ``python -m benchmarks.run [name ...]``.

Without a name, all are run. With ``--write`` the tables also replace those in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import uvicorn

from benchmarks import hits, serving, speed, start
from benchmarks.report import Table

PAGE = Path("docs/measurements.md")
MEASUREMENTS: Mapping[str, Callable[[], Awaitable[Table]]] = {
    "start": start.measure,
    "speed": speed.measure,
    "hits": hits.measure,
    "growth": hits.measure_growth,
    "serving": serving.measure,
}


async def _run(names: list[str], *, write: bool) -> None:
    for name in names:
        table = await MEASUREMENTS[name]()
        text = table.markdown()
        print(f"\n## {name}\n\n{text}", flush=True)
        if write:
            _replace(name, text)


def _replace(name: str, text: str) -> None:
    """Put a table between its two marks on the page; raises ``ValueError`` when the page lacks them."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
    replaced, count = re.subn(
        f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: f"{begin}\n{text}\n{end}", page, flags=re.DOTALL
    )
    if count != 1:
        raise ValueError(f"{PAGE} has no place for {name}.")
    PAGE.write_text(replaced, encoding="utf-8")


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(description="Measure what docs/measurements.md states.")
    parser.add_argument("names", nargs="*", help="which measurements; all without")
    parser.add_argument(
        "--write", action="store_true", help="also write the tables into docs/measurements.md"
    )
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"no measurement is called {unknown[0]}; there are: {', '.join(MEASUREMENTS)}")
    # The fastest loop there is: what makes the load must not be what is slow.
    with asyncio.Runner(loop_factory=uvicorn.Config(app="").get_loop_factory()) as runner:
        runner.run(_run(arguments.names or list(MEASUREMENTS), write=arguments.write))


if __name__ == "__main__":
    main()
