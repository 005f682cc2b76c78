"""The graph that is walked for neighbourhoods and paths holds nothing that a role may not see.

As in ``test_restricted_rows``: graphs that differ only in what a role may not see are one and the same graph
to it, and so is the one from which all that was really deleted. All answers are made of it alone.
"""

from __future__ import annotations

import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.neighborhoods.graph import Graph
from graph_api.neighborhoods.reading import graph_in, read_graph
from schema import ontology
from schema.vocabulary import Role
from tests.visibility.marked_graph import MARK
from tests.visibility.test_no_interference import fill
from tests.visibility.test_restricted_rows import PRUNE, SEEDS, kinds_of


async def read(store: BoltStore, role: Role) -> Graph:
    return graph_in(ontology, role.name, await store.read(read_graph(ontology, role.name)))


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_is_walked_has_no_trace_of_what_is_hidden(store: BoltStore, seed: int) -> None:
    await fill(store, seed, {"RESEARCHER": 1, "CSU": 1}, kinds_of(seed))
    public, researcher, officer = [
        await read(store, role) for role in (Role.PUBLIC, Role.RESEARCHER, Role.CSU)
    ]
    await fill(store, seed, {"RESEARCHER": 1, "CSU": 2}, kinds_of(seed))
    researcher_again, officer_again = [await read(store, role) for role in (Role.RESEARCHER, Role.CSU)]
    await fill(store, seed, {"RESEARCHER": 2, "CSU": 2}, kinds_of(seed))
    public_again = await read(store, Role.PUBLIC)
    await store.write([PRUNE])
    pruned = await read(store, Role.PUBLIC)

    assert researcher == researcher_again
    assert public == public_again == pruned
    assert MARK not in repr((public.nodes, [(each.key, each.facts) for each in public.links]))
    assert len(public.links) > 10
    assert officer != officer_again
    assert len(public.links) < len(researcher.links) < len(officer.links)
