"""Runs measurements and prints their tables: ``python -m benchmarks.run [name ...]``.

Without a name, all are run. With ``--write`` the tables also replace those in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

import uvicorn

from benchmarks import (
    answers,
    duplicates,
    hits,
    imports,
    metrics,
    neighborhoods,
    search,
    serving,
    slates,
    soak,
    speed,
    start,
    subscriptions,
)
from benchmarks.report import Table

PAGE = Path("docs/measurements.md")
Measurement: TypeAlias = Callable[[], Awaitable[Table]]
MEASUREMENTS: Mapping[str, Measurement] = {
    "start": start.measure,
    "speed": speed.measure,
    "hits": hits.measure,
    "growth": hits.measure_growth,
    "serving": serving.measure,
    "subscriptions": subscriptions.measure,
    "import": imports.measure,
    "soak": soak.measure,
    "duplicates": duplicates.measure,
    "duplicate-ways": duplicates.measure_ways,
    "duplicate-times": duplicates.measure_times,
    "search": search.measure,
    "search-times": search.measure_times,
    "paths": neighborhoods.measure,
    "metrics": metrics.measure,
    "answers": answers.measure,
    "slates": slates.measure,
}


async def _run(measurements: Mapping[str, Measurement], *, write: bool) -> None:
    for name, measure in measurements.items():
        table = await measure()
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
    parser.add_argument(
        "--minutes", type=float, default=soak.MINUTES, help="how long the soak takes (%(default)g)"
    )
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"no measurement is called {unknown[0]}; there are: {', '.join(MEASUREMENTS)}")
    known: Mapping[str, Measurement] = {**MEASUREMENTS, "soak": partial(soak.measure, arguments.minutes)}
    measurements = {name: known[name] for name in arguments.names or known}
    # The fastest loop there is: what makes the load must not be what is slow.
    with asyncio.Runner(loop_factory=uvicorn.Config(app="").get_loop_factory()) as runner:
        runner.run(_run(measurements, write=arguments.write))


if __name__ == "__main__":
    main()
