"""What every store must do, whatever engine stands behind it."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from graph_api.cypher.dialect import Engine
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.connection import ConnectionSettings
from graph_api.engine.definitions import Definition, EdgeIndex, NodeIndex, UniqueKey, apply_definitions
from graph_api.errors import (
    DatabaseConflictError,
    DatabaseError,
    DatabaseLoginRefusedError,
    DatabaseTimeoutError,
    DatabaseUnreachableError,
)
from graph_api.values import Value

COUNT_THINGS = Statement("MATCH (n:Thing) RETURN count(n)")
# Some 10^11 steps with a small memory: long enough on any machine.
ENDLESS = Statement(
    "UNWIND range(1, 5000) AS a UNWIND range(1, 5000) AS b UNWIND range(1, 5000) AS c "
    "WITH a, b, c WHERE a + b + c = -1 RETURN count(*)"
)


def merge_thing(key: str, **props: str | int | date) -> Statement:
    return Statement("MERGE (n:Thing {key: $key}) SET n += $props", {"key": key, "props": dict(props)})


@pytest.fixture
async def keyed_store(empty_store: BoltStore) -> BoltStore:
    await apply_definitions(empty_store, [UniqueKey("Thing", "key")])
    return empty_store


@pytest.fixture
async def slow_store(store: BoltStore) -> AsyncIterator[BoltStore]:
    settings = replace(store.settings, statement_seconds=0.5, transaction_seconds=0.5)
    impatient = BoltStore(settings, store.dialect)
    yield impatient
    await impatient.close()


async def opened(settings: ConnectionSettings, like: BoltStore) -> None:
    store = await BoltStore.connect(settings, like.dialect)
    await store.close()


async def test_the_dialect_is_the_engine_s_own(store: BoltStore, engine: Engine) -> None:
    assert store.dialect.engine is engine


async def test_rows_are_positional(store: BoltStore) -> None:
    rows = await store.read(Statement("UNWIND [1, 2] AS i RETURN i, i * 10 AS tenfold, 'x'"))

    assert rows == [[1, 10, "x"], [2, 20, "x"]]


async def test_more_rows_than_one_fetch(store: BoltStore) -> None:
    size = store.settings.fetch_size * 2 + 1

    rows = await store.read(Statement("UNWIND range(1, $size) AS i RETURN i", {"size": size}))

    assert rows == [[i] for i in range(1, size + 1)]


async def test_every_kind_of_parameter_comes_back_as_it_went(store: BoltStore) -> None:
    day = date(2023, 11, 5)
    values: list[Value] = [None, True, 7, 2.5, "é`$x", day, [1, [day]], {"day": day, "deep": {"days": [day]}}]

    rows = await store.read(Statement("RETURN $values", {"values": values}))

    assert rows == [[values]]
    assert [type(value) for value in rows[0][0]] == [type(value) for value in values]  # type: ignore[attr-defined]


async def test_stored_dates_are_plain_dates(keyed_store: BoltStore) -> None:
    await keyed_store.write([merge_thing("a", since=date(2020, 2, 29))])

    rows = await keyed_store.read(Statement("RETURN COLLECT { MATCH (n:Thing) RETURN [n.key, n.since] }"))

    assert rows == [[[["a", date(2020, 2, 29)]]]]


async def test_dates_compare_with_parameters(keyed_store: BoltStore) -> None:
    await keyed_store.write([merge_thing("old", until=date(2019, 1, 1)), merge_thing("open")])

    rows = await keyed_store.read(
        Statement(
            "MATCH (n:Thing) WHERE n.until IS NULL OR n.until >= $day RETURN n.key", {"day": date(2020, 1, 1)}
        )
    )

    assert rows == [["open"]]


async def test_labels_and_types_that_were_never_stored_match_nothing(store: BoltStore) -> None:
    rows = await store.read(
        Statement("RETURN [COLLECT { MATCH (n:Unheard|Unseen)-[:UNKNOWN]->(m) RETURN [n.key] }, 1]")
    )

    assert rows == [[[[], 1]]]


async def test_a_transaction_commits_everything(keyed_store: BoltStore) -> None:
    async with keyed_store.transaction() as transaction:
        await transaction.run(merge_thing("a"))
        assert await transaction.run(COUNT_THINGS) == [[1]]
        await transaction.run(merge_thing("b"))

    assert await keyed_store.read(COUNT_THINGS) == [[2]]


async def test_an_error_in_the_block_rolls_everything_back(keyed_store: BoltStore) -> None:
    async def give_up_halfway() -> None:
        async with keyed_store.transaction() as transaction:
            await transaction.run(merge_thing("a"))
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await give_up_halfway()

    assert await keyed_store.read(COUNT_THINGS) == [[0]]


async def test_a_failed_statement_undoes_those_before_it(keyed_store: BoltStore) -> None:
    with pytest.raises(DatabaseError):
        await keyed_store.write([merge_thing("a"), Statement("RETURN 1 / 0")])

    assert await keyed_store.read(COUNT_THINGS) == [[0]]


class Rows(list[Value]):
    """Rows that tell when nothing holds them any more."""


async def test_a_transaction_does_not_keep_what_was_sent(store: BoltStore) -> None:
    # given a store that nobody observes, since the tests' observer keeps all statements
    alone = BoltStore(store.settings, store.dialect)
    rows = Rows(range(1000))
    kept = weakref.ref(rows)
    async with alone.transaction() as transaction:
        await transaction.run(Statement("UNWIND $rows AS row RETURN count(row)", {"rows": rows}))

        del rows
        gc.collect()

        assert kept() is None
        assert await transaction.run(Statement("RETURN 1")) == [[1]]
    await alone.close()


async def test_a_transaction_inside_another_one_is_refused_at_once(keyed_store: BoltStore) -> None:
    async with keyed_store.transaction():
        with pytest.raises(DatabaseError, match="inside another"):
            await keyed_store.write([merge_thing("a")])


async def test_a_key_that_exists_is_a_conflict(keyed_store: BoltStore) -> None:
    await keyed_store.write([merge_thing("a")])

    with pytest.raises(DatabaseConflictError):
        await keyed_store.write([Statement("CREATE (n:Thing {key: 'a'})")])

    assert await keyed_store.read(COUNT_THINGS) == [[1]]


async def test_twenty_merges_of_one_key_at_once_make_one_node(keyed_store: BoltStore) -> None:
    counted = Statement("MERGE (n:Thing {key: 'same'}) SET n.seen = coalesce(n.seen, 0) + 1")

    await asyncio.gather(*(keyed_store.write([counted]) for _ in range(20)))

    rows = await keyed_store.read(Statement("MATCH (n:Thing) RETURN n.key, n.seen"))
    assert rows == [["same", 20]]


async def test_two_stores_that_lock_each_other_both_win_in_the_end(keyed_store: BoltStore) -> None:
    other = BoltStore(keyed_store.settings, keyed_store.dialect)
    first, second = merge_thing("first"), merge_thing("second")

    await asyncio.gather(
        *(keyed_store.write([first, second]) for _ in range(4)),
        *(other.write([second, first]) for _ in range(4)),
    )

    await other.close()
    assert await keyed_store.read(COUNT_THINGS) == [[2]]


async def test_many_reads_at_once(keyed_store: BoltStore) -> None:
    answers = await asyncio.gather(
        *(
            keyed_store.read(Statement("RETURN $i", {"i": i}))
            for i in range(3 * keyed_store.settings.max_pool_size)
        )
    )

    assert answers == [[[i]] for i in range(3 * keyed_store.settings.max_pool_size)]


async def test_what_was_written_is_read(keyed_store: BoltStore) -> None:
    for i in range(20):
        await keyed_store.write([merge_thing(f"k{i}")])
        assert await keyed_store.read(COUNT_THINGS) == [[i + 1]]


async def test_a_statement_that_takes_too_long_is_a_timeout(slow_store: BoltStore) -> None:
    with pytest.raises(DatabaseTimeoutError):
        await slow_store.read(ENDLESS)

    assert await slow_store.read(Statement("RETURN 1")) == [[1]]


async def test_a_write_that_takes_too_long_is_a_timeout(slow_store: BoltStore) -> None:
    with pytest.raises(DatabaseTimeoutError):
        await slow_store.write([ENDLESS])


async def test_a_pool_that_stays_empty_is_a_timeout(store: BoltStore) -> None:
    small = BoltStore(replace(store.settings, max_pool_size=1, acquisition_seconds=0.2), store.dialect)

    async with small.transaction() as transaction:
        await transaction.run(Statement("RETURN 1"))
        with pytest.raises(DatabaseTimeoutError, match="became free"):
            await small.read(Statement("RETURN 1"))

    await small.close()


@pytest.mark.parametrize("text", ["RETURN foo(", "RETURN $missing", "MATCH (n:Thing) RETURN m"])
async def test_a_broken_statement_is_a_database_error_that_says_why(store: BoltStore, text: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        await store.read(Statement(text))

    assert type(caught.value) is DatabaseError
    assert "Check the server log" not in caught.value.message
    assert str(caught.value.place["database_code"]).startswith("Neo.ClientError.Statement.")


async def test_a_wrong_password_is_a_refused_login(store: BoltStore) -> None:
    with pytest.raises(DatabaseLoginRefusedError) as caught:
        await opened(replace(store.settings, password="wrong-one"), store)

    assert "wrong-one" not in caught.value.one_line()


async def test_an_unknown_database_is_named(store: BoltStore) -> None:
    with pytest.raises(DatabaseError, match="no database 'elsewhere'"):
        await opened(replace(store.settings, database="elsewhere"), store)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
async def test_nothing_at_the_address_is_unreachable(store: BoltStore, scheme: str) -> None:
    with pytest.raises(DatabaseUnreachableError, match=f"{scheme}://127.0.0.1:9"):
        await opened(replace(store.settings, uri=f"{scheme}://127.0.0.1:9"), store)


async def test_an_unknown_host_is_unreachable(store: BoltStore) -> None:
    with pytest.raises(DatabaseUnreachableError):
        await opened(replace(store.settings, uri="bolt://no-such-host.invalid:7687"), store)


async def test_each_statement_is_observed_once(keyed_store: BoltStore, statements: list[Statement]) -> None:
    await keyed_store.read(COUNT_THINGS)
    await keyed_store.write([merge_thing("a"), merge_thing("b")])

    assert statements[-3:] == [COUNT_THINGS, merge_thing("a"), merge_thing("b")]


DEFINITIONS: list[Definition] = [
    UniqueKey("Odd `label`", "my key"),
    UniqueKey("Plain", "key"),
    NodeIndex("Plain", ("key",)),
    NodeIndex("Plain", ("name", "key")),
    NodeIndex("Plain", ("since",)),
    EdgeIndex("LINKS", ("since_first",)),
    EdgeIndex("LINKS", ("since_first", "until_last")),
]


async def test_definitions_are_created_once(empty_store: BoltStore) -> None:
    first = await apply_definitions(empty_store, DEFINITIONS)

    again = await apply_definitions(empty_store, reversed(DEFINITIONS))

    # The index on the key alone comes with the unique key.
    assert (first, again) == (len(DEFINITIONS) - 1, 0)


async def test_definitions_hold(empty_store: BoltStore) -> None:
    await apply_definitions(empty_store, DEFINITIONS)
    await empty_store.write([Statement("CREATE (:`Odd ``label``` {`my key`: 1}), (:Plain {key: 1})")])

    for text in ("CREATE (:`Odd ``label``` {`my key`: 1})", "CREATE (:Plain {key: 1})"):
        with pytest.raises(DatabaseConflictError):
            await empty_store.write([Statement(text)])


async def test_indexed_values_keep_their_types(empty_store: BoltStore) -> None:
    await apply_definitions(empty_store, DEFINITIONS)
    await empty_store.write(
        [
            Statement(
                "UNWIND $rows AS row MERGE (n:Plain {key: row.key}) SET n += row.props",
                {
                    "rows": [
                        {"key": str(y), "props": {"since": date(y, 1, 1), "name": "10"}} for y in (2019, 2021)
                    ]
                },
            )
        ]
    )

    rows = await empty_store.read(
        Statement(
            "MATCH (n:Plain) WHERE n.since >= $day RETURN n.key, n.name, n.since", {"day": date(2020, 1, 1)}
        )
    )

    assert rows == [["2021", "10", date(2021, 1, 1)]]


async def test_a_unique_key_that_the_data_breaks_is_a_conflict(empty_store: BoltStore) -> None:
    await empty_store.write([Statement("UNWIND [1, 1] AS key CREATE (:Doubled {key: key})")])

    with pytest.raises(DatabaseConflictError):
        await apply_definitions(empty_store, [UniqueKey("Doubled", "key")])
