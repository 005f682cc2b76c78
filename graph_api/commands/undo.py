"""Taking a change back: everything that it touched as it was before, unless something depends on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import cast

from graph_api.changes import log
from graph_api.changes.images import image_of, merged, same
from graph_api.changes.items import (
    Applied,
    DropEdge,
    DropNode,
    Image,
    Item,
    NodeRef,
    Outcome,
    PutEdge,
    PutNode,
)
from graph_api.changes.portions import portions
from graph_api.changes.redirects import follow_redirect, remove_redirect
from graph_api.changes.statements import edge_images, node_images, same_ends
from graph_api.commands import reading
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft, StoredEdge
from graph_api.commands.problems import Problem, ProblemCode, Refusal


class UndoChange(Command, states_facts=False):
    """Take a change back. It stays in the history, and so does what took it back.

    Refused when later changes depend on it: they have to be taken back first.
    """

    number: int = argument("The number of the change.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the reverse of each of its items."""
        return await take_back(draft, self.number)

    @property
    def undoes(self) -> int | None:
        """The change that is taken back."""
        return self.number


def every_item(_item: Item) -> bool:
    """Take everything back."""
    return True


async def take_back(draft: Draft, number: int, wanted: Callable[[Item], bool] = every_item) -> NodeRef:
    """Put the reverse of a change into a draft, of its ``wanted`` items.

    Raises ``Refusal`` when that is not possible.
    """
    rows = await draft.transaction.run(log.header_of(number))
    level = draft.ontology.roles.index(draft.viewer.role)
    if not rows or cast(int, rows[0][4]) > level:
        raise Refusal(_problem(ProblemCode.NOT_FOUND, f"There is no change {number}.", number))
    if rows[0][2] is not None:
        text = f"Change {number} was taken back already, by change {rows[0][2]}."
        raise Refusal(_problem(ProblemCode.NOT_THERE, text, number, (cast(int, rows[0][2]),)))
    records = await draft.transaction.run(log.records_of(number))
    applied = [each for each in log.items_of(records) if wanted(each.item)]
    await _check_nothing_later(draft, number, applied)
    for each in reversed(applied):
        draft.put(_reverse(each))
        if each.outcome is Outcome.DROPPED and isinstance(each.item, DropNode):
            await _lead_back(draft, each.item.ref)
    draft.also.append(log.mark_undone(number, draft.number))
    undone = rows[0][3]
    if undone is not None:
        draft.also.append(log.mark_undone(cast(int, undone), None))
    return NodeRef(log.CHANGE, log.change_key(number))


async def _lead_back(draft: Draft, ref: NodeRef) -> None:
    """A node that was merged into another gets its key and its history back."""
    leads = await draft.transaction.run(follow_redirect(ref.kind, ref.key))
    if leads:
        draft.also += log.move_history_back(ref.kind, ref.key, str(leads[0][0]))
        draft.also += remove_redirect(ref.kind, ref.key)


def _reverse(each: Applied) -> Item:
    item = each.item
    if isinstance(item, PutNode | DropNode):
        if each.before is None:
            return DropNode(item.ref)
        return PutNode(item.ref, each.before)
    ends = (item.edge, item.key, item.source, item.target)
    return DropEdge(*ends) if each.before is None else PutEdge(*ends, each.before)


async def _check_nothing_later(draft: Draft, number: int, applied: Sequence[Applied]) -> None:
    """Everything has to be as the change left it, and what it created may have no other edges."""
    left = await _images(draft, applied)
    differing = [each for each in applied if not _is_as_left(each, left.get(_identity(each)))]
    mine = {_identity(each) for each in applied}
    created: dict[str, dict[str, Applied]] = defaultdict(dict)
    for each in applied:
        if each.outcome is Outcome.CREATED and isinstance(each.item, PutNode):
            created[each.item.ref.kind][each.item.ref.key] = each
    for kind, by_key in created.items():
        for edge in await edges_of(draft, kind, list(by_key)):
            if (edge.edge, edge.source.key, edge.target.key, edge.key) not in mine:
                differing += [by_key[ref.key] for ref in (edge.source, edge.target) if ref.key in by_key]
    if differing:
        later = await _later_changes(draft, number, differing)
        named = sorted({str(_first_node(each)) for each in differing})
        told = ", ".join(map(str, later)) or "some that you may not see"
        text = f"Later changes depend on change {number}: {told}"
        raise Refusal(
            Problem(
                ProblemCode.DEPENDED_ON,
                f"{text}. They touch {', '.join(named[:5])}.",
                "number",
                str(number),
                remedy="Take those back first, the last one before the others.",
                changes=tuple(later),
            )
        )


