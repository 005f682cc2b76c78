"""An edit in one transaction: what is stored, what is checked, and the log of it.

Items come in any number of portions, so that a file of any size needs bounded memory: of all that was
written only keys are kept until the end, to check what can be checked there alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from graph_api.changes import log, statements
from graph_api.changes.audience import level_of, needs_others, restricted_among, way_to_dependents
from graph_api.changes.checks import Checks
from graph_api.changes.images import as_text, difference, image_of, merged
from graph_api.changes.items import (
    Applied,
    DropEdge,
    DropNode,
    Header,
    Image,
    Item,
    NodeRef,
    Outcome,
    PutEdge,
    PutNode,
    Violation,
    Written,
)
from graph_api.changes.portions import portions
from graph_api.changes.version import raise_version, read_version, set_restricted, version_of
from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Transaction
from graph_api.errors import DatabaseError
from graph_api.ontology import Ontology
from graph_api.ontology.model import RESTRICTED_LEVEL
from graph_api.values import Value

LINES = 20
"""How many relations a change tells of at each node that it touched; it counts the others."""

Part = TypeVar("Part")


@dataclass(slots=True)
class Writing:
    """One change in the making; ``open`` it, ``write`` to it, ``close`` it, all in one transaction."""

    transaction: Transaction
    ontology: Ontology
    number: int
    checks: Checks
    _counts: Counter[Outcome] = field(default_factory=Counter)
    _parts: int = 0
    _level: int = 0
    _linked: set[NodeRef] = field(default_factory=set)
    _lines: dict[NodeRef, list[str]] = field(default_factory=lambda: defaultdict(list))
    _relations: Counter[NodeRef] = field(default_factory=Counter)
    _restricted: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    async def open(cls, transaction: Transaction, ontology: Ontology, header: Header) -> Writing:
        """Begin a change. It raises the version first, so that from here on it is the only writer."""
        rows = await transaction.run(raise_version())
        number = cast(int, rows[0][0])
        await transaction.run(log.open_change(number, header))
        checks = Checks(transaction, ontology)
        checks.sources_named(header.sources, None)
        return cls(transaction, ontology, number, checks)

    @property
    def differs(self) -> bool:
        """Whether anything is other than it was."""
        return sum(self._counts.values()) > self._counts[Outcome.UNCHANGED]

    async def write(self, items: Sequence[Item]) -> list[Applied]:
        """Store items and say what became of each, in an order of its own.

        Edges are dropped before nodes are, and nodes stored before edges. An item that cannot be stored
        becomes a violation of ``checks``, and is in no list.
        """
        done: list[Applied] = []
        for batch in _batches(_of(items, DropEdge), statements.same_ends):
            done += await self._drop_edges(batch)
        for dropped in _batches(_of(items, DropNode), lambda each: each.ref.kind):
            done += await self._drop_nodes(dropped)
        for round_ in _rounds(_of(items, PutNode), lambda each: each.ref):
            for nodes in _batches(round_, lambda each: each.ref.kind):
                done += await self._put_nodes(nodes)
        for turn in _rounds(_of(items, PutEdge), lambda each: (*statements.same_ends(each), each.key)):
            for edges in _batches(turn, statements.same_ends):
                done += await self._put_edges(edges)
        await self._log(done)
        return done

    async def close(self) -> Written:
        """Check what only the whole can tell, and finish the log. Look at ``checks.violations`` after it."""
        await self.checks.finish()
        await self._link_relations()
        await self._keep_restricted()
        effects = sum(self._counts.values()) - self._counts[Outcome.UNCHANGED]
        await self._run(log.close_change(self.number, effects, self._level))
        return Written(
            self.number if effects else None,
            self._counts[Outcome.CREATED],
            self._counts[Outcome.CHANGED],
            self._counts[Outcome.UNCHANGED],
            self._counts[Outcome.DROPPED],
        )

    async def _put_nodes(self, items: Sequence[PutNode]) -> list[Applied]:
        kind = items[0].ref.kind
        before = await self._images(statements.node_images(kind, [each.ref.key for each in items]))
        done = []
        for item in items:
            known = before.get(item.ref.key)
            done.append(_compared(item, known, {} if item.mention and known else item.properties))
        for outcome in (Outcome.CREATED, Outcome.CHANGED):
            stored = {
                cast(PutNode, each.item).ref.key: each.after or {} for each in done if each.outcome is outcome
            }
            statement = (
                statements.create_nodes(kind, list(stored.values()))
                if outcome is Outcome.CREATED
                else statements.change_nodes(kind, list(stored.items()))
            )
            if stored and await self._keys(statement) != stored.keys():
                raise DatabaseError(f"The database did not store every {kind}.")
        if needs_others(self.ontology, kind):
            await self._see(done)
        self.checks.nodes_written(done)
        return done

    async def _put_edges(self, items: Sequence[PutEdge]) -> list[Applied]:
        edge = self.ontology.edges[items[0].edge]
        before = await self._images(statements.edge_images(edge, items))
        done = [_compared(item, before.get(item.key), item.properties) for item in items]
        new = [each for each in done if each.outcome is Outcome.CREATED]
        if new:
            put = [cast(PutEdge, each.item) for each in new]
            stored = await self._keys(statements.create_edges(edge, put, [each.after or {} for each in new]))
            lacking = [each for each in put if each.key not in stored]
            if lacking:
                await self.checks.ends_lacking(lacking)
            done = [each for each in done if each.outcome is not Outcome.CREATED or _key(each) in stored]
        changed = [each for each in done if each.outcome is Outcome.CHANGED]
        if changed:
            put = [cast(PutEdge, each.item) for each in changed]
            changes = [each.after or {} for each in changed]
            await self._keys(statements.change_edges(edge, put, changes))
        await self._see(done)
        self.checks.edges_written(done)
        return done

    async def _drop_edges(self, items: Sequence[DropEdge]) -> list[Applied]:
        edge = self.ontology.edges[items[0].edge]
        before = await self._images(statements.edge_images(edge, items))
        done = [_dropped(item, before.get(item.key)) for item in items]
        await self._run(statements.drop_edges(edge, items))
        await self._see(done)
        self.checks.edges_dropped(items)
        return done

    async def _drop_nodes(self, items: Sequence[DropNode]) -> list[Applied]:
        kind = items[0].ref.kind
        keys = [each.ref.key for each in items]
        before = await self._images(statements.node_images(kind, keys))
        used = await self._keys(statements.with_edges(kind, keys, log.TOUCHED))
        for item in items:
            if item.ref.key in used:
                reason = f"other nodes are related to the {item.ref}"
                self.checks.violations.append(Violation(item, "", item.ref.key, reason))
        free = [item for item in items if item.ref.key not in used]
        await self._run(statements.drop_nodes(kind, [each.ref.key for each in free]))
        return [_dropped(item, before.get(item.ref.key)) for item in free]

    async def _see(self, done: Sequence[Applied]) -> None:
        """A change is seen by whoever sees the nodes that it is about, of an edge both of its ends."""
        about: dict[str, set[str]] = defaultdict(set)
        for each in done:
            if each.outcome is not Outcome.UNCHANGED:
                item = each.item
                refs = statements.refs(item) if isinstance(item, PutEdge | DropEdge) else (item.ref,)
                for ref in refs:
                    about[ref.kind].add(ref.key)
        if self._level + 1 < len(self.ontology.roles):
            for kind, keys in about.items():
                rows = await self.transaction.run(restricted_among(self.ontology, kind, sorted(keys)))
                found = cast("list[tuple[str, int]]", rows[0][0])
                self._level = max([self._level, *(level for _, level in found)])

    async def _log(self, done: Sequence[Applied]) -> None:
        self._counts.update(each.outcome for each in done)
        effects = [each for each in done if each.outcome is not Outcome.UNCHANGED]
        for start in range(0, len(effects), log.PART):
            part = effects[start : start + log.PART]
            await self._run(log.write_record(self.number, self._parts, part))
            self._parts += 1
        for each in effects:
            if isinstance(each.item, PutNode) and RESTRICTED_LEVEL in {
                **(each.before or {}),
                **(each.after or {}),
            }:
                level = cast(int, (each.after or {}).get(RESTRICTED_LEVEL) or 0)
                self._restricted[each.item.ref.kind][each.item.ref.key] = level
            self._level = max(self._level, level_of(self.ontology, each))
            if isinstance(each.item, PutEdge | DropEdge):
                self._tell_ends(each, each.item)
        nodes = [each for each in effects if isinstance(each.item, PutNode)]
        for batch in _batches(nodes, lambda each: cast(PutNode, each.item).ref.kind):
            await self._link_nodes(batch)

    def _tell_ends(self, each: Applied, item: PutEdge | DropEdge) -> None:
        line = f"{each.outcome.value} {item.edge} {item.key}"
        for ref in statements.refs(item):
            self._relations[ref] += 1
            if len(self._lines[ref]) < LINES:
                self._lines[ref].append(line)

    async def _link_nodes(self, effects: Sequence[Applied]) -> None:
        """Link the change to nodes of one kind whose own properties it set."""
        shown = {cast(PutNode, each.item).ref: self._shown(each) for each in effects}
        await self._touch({ref: each for ref, each in shown.items() if ref not in self._linked}, again=False)
        await self._touch({ref: each for ref, each in shown.items() if ref in self._linked}, again=True)
        self._linked.update(shown)

    def _shown(self, each: Applied) -> dict[str, Value]:
        declared = {found.name for found in self.ontology.node(cast(PutNode, each.item).ref.kind).properties}
        before, after = (_only(image, declared) for image in (each.before, each.after))
        return {"before": as_text(before), "after": as_text(after)}

    async def _link_relations(self) -> None:
        told = {
            ref: {"relations": list[Value](lines), "related": self._relations[ref]}
            for ref, lines in self._lines.items()
        }
        for batch in _batches(list(told), lambda ref: (ref.kind, ref in self._linked)):
            again = batch[0] in self._linked
            await self._touch({ref: cast("dict[str, Value]", told[ref]) for ref in batch}, again=again)

    async def _keep_restricted(self) -> None:
        """Keep up which kinds hold restricted nodes, and hide the history of those that now are."""
        if not self._restricted:
            return
        version = version_of(await self.transaction.run(read_version()))
        kinds = set(version.restricted if version else ())
        for kind, levels in self._restricted.items():
            for level in sorted(set(levels.values()) - {0}):
                keys = [key for key, found in levels.items() if found == level]
                await self._run(log.hide_history(kind, keys, level, way_to_dependents(self.ontology)))
            rows = await self.transaction.run(statements.restricted_nodes(kind))
            kinds = kinds | {kind} if rows[0][0] else kinds - {kind}
        await self._run(set_restricted(kinds))

    async def _touch(self, shown: dict[NodeRef, dict[str, Value]], *, again: bool) -> None:
        if shown:
            kind = next(iter(shown)).kind
            nothing: dict[str, Value] = {"synthetic": False, "sources": [], "related": 0, "relations": []}
            new = {} if again else nothing
            rows = [(ref.key, {**new, **properties}) for ref, properties in shown.items()]
            statement = log.touch_again if again else log.touch
            await self._run(statement(self.number, kind, rows))

    async def _images(self, statement: Statement) -> dict[str, Image]:
        rows = await self.transaction.run(statement)
        return {str(key): image_of(found) for key, found in cast("list[list[object]]", rows[0][0])}

    async def _keys(self, statement: Statement) -> set[str]:
        rows = await self.transaction.run(statement)
        return {str(key) for key in cast("list[object]", rows[0][0])}

    async def _run(self, statement: Statement) -> None:
        await self.transaction.run(statement)


def _compared(item: PutNode | PutEdge, before: Image | None, properties: Image) -> Applied:
    after = merged(before, properties)
    if before is None:
        return Applied(item, Outcome.CREATED, None, after)
    was, now = difference(before, after)
    return Applied(item, Outcome.CHANGED if now else Outcome.UNCHANGED, was, now)


def _dropped(item: DropNode | DropEdge, before: Image | None) -> Applied:
    return Applied(item, Outcome.UNCHANGED if before is None else Outcome.DROPPED, before, None)


def _key(each: Applied) -> str:
    return cast(PutEdge, each.item).key


def _only(image: Image | None, names: set[str]) -> Image | None:
    return None if image is None else {name: value for name, value in image.items() if name in names}


def _of(items: Sequence[Item], kind: type[Part]) -> list[Part]:
    return [each for each in items if isinstance(each, kind)]


def _batches(items: Sequence[Part], alike: Callable[[Part], Hashable]) -> Iterator[Sequence[Part]]:
    """The items in portions that one statement takes: those that are alike, in their order."""
    groups: dict[Hashable, list[Part]] = defaultdict(list)
    for item in items:
        groups[alike(item)].append(item)
    for group in groups.values():
        yield from portions(group)


def _rounds(items: Sequence[Part], identity: Callable[[Part], Hashable]) -> Iterator[list[Part]]:
    """The items in rounds, in each of which no identity stands twice: later items see earlier ones."""
    seen: Counter[Hashable] = Counter()
    rounds: list[list[Part]] = []
    for item in items:
        number = seen[identity(item)]
        seen[identity(item)] += 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(item)
    yield from rounds
