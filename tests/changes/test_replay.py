"""The log alone gives the whole graph."""

from __future__ import annotations

from graph_api.changes.log import DEFINITIONS
from graph_api.changes.replay import replay
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.imports import load
from schema import ontology
from seeds import catalogue
from tests.imports.dump import dump_facts

WIPE_BUT_RECORDS = Statement("MATCH (n) WHERE NOT n:ChangeRecord AND NOT n:GraphVersion DETACH DELETE n")


async def test_the_log_makes_the_same_graph_again(empty_store: BoltStore) -> None:
    # given the seeds, of which only the log is left
    await apply_definitions(empty_store, [*definitions_of(ontology), *DEFINITIONS])
    await load(empty_store, ontology, catalogue())
    nodes, edges = await dump_facts(empty_store)
    assert len(nodes) > 7000
    await empty_store.write([WIPE_BUT_RECORDS])
    assert await dump_facts(empty_store) == ({}, {})

    # when it is replayed
    replayed = await replay(empty_store, empty_store, ontology, "tester")

    # then the graph is the same
    assert await dump_facts(empty_store) == (nodes, edges)
    assert replayed.changes == len(catalogue())
    assert replayed.items >= len(nodes) + len(edges)