async def edges_of(draft: Draft, kind: str, keys: Sequence[str]) -> list[StoredEdge]:
    """Every edge of these nodes but those of the history; raises the errors of ``DatabaseError``."""
    types = {edge.type: name for name, edge in draft.ontology.edges.items()}
    found: dict[object, StoredEdge] = {}
    for portion in portions(keys):
        rows = await draft.transaction.run(reading.all_edges(kind, portion, log.TOUCHED))
        for name, source_kind, source, target_kind, target, key, properties in cast(
            "list[list[str]]", rows[0][0]
        ):
            ends = NodeRef(source_kind, source), NodeRef(target_kind, target)
            found[name, *ends, key] = StoredEdge(types[name], key, *ends, image_of(properties))
    return list(found.values())


async def _images(draft: Draft, applied: Sequence[Applied]) -> dict[object, Image]:
    """What is stored now of everything that a change touched."""
    found: dict[object, Image] = {}
    nodes: dict[str, list[NodeRef]] = defaultdict(list)
    edges: dict[tuple[str, str, str], list[PutEdge | DropEdge]] = defaultdict(list)
    for each in applied:
        if isinstance(each.item, PutEdge | DropEdge):
            edges[same_ends(each.item)].append(each.item)
        else:
            nodes[each.item.ref.kind].append(each.item.ref)
    for kind, refs in nodes.items():
        rows = await draft.transaction.run(node_images(kind, [ref.key for ref in refs]))
        for key, properties in cast("list[list[object]]", rows[0][0]):
            found[NodeRef(kind, str(key))] = image_of(properties)
    for (name, _, _), items in edges.items():
        rows = await draft.transaction.run(edge_images(draft.ontology.edges[name], items))
        by_key = {str(key): properties for key, properties in cast("list[list[object]]", rows[0][0])}
        for item in items:
            if item.key in by_key:
                found[name, item.source.key, item.target.key, item.key] = image_of(by_key[item.key])
    return found


def _is_as_left(each: Applied, now: Image | None) -> bool:
    if each.after is None:
        return now is None
    if now is None:
        return False
    left = merged(None, each.after) if each.outcome is Outcome.CREATED else each.after
    if each.outcome is Outcome.CREATED and left.keys() != now.keys():
        return False
    return not [name for name, value in left.items() if not same(now.get(name), value)]


def _identity(each: Applied) -> object:
    item = each.item
    if isinstance(item, PutEdge | DropEdge):
        return item.edge, item.source.key, item.target.key, item.key
    return item.ref


def _first_node(each: Applied) -> NodeRef:
    return each.item.source if isinstance(each.item, PutEdge | DropEdge) else each.item.ref


async def _later_changes(draft: Draft, number: int, differing: Sequence[Applied]) -> list[int]:
    nodes: dict[str, set[str]] = defaultdict(set)
    for each in differing:
        ref = _first_node(each)
        nodes[ref.kind].add(ref.key)
    found: set[int] = set()
    for kind, keys in nodes.items():
        level = draft.ontology.roles.index(draft.viewer.role)
        rows = await draft.transaction.run(log.changes_since(number, kind, sorted(keys), level))
        found.update(cast("list[int]", rows[0][0]))
    return sorted(found - {draft.number})


def _problem(code: ProblemCode, text: str, number: int, changes: tuple[int, ...] = ()) -> Problem:
    return Problem(code, text, "number", str(number), changes=changes)
