"""Small graphs to be dumped, and what is asked of stores in these tests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import cast

from graph_api.changes.version import raise_version
from graph_api.cypher.statement import Statement
from graph_api.dumps.dump import DumpReport, dump_graph
from graph_api.dumps.load import load_dump
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.engine.protocol import Store
from graph_api.values import Value
from tests.toy.ontology import TOY

CLEAR = Statement("MATCH (n) DETACH DELETE n")
LETTERS = "aZ09 \t\n\r\"\\'{}|;é\u0000\u007f\u2028\ufeff\U0001f600\ud7ff"


def silent(label: str, done: int, total: int) -> None:
    """Tell nobody."""


async def dumped(store: Store, path: Path) -> DumpReport:
    """Dump the toy graph."""
    return await dump_graph(store, TOY, path, silent)


async def emptied(store: Store) -> None:
    """Take everything out of a store, and put the unique keys of the toy graph into it."""
    await store.write([CLEAR])
    await apply_definitions(store, definitions_of(TOY))


async def loaded(store: Store, path: Path) -> None:
    """Load a dump into the store, emptied before."""
    await emptied(store)
    await load_dump(store, TOY, path, silent)


async def count(store: Store) -> int:
    """How many nodes there are, of any label."""
    return cast(int, (await store.read(Statement("MATCH (n) RETURN count(n)")))[0][0])


async def joined(store: BoltStore) -> BoltStore:
    """The same database as another process sees it: with nothing in common but what is stored."""
    return await BoltStore.connect(store.settings, store.dialect)


def random_value(rng: Random) -> Value:
    """A value of any type that a property can have, extremes more often than they are met."""
    text = "".join(rng.choices(LETTERS, k=rng.randrange(12)))
    whole = rng.choice([0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), rng.getrandbits(40)])
    number = rng.choice(
        [0.0, -0.0, 1.0, 1e16, 5e-324, 1.7976931348623157e308, math.nan, math.inf, -math.inf, rng.random()]
    )
    day = date.fromordinal(rng.randrange(1, date.max.toordinal()))
    single: list[Value] = [text, whole, number, day, rng.random() < 0.5]
    chosen = rng.choice(single)
    if rng.random() < 0.3:
        return [chosen] * rng.randrange(4)
    return chosen


def random_properties(rng: Random, key: str) -> dict[str, Value]:
    """A key and some properties."""
    return {"key": key} | {f"p{number}": random_value(rng) for number in range(rng.randrange(8))}


async def fill_randomly(store: Store, rng: Random, nodes: int, edges: int) -> None:
    """Nodes of two labels, and of both at once, with edges between them and a version."""
    labels = ["Reference", "Odd", "Odd:Second"]
    statements: list[Statement] = [raise_version()]
    ends: list[tuple[str, str]] = []
    for number in range(nodes):
        of = rng.choice(labels)
        key = f"N-{number}"
        ends.append((of.split(":")[0], key))
        text = f"CREATE (n:{of} {{key: $key}}) SET n += $properties"
        statements.append(Statement(text, {"key": key, "properties": random_properties(rng, key)}))
    for number in range(edges):
        (source, source_key), (target, target_key) = rng.choice(ends), rng.choice(ends)
        text = (
            f"MATCH (a:{source} {{key: $source}}) MATCH (b:{target} {{key: $target}}) "
            f"CREATE (a)-[r:{rng.choice(['LED_TO', 'CAME_FROM'])}]->(b) SET r += $properties"
        )
        values: dict[str, Value] = {"source": source_key, "target": target_key}
        properties = random_properties(rng, f"E-{number}")
        statements.append(Statement(text, values | {"properties": properties}))
    await store.write(statements)


async def write_pairs(store: Store, written: list[int], numbers: Sequence[int]) -> None:
    """Write two nodes with an edge between them in each transaction, as every writer does."""
    for number in numbers:
        text = (
            "CREATE (a:Odd {key: $first}) CREATE (b:Odd {key: $second}) "
            "CREATE (a)-[r:LED_TO {key: $first}]->(b)"
        )
        first = Statement(text, {"first": f"W-{number}-1", "second": f"W-{number}-2"})
        await store.write([first, raise_version()])
        written.append(number)
