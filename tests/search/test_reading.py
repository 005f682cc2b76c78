"""Names and places are read in one statement each, as the viewer may see them, and shared until a change."""

from __future__ import annotations

import asyncio
from datetime import date

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.search.places import Places
from graph_api.search.reading import names_of, places_in, read_names, read_places
from graph_api.search.records import EntityId
from graph_api.search.scheme import search_scheme
from graph_api.search.snapshot import SearchSnapshots
from schema import ontology
from tests.search.names import LEXICON

SCHEME = search_scheme(ontology)
OFFICERS = ontology.roles.index("CSU")
FILL = Statement(
    """CREATE (here:Organization {key: 'here', name: 'Open Forum', acronym: 'OF', aliases: ['Foro', 'Foro']})
    CREATE (:Organization {key: 'secret', name: 'Hidden Forum', restricted_level: $officers})
    CREATE (ken:Country {key: 'KEN', name: 'Kenya', name_ru: 'Кения'})
    CREATE (east:Region {key: 'EAST', name: 'East', restricted_level: $officers})
    CREATE (africa:Region {key: 'AFRICA', name: 'Africa'})
    CREATE (ken)-[:LOCATED_IN {key: '1'}]->(east)-[:LOCATED_IN {key: '2'}]->(africa)
    CREATE (here)-[:BASED_IN {key: '3'}]->(ken)
    CREATE (theme:ThematicArea {key: 'TIP', name: 'Trafficking'})
    CREATE (here)-[:WORKS_ON {key: '4', until: '2020', until_first_day: date('2020-01-01'),
        until_last_day: date('2020-12-31')}]->(theme)
    CREATE (:IdentityJudgement {key: 'judgement', name: 'A judgement'})""",
    {"officers": OFFICERS},
)
HERE = ("Organization", "here")


async def names(store: BoltStore, role: str) -> dict[EntityId, tuple[str, ...]]:
    rows = await store.read(read_names(SCHEME, role))
    return {each.identity: each.names for each in names_of(SCHEME, rows)}


async def places(store: BoltStore, role: str, day: date | None = None) -> Places:
    return places_in(SCHEME, await store.read(read_places(SCHEME, role, day)))


async def test_records_have_all_names_that_a_role_sees(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    public, officer = await names(empty_store, "PUBLIC"), await names(empty_store, "CSU")

    assert public[HERE] == ("Open Forum", "OF", "Foro")
    assert public["Country", "KEN"] == ("Kenya", "Кения")
    assert officer.keys() - public.keys() == {
        ("Organization", "secret"),
        ("Region", "EAST"),
        ("IdentityJudgement", "judgement"),
    }


async def test_nothing_lies_within_what_a_role_does_not_see(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    public, officer = await places(empty_store, "PUBLIC"), await places(empty_store, "CSU")

    assert public.around(HERE) == {("Country", "KEN"), ("ThematicArea", "TIP")}
    assert officer.around(HERE) - public.around(HERE) == {("Region", "EAST"), ("Region", "AFRICA")}


async def test_relations_hold_on_the_day(empty_store: BoltStore) -> None:
    await empty_store.write([FILL])
    then = await places(empty_store, "PUBLIC", date(2020, 6, 1))
    later = await places(empty_store, "PUBLIC", date(2021, 1, 1))

    assert then.around(HERE) == {("Country", "KEN"), ("ThematicArea", "TIP")}
    assert later.around(HERE) == {("Country", "KEN")}


async def test_searches_of_one_version_share_what_was_read(
    empty_store: BoltStore, statements: list[Statement]
) -> None:
    snapshots = SearchSnapshots(SCHEME, LEXICON, empty_store)
    statements.clear()
    found = await asyncio.gather(*(snapshots.names(("graph", 1), "PUBLIC") for _ in range(3)))
    once = len(statements)
    later = await snapshots.names(("graph", 2), "PUBLIC")
    unknown = await snapshots.names(None, "PUBLIC")
    lies = await asyncio.gather(
        *(snapshots.places(("graph", 1), "PUBLIC", day) for day in (None, None, date(2024, 1, 1)))
    )

    assert found[0] is found[1] is found[2]
    assert once == 1
    assert later is not found[0]
    assert unknown is not later
    assert lies[0] is lies[1]
    assert lies[2] is not lies[0]
