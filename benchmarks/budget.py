"""The dbHits that the benchmark's operations may take: recorded, and checked by ``make check``.

``python -m benchmarks.budget`` fills a throw-away Neo4j with a quarter of the benchmark's data, profiles our
statements and compares them with benchmarks/budgets.json. A statement that takes more hits than its budget
fails the check; one that takes fewer is worth recording: ``--write``. Hits are repeatable on one version
of the server and differ a little between versions, so each version has budgets of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import TypeAlias

from benchmarks.fill import fill
from benchmarks.operations import operations
from benchmarks.ours import opened
from benchmarks.profile import profiled
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.neo4j_server import Neo4jServer

FILE = Path(__file__).parent / "budgets.json"
SCALE = 0.25
DEPTH = 2_000
NOISE = 2
"""A plan can read a value once more from one run to the next; seen: one hit in 46."""
Hits: TypeAlias = dict[str, int]


async def measure() -> tuple[str, Hits]:
    """The version of the server, and the hits of each operation by name."""
    with tempfile.TemporaryDirectory() as folder:
        server = await Neo4jServer.start(Path(folder) / "neo4j")
        try:
            await _fill(server)
            async with opened(server.url) as api:
                hits = {}
                for operation in operations(await api.place(DEPTH), DEPTH):
                    if operation.ours is not None:
                        plans = await profiled(server.url, await api.statements(operation.ours))
                        hits[operation.name] = sum(plan.total for plan in plans)
        finally:
            await server.stop()
        return server.version, hits


async def _fill(server: Neo4jServer) -> None:
    store = await BoltStore.connect(server.settings)
    try:
        await fill(store, SCALE)
        # Plans follow the statistics, which are sampled in the background: sample them all now.
        await store.read(Statement("CALL db.prepareForReplanning(300)"))
    finally:
        await store.close()


def main() -> int:
    """Check or write; gives the exit code."""
    parser = argparse.ArgumentParser(description="Check the dbHits of the benchmark's operations.")
    parser.add_argument("--write", action="store_true", help="record what is measured as the budgets")
    write = parser.parse_args().write
    recorded: dict[str, Hits] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    version, hits = asyncio.run(measure())
    if write:
        FILE.write_text(json.dumps({**recorded, version: hits}, indent=2) + "\n", encoding="utf-8")
        print(f"{FILE.name} holds the budgets of Neo4j {version}.")
        return 0
    return _checked(version, hits, recorded)


def _checked(version: str, hits: Hits, recorded: dict[str, Hits]) -> int:
    if version not in recorded:
        print(
            f"No budgets are recorded for Neo4j {version}: run python -m benchmarks.budget --write on a "
            "commit whose statements are known to be good.",
            file=sys.stderr,
        )
        return 1
    budgets = recorded[version]
    over = [name for name, count in hits.items() if count > budgets.get(name, 0) + NOISE]
    for name, count in hits.items():
        mark = "over budget" if name in over else ""
        print(f"{name:<48} {count:>8,} of {budgets.get(name, 0):>8,} {mark}".rstrip())
    missing = sorted(budgets.keys() - hits.keys())
    if missing:
        print(f"Not measured any more: {', '.join(missing)}.", file=sys.stderr)
    return 1 if over or missing else 0


if __name__ == "__main__":
    sys.exit(main())
