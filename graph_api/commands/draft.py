"""What a command sees of the graph, and what it wants stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias, cast

from graph_api.access.viewer import Viewer
from graph_api.changes.audience import needs_others, restricted_among
from graph_api.changes.images import image_of
from graph_api.changes.items import DropEdge, DropNode, Image, Item, NodeRef, PutEdge, PutNode
from graph_api.changes.redirects import follow_redirect
from graph_api.changes.statements import node_images
from graph_api.commands import reading
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Transaction
from graph_api.imports.records import BrokenRowError, EdgeRecord, NodeRecord, Raw, RowPlace
from graph_api.imports.validate import stored_edge, stored_node, stored_values
from graph_api.ontology import Node, Ontology, PartialDate
from graph_api.ontology.declare import Edge
from graph_api.ontology.model import RESTRICTED_LEVEL
from graph_api.values import Value

KindClass: TypeAlias = type[Node]
EdgeClass: TypeAlias = type[Edge[Any, Any]]
_PLACE = RowPlace("", 0)
_REDIRECTS = 20
"""A record that was merged more often is taken for one that leads round."""
_SOURCES = "sources"
_SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class StoredNode:
    """A node as it is stored."""

    ref: NodeRef
    properties: Image


@dataclass(frozen=True, slots=True)
class StoredEdge:
    """An edge as it is stored."""

    edge: str
    key: str
    source: NodeRef
    target: NodeRef
    properties: Image

    def text(self, name: str) -> str | None:
        """A property as a text, such as the name of a vocabulary's member; None where there is none."""
        found = self.properties.get(name)
        return None if found is None else str(found)

    @property
    def open(self) -> bool:
        """Whether it has no end."""
        return self.properties.get("until") is None

    @property
    def since(self) -> PartialDate | None:
        """Its beginning, where it is known."""
        return _partial(self.properties.get("since"))

    def covers(self, when: PartialDate) -> bool:
        """Whether it holds, or may hold, on some day of a date."""
        first, last = self.properties.get("since_first_day"), self.properties.get("until_last_day")
        begun = not isinstance(first, date) or first <= when.last_day
        return begun and (not isinstance(last, date) or last >= when.first_day)


