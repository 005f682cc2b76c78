"""What the statements cost Neo4j in dbHits: ours, the hand-written ones and, for the first question, every
fixed plan; then whether the cost grows with the graph.

`make bench ARGS=hits` measures at scale 0.1 and 1; BENCHMARK_SCALES names other ones ("0.1 1 10").
With BENCHMARK_TREES set to a file, the texts and their operators are written there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.databases import NEO4J_VERSION, database
from benchmarks.operations import DEPTH, PAGE, Operation, Request, operations
from benchmarks.ours import Ours, opened
from benchmarks.profile import Operator, profiled
from benchmarks.reference.app import OPERATIONS
from benchmarks.reference.statements import FIXED_PLANS
from benchmarks.report import Table
from graph_api.cypher.statement import Statement

SCALES = tuple(float(text) for text in os.environ.get("BENCHMARK_SCALES", "0.1 1").split())
TREES = os.environ.get("BENCHMARK_TREES", "")
GROWTH_PAGE = 4
GROWTH_DEPTH = 1_000
"""Pages; of four, because the smallest graph has 5,000 organizations."""


async def measure() -> Table:
    """The operations at scale 1."""
    trees: list[str] = []
    async with database(1) as url, opened(url) as api:
        rows = [
            await _measured(url, api, operation, trees) for operation in operations(await api.place(DEPTH))
        ]
    if TREES:
        Path(TREES).write_text("\n".join(trees) + "\n", encoding="utf-8")
    columns = ("operation", "ours", "reference", "best fixed plan", "goal", "reached")
    note = (
        f"`make bench ARGS=hits`: dbHits by PROFILE on Neo4j {NEO4J_VERSION}, 50,000 organizations, "
        "some 410,000 edges. The first question may take up to twice its best fixed plan."
    )
    return Table(columns, tuple(rows), note)


async def measure_growth() -> Table:
    """A lookup, page 1 and page 1,000 on graphs of several sizes."""
    figures = {scale: await _growth(scale) for scale in SCALES}
    names = next(iter(figures.values()))
    rows = tuple((name, *(f"{figures[scale][name]:,}" for scale in SCALES)) for name in names)
    columns = ("our statement", *(f"{50_000 * scale:,.0f} organizations" for scale in SCALES))
    note = (
        f"`make bench ARGS=growth`: dbHits by PROFILE on Neo4j {NEO4J_VERSION}; "
        f"pages of {GROWTH_PAGE} by name."
    )
    return Table(columns, rows, note)


async def _growth(scale: float) -> Mapping[str, int]:
    async with database(scale) as url, opened(url) as api:
        before = await api.place(GROWTH_PAGE * (GROWTH_DEPTH - 1))
        asked = {
            "lookup by key": operations(before)[0].ours,
            "page 1": Request(PAGE, {"first": GROWTH_PAGE}),
            f"page {GROWTH_DEPTH:,}": Request(PAGE, {"first": GROWTH_PAGE, "after": before.cursor}),
        }
        return {
            name: _total(await profiled(url, await api.statements(request)))
            for name, request in asked.items()
            if request is not None
        }


async def _measured(url: str, api: Ours, operation: Operation, trees: list[str]) -> tuple[str, ...]:
    by_hand = Statement(OPERATIONS[operation.reference].text, operation.parameters)
    reference = await profiled(url, [by_hand])
    trees += _tree(f"{operation.name}: reference", [by_hand], reference)
    fixed = await _best_fixed(url, operation)
    ours: int | None = None
    if operation.ours is not None:
        statements = await api.statements(operation.ours)
        plans = await profiled(url, statements)
        trees += _tree(f"{operation.name}: ours", statements, plans)
        ours = _total(plans)
    goal = operation.goals.hits
    limits = [limit for limit in (goal, 2 * fixed if fixed else None) if limit is not None]
    if not limits:
        limits = [_total(reference)]
    return (
        operation.name,
        "not built" if ours is None else f"{ours:,}",
        f"{_total(reference):,}",
        f"{fixed:,}" if fixed else "",
        " and ".join(f"{limit:,}" for limit in limits),
        "-" if ours is None else "yes" if ours <= min(limits) else "no",
    )


async def _best_fixed(url: str, operation: Operation) -> int:
    """The dbHits of the cheapest fixed plan for these parameters; 0 where there are no alternatives."""
    if operation.reference != "first-question":
        return 0
    asked = [Statement(text, operation.parameters) for text in FIXED_PLANS.values()]
    return min(plan.total for plan in await profiled(url, asked))


def _total(plans: tuple[Operator, ...]) -> int:
    return sum(plan.total for plan in plans)


def _tree(title: str, statements: list[Statement], plans: tuple[Operator, ...]) -> Iterator[str]:
    for statement, plan in zip(statements, plans, strict=True):
        yield f"\n## {title}: {plan.total:,} dbHits\n\n{statement.text}\n\n{dict(statement.parameters)}\n"
        yield "     hits     rows operator"
        yield from plan.lines()
