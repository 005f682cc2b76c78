"""A small graph of the real ontology, and a way to send commands to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pytest

from graph_api.access.viewer import Viewer
from graph_api.changes.apply import apply_edit
from graph_api.changes.items import Header, Item, NodeRef
from graph_api.changes.log import DEFINITIONS
from graph_api.commands.run import CommandResult, Request, Runner
from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.engine.definitions import apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.imports.records import EdgeRecord, NodeRecord, Raw, RowPlace
from graph_api.imports.validate import stored_edge, stored_node
from graph_api.imports.write import put_edge, put_node
from schema import ontology
from schema.commands import commands
from tests.imports.dump import Dump, dump_facts

OFFICER = Viewer("CSU", "officer", administers=False, writes=True, authenticated=True)
Given = Mapping[str, object]
PLACE = RowPlace("test", 1)
WIPE = Statement("MATCH (n) DETACH DELETE n")


@dataclass(frozen=True, slots=True)
class Keeper:
    """Sends commands to a store, and looks at what it holds."""

    store: BoltStore

    async def send(
        self, name: str, given: Given, viewer: Viewer = OFFICER, **common: object
    ) -> CommandResult:
        """Send a command by its GraphQL name; common arguments are those of ``Request``."""
        common.setdefault("sources", ("SRC",))
        request = Request(commands.types[name], given, **common)  # type: ignore[arg-type]  # a test's own
        return await Runner(self.store, ontology, commands.knowledge).run(request, viewer)

    async def done(self, name: str, given: Given, viewer: Viewer = OFFICER, **common: object) -> int:
        """Send a command that has to succeed; the number of its change."""
        result = await self.send(name, given, viewer, **common)
        assert result.problems == ()
        return cast(int, result.number)

    async def notices(self, name: str, given: Given, viewer: Viewer = OFFICER, **common: object) -> str:
        """Send a command that has to succeed; what it says all the same."""
        result = await self.send(name, given, viewer, **common)
        assert result.problems == ()
        assert result.number is not None
        return " ".join(result.notices)

    async def refused(self, name: str, given: Given, viewer: Viewer = OFFICER, **common: object) -> str:
        """Send a command that has to be refused without a trace; the first problem's code and rule."""
        before = await self.facts()
        result = await self.send(name, given, viewer, **common)
        assert result.problems
        assert result.number is None
        assert await self.facts() == before
        first = result.problems[0]
        return f"{first.code.name} {first.rule}" if first.rule else first.code.name

    async def facts(self) -> Dump:
        """All nodes and edges without the history."""
        return await dump_facts(self.store)

    async def read(self, text: str) -> list[list[object]]:
        """The rows of a statement."""
        return await self.store.read(Statement(text))


def node(of: str, key: str, /, **properties: Raw) -> Item:
    given: dict[str, Raw] = {"name": key, "synthetic": False, "sources": ["SRC"], **properties}
    return put_node(stored_node(ontology, NodeRecord(of, key, given), PLACE))


def edge(name: str, source: NodeRef, target: NodeRef, /, **properties: Raw) -> Item:
    given: dict[str, Raw] = {"synthetic": False, "sources": ["SRC"], **properties}
    return put_edge(stored_edge(ontology, EdgeRecord(name, source, target, given), PLACE))


def small_graph() -> list[Item]:
    """Two networks, a body of one of them, three organizations, countries, a theme and two events."""
    country = dict.fromkeys(
        ("un_member", "least_developed", "landlocked_developing", "small_island_developing"), False
    )
    return [
        node("Source", "SRC", kind="DOCUMENT", sources=[]),
        node("Source", "OTHER", kind="PAGE", sources=[]),
        node("Country", "KEN", iso2="KE", m49="404", **country),
        node("Country", "GHA", iso2="GH", m49="288", **country),
        node("ThematicArea", "FIREARMS"),
        node("Network", "NET-A", kind="REGIONAL_NETWORK"),
        node("Network", "NET-B", kind="REGIONAL_NETWORK"),
        node("NetworkBody", "NET-A-SC", kind="STEERING_COMMITTEE"),
        edge("BodyOf", NodeRef("NetworkBody", "NET-A-SC"), NodeRef("Network", "NET-A")),
        *(node("Organization", f"ORG-{number}", kind="NGO") for number in (1, 2, 3)),
        node("Event", "CD-1", kind="CONSTRUCTIVE_DIALOGUE", start="2024-06"),
        node("Event", "WG-1", kind="WORKING_GROUP_SESSION", start="2024-06-03", end="2024-06-05"),
        node("ConferenceWorkingGroup", "WG-TIP"),
    ]


@pytest.fixture(scope="session")
def prepared_stores() -> set[int]:
    """The stores that have the keys and indexes of the ontology."""
    return set()


@pytest.fixture
async def keeper(store: BoltStore, prepared_stores: set[int]) -> Keeper:
    """A keeper of the small graph."""
    await store.write([WIPE])
    if id(store) not in prepared_stores:
        await apply_definitions(store, [*definitions_of(ontology), *DEFINITIONS])
        prepared_stores.add(id(store))
    await apply_edit(store, ontology, Header("setUp", "Small graph", "tests", "ADMIN"), small_graph())
    return Keeper(store)