@dataclass(slots=True)
class Draft:
    """The graph to a command: it reads in the command's transaction, and gathers items to be stored.

    ``sources`` are the keys of the sources that every fact of the command rests on; ``today`` is in UTC.
    ``synthetic`` are the nodes read so far that were made up for demonstration.
    ``before`` is run before the items are stored and ``also`` after them; the log does not tell of either.
    ``notices`` go back to the sender: what a person should know, and no rule forbids.
    """

    transaction: Transaction
    ontology: Ontology
    viewer: Viewer
    sources: tuple[str, ...]
    today: date
    number: int = 0
    items: list[Item] = field(default_factory=list)
    synthetic: set[NodeRef] = field(default_factory=set)
    before: list[Statement] = field(default_factory=list)
    also: list[Statement] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    async def node(self, kind: KindClass, key: str, argument: str) -> StoredNode:
        """A node of a kind; raises ``Refusal`` naming the argument when there is none."""
        found = await self.find(kind, key)
        if found is None:
            raise Refusal(
                Problem(
                    ProblemCode.NOT_FOUND,
                    f"There is no {kind.__name__} with the key {key[:120]!r}.",
                    argument,
                    key[:120],
                )
            )
        return found

    async def find(self, kind: KindClass, key: str) -> StoredNode | None:
        """A node of a kind (of one of its kinds, when it is abstract), when the viewer may see it."""
        for name in self.ontology.node(kind.__name__).concrete:
            found = await self.stored(NodeRef(name, key))
            if found is not None:
                return found
        return None

    async def stored(self, ref: NodeRef) -> StoredNode | None:
        """A node, or the one that its key leads to after a merge, when the viewer may see it."""
        for _ in range(_REDIRECTS):
            rows = await self.transaction.run(node_images(ref.kind, [ref.key]))
            for _, properties in cast("list[tuple[str, object]]", rows[0][0]):
                image = image_of(properties)
                if image.get(_SYNTHETIC):
                    self.synthetic.add(ref)
                return StoredNode(ref, image) if await self._sees(ref, image) else None
            leads = await self.transaction.run(follow_redirect(ref.kind, ref.key))
            if not leads:
                return None
            ref = NodeRef(ref.kind, str(leads[0][0]))
        return None

    async def taken(self, kind: KindClass, key: str) -> bool:
        """Whether a key is in use among a kind, also by what the viewer may not see."""
        return bool((await self.transaction.run(node_images(kind.__name__, [key])))[0][0])

    async def edges(
        self, edge: EdgeClass, *, source: NodeRef | None = None, target: NodeRef | None = None
    ) -> list[StoredEdge]:
        """The edges of a type that leave one node or reach one; all that lie between two.

        Those that the viewer may not see are left out, since every message may name what is in them.
        """
        found = self.ontology.edges[edge.__name__]
        if not self.ontology.sees(self.viewer.role, found.visible_to):
            return []
        rows = await self.transaction.run(reading.edges_at(found, source, target))
        stored = [
            StoredEdge(
                edge.__name__,
                str(key),
                NodeRef(str(source_kind), str(source_key)),
                NodeRef(str(target_kind), str(target_key)),
                image_of(properties),
            )
            for source_kind, source_key, target_kind, target_key, key, properties in cast(
                "list[list[object]]", rows[0][0]
            )
        ]
        hidden = await self._hidden({ref for each in stored for ref in (each.source, each.target)})
        return [each for each in stored if hidden.isdisjoint((each.source, each.target))]

    def create(self, kind: KindClass, key: str, /, **properties: Raw) -> NodeRef:
        """Store a new node; raises ``Refusal`` for values that it cannot have."""
        given = {_SOURCES: list(self.sources), _SYNTHETIC: False, **properties}
        with _refusing():
            node = stored_node(self.ontology, NodeRecord(kind.__name__, key, given), _PLACE)
        self.items.append(PutNode(node.ref, node.properties))
        return node.ref

    def mention(self, kind: KindClass, key: str, /, **properties: Raw) -> NodeRef:
        """Make sure that a node exists; one that is there stays as it is."""
        with _refusing():
            record = NodeRecord(kind.__name__, key, {_SYNTHETIC: False, **properties}, mention=True)
            node = stored_node(self.ontology, record, _PLACE)
        self.items.append(PutNode(node.ref, node.properties, mention=True))
        return node.ref

    def correct(self, node: StoredNode, /, **properties: Raw) -> None:
        """Store other values of a node, which then rests on the command's sources too."""
        with _refusing():
            kind = self.ontology.node(node.ref.kind)
            values = stored_values(self.ontology, kind, kind.properties, properties, _PLACE)
        self.items.append(PutNode(node.ref, {**values, **self._more_sources(node.properties)}))

    def put(self, item: Item) -> None:
        """Store an item as it is."""
        self.items.append(item)

    def relate(self, edge: EdgeClass, source: NodeRef, target: NodeRef, /, **properties: Raw) -> str:
        """Store an edge and give its key; raises ``Refusal`` for values that it cannot have.

        What is related to something made up is made up.
        """
        made_up = bool({source, target} & self.synthetic)
        given = {_SOURCES: list(self.sources), _SYNTHETIC: made_up, **properties}
        with _refusing():
            found = stored_edge(self.ontology, EdgeRecord(edge.__name__, source, target, given), _PLACE)
        self.items.append(PutEdge(found.edge, found.key, source, target, found.properties))
        return found.key

    def change(self, edge: StoredEdge, /, **properties: Raw) -> None:
        """Store other values of an edge, which then rests on the command's sources too.

        Raises ``Refusal`` for values that it cannot have, as an end before its beginning.
        """
        declared = self.ontology.edges[edge.edge]
        with _refusing():
            values = stored_values(self.ontology, declared, declared.properties, properties, _PLACE)
        _check_spell({**edge.properties, **values})
        put = {**values, **self._more_sources(edge.properties)}
        self.items.append(PutEdge(edge.edge, edge.key, edge.source, edge.target, put))

    def drop(self, edge: StoredEdge) -> None:
        """Take an edge away: for what was never true, not for what has ended."""
        self.items.append(DropEdge(edge.edge, edge.key, edge.source, edge.target))

    def remove(self, node: NodeRef) -> None:
        """Take a node away."""
        self.items.append(DropNode(node))

    def _more_sources(self, stored: Image) -> dict[str, Value]:
        known = cast("list[Value]", stored.get(_SOURCES) or [])
        return {_SOURCES: [*known, *(key for key in self.sources if key not in known)]}

    async def _sees(self, ref: NodeRef, image: Image) -> bool:
        if needs_others(self.ontology, ref.kind):
            return not await self._hidden({ref})
        level = cast(int, image.get(RESTRICTED_LEVEL) or 0)
        return self._sees_kind(ref.kind) and level <= self._rank

    async def _hidden(self, refs: Collection[NodeRef]) -> set[NodeRef]:
        """Which of these nodes the viewer may not see: for themselves, or for what they cannot be without."""
        hidden = {ref for ref in refs if not self._sees_kind(ref.kind)}
        if self._rank + 1 < len(self.ontology.roles):
            for kind in {ref.kind for ref in refs}:
                keys = sorted(ref.key for ref in refs if ref.kind == kind)
                rows = await self.transaction.run(restricted_among(self.ontology, kind, keys))
                levels = cast("list[tuple[str, int]]", rows[0][0])
                hidden |= {NodeRef(kind, key) for key, level in levels if level > self._rank}
        return hidden

    def _sees_kind(self, kind: str) -> bool:
        return self.ontology.sees(self.viewer.role, self.ontology.node(kind).visible_to)

    @property
    def _rank(self) -> int:
        return self.ontology.roles.index(self.viewer.role)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turns what validation says into a refusal."""
    try:
        yield
    except BrokenRowError as error:
        problems = (
            Problem(ProblemCode.INVALID_VALUE, each.reason, each.column or None, each.value or None)
            for each in error.errors
        )
        raise Refusal(*problems) from error


def _check_spell(image: Mapping[str, Value]) -> None:
    first, last = image.get("since_first_day"), image.get("until_last_day")
    if isinstance(first, date) and isinstance(last, date) and first > last:
        raise Refusal(
            Problem(
                ProblemCode.INVALID_VALUE,
                f"It would end before it begins ({image['since']}).",
                "until",
                str(image["until"]),
            )
        )


def _partial(value: Value) -> PartialDate | None:
    return None if value is None else PartialDate.parse(str(value))
