"""Restricted nodes by example: counts, and nodes that cannot be without a hidden one."""

from __future__ import annotations

from enum import Enum

import pytest
from strawberry.types.execution import ExecutionResult

from graph_api.changes.version import raise_version, set_restricted
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.errors import InvalidOntologyError
from graph_api.imports import count_graph
from graph_api.ontology import Edge, Node, many, one, prop, resolve
from graph_api.ontology.model import RESTRICTED_LEVEL
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.runtime import Runtime, runtime_of


class Role(Enum):
    """Who looks."""

    PUBLIC = "Anybody."
    STAFF = "Somebody of the house."
    CHIEF = "Somebody who sees everything."


class Part(Node, abstract=True):
    """Anything in the house."""

    key: str = prop("Identifies it among its kind.", unique=True)


class House(Part, plural="houses"):
    """A house."""


class Room(Part, plural="rooms"):
    """A room of a house."""


class Note(Part, plural="notes", rows_restricted=True):
    """A note on a door."""


class Paper(Part, plural="papers"):
    """What a fact rests on."""


class RoomOf(
    Edge[Room, House],
    forward=one("house", "The house that it is in.", required=True),
    backward=many("rooms", "The rooms in it."),
    dated=False,
):
    """A room is in a house."""


class NoteOn(
    Edge[Note, Room],
    forward=one("room", "The room whose door it is on.", required=True),
    backward=many("notes", "The notes on its door."),
    dated=False,
):
    """A note is on a door."""


HOUSES = resolve(
    title="houses",
    summary="Houses and their rooms.",
    root=Part,
    source=Paper,
    roles=Role,
    nodes=(Part, House, Room, Note, Paper),
    edges=(RoomOf, NoteOn),
)
_REST = "sources: [], synthetic: false"
FILL = Statement(
    f"""CREATE (a:House {{key: 'a', {_REST}}}) CREATE (b:House {{key: 'b', {RESTRICTED_LEVEL}: 1, {_REST}}})
    CREATE (a1:Room {{key: 'a1', {_REST}}}) CREATE (b1:Room {{key: 'b1', {_REST}}})
    CREATE (n:Note {{key: 'n', {_REST}}}) CREATE (m:Note {{key: 'm', {_REST}}})
    CREATE (o:Note {{key: 'o', {RESTRICTED_LEVEL}: 2, {_REST}}})
    CREATE (a1)-[:ROOM_OF {{key: 'a1|a', {_REST}}}]->(a) CREATE (b1)-[:ROOM_OF {{key: 'b1|b', {_REST}}}]->(b)
    CREATE (n)-[:NOTE_ON {{key: 'n|a1', {_REST}}}]->(a1) CREATE (m)-[:NOTE_ON {{key: 'm|b1', {_REST}}}]->(b1)
    CREATE (o)-[:NOTE_ON {{key: 'o|a1', {_REST}}}]->(a1)"""
)
EVERYTHING = """{
  houses { totalCount nodes { key rooms { totalCount nodes { key notes { nodes { key } } } } } }
  rooms { totalCount nodes { key house { key } } }
  notes { totalCount nodes { key room { key house { key } } } }
  full: houses(where: { roomsCount: { gte: 1 } }) { totalCount }
  noted: rooms(where: { notes: { some: {} } }) { totalCount }
  part(key: "b1") { key ... on Room { house { key } } }
}"""


@pytest.fixture
async def houses(empty_store: BoltStore) -> Runtime:
    """One house, and one that only staff sees; notes, one of which only the chief sees."""
    await empty_store.write([FILL])
    await empty_store.write([raise_version(), set_restricted(["House"])])
    runtime = runtime_of(HOUSES, empty_store)
    await runtime.versions.ask()
    return runtime


async def ask(runtime: Runtime, role: Role) -> dict[str, object]:
    result = await runtime.schema.strawberry.execute(
        EVERYTHING, context_value={RUNTIME: runtime, ROLE: role.name}
    )
    assert isinstance(result, ExecutionResult)
    assert not result.errors
    return dict(result.data or {})


async def test_what_needs_a_hidden_node_is_hidden_with_it(houses: Runtime) -> None:
    found = await ask(houses, Role.PUBLIC)

    room = {"key": "a1", "notes": {"nodes": [{"key": "n"}]}}
    assert found == {
        "houses": {"totalCount": 1, "nodes": [{"key": "a", "rooms": {"totalCount": 1, "nodes": [room]}}]},
        "rooms": {"totalCount": 1, "nodes": [{"key": "a1", "house": {"key": "a"}}]},
        "notes": {"totalCount": 1, "nodes": [{"key": "n", "room": {"key": "a1", "house": {"key": "a"}}}]},
        "full": {"totalCount": 1},
        "noted": {"totalCount": 1},
        "part": None,
    }


async def test_each_role_sees_what_its_level_says(houses: Runtime) -> None:
    keys = [
        [node["key"] for node in (await ask(houses, role))["notes"]["nodes"]]  # type: ignore[index]  # JSON
        for role in Role
    ]

    assert keys == [["n"], ["m", "n"], ["m", "n", "o"]]


async def test_kinds_declared_so_are_checked_though_the_graph_names_none(houses: Runtime) -> None:
    await houses.store.write([raise_version(), set_restricted([])])
    await houses.versions.ask()

    found = await ask(houses, Role.PUBLIC)

    assert found["houses"]["totalCount"] == 2, "the graph says that no house is restricted"  # type: ignore[index]  # JSON
    assert found["notes"]["totalCount"] == 2, "one is on a door of the other house"  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    ("role", "nodes", "edges"),
    [
        (Role.PUBLIC, {"House": 1, "Room": 1, "Note": 1, "Paper": 0}, {"RoomOf": 1, "NoteOn": 1}),
        (Role.STAFF, {"House": 2, "Room": 2, "Note": 2, "Paper": 0}, {"RoomOf": 2, "NoteOn": 2}),
        (Role.CHIEF, {"House": 2, "Room": 2, "Note": 3, "Paper": 0}, {"RoomOf": 2, "NoteOn": 3}),
    ],
)
async def test_what_is_counted_is_what_the_role_sees(
    houses: Runtime, role: Role, nodes: dict[str, int], edges: dict[str, int]
) -> None:
    counted = await count_graph(houses.store, HOUSES, role.name, ["House"])

    assert counted.nodes == nodes
    assert counted.edges == edges


def test_an_interface_cannot_be_declared_as_restricted() -> None:
    class Odd(Node, abstract=True, rows_restricted=True):
        """An interface."""

        key: str = prop("Identifies it among its kind.", unique=True)
        restricted_level: int = prop("Has a name of its own meaning.")

    class Thing(Odd, plural="things"):
        """A thing."""

    with pytest.raises(InvalidOntologyError, match="Odd is an interface") as caught:
        resolve(title="t", summary="s", root=Odd, source=Thing, roles=Role, nodes=(Odd, Thing), edges=())
    assert f"Thing cannot have a property called {RESTRICTED_LEVEL}" in str(caught.value)
