"""What the questions about neighbourhoods and paths ask for, checked, and their answers in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar, cast

from graph_api.errors import AmbiguousKeyError, InvalidArgumentError, LimitExceededError, UnknownKeyError
from graph_api.neighborhoods.around import Part, along, around
from graph_api.neighborhoods.graph import Graph, Link, NodeId, View
from graph_api.neighborhoods.joining import joined
from graph_api.neighborhoods.reading import walked_kinds
from graph_api.neighborhoods.snapshot import Snapshot
from graph_api.neighborhoods.ways import Way, ways
from graph_api.ontology.model import Ontology
from graph_api.plan.redirects import Redirects
from graph_api.serve.execution.context import ROLE, RUNTIME

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

MOST_DEPTH, MOST_NODES, MOST_STARTS = 4, 1000, 20
MOST_LENGTH, MOST_PATHS, MOST_ENDS = 10, 50, 10
"""The largest questions that are answered; what is larger is a typed error that names the limit."""
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Looked:
    """Through what a question looks: these relations, or all of them, on a day, or at any time."""

    relations: frozenset[str] | None
    day: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of a graph as an answer, with the view that it was found in."""

    view: View
    part: Part


@dataclass(frozen=True, slots=True)
class Walked:
    """A path as an answer."""

    view: View
    way: Way

    @property
    def nodes(self) -> list[NodeId]:
        """The nodes along it."""
        return [self.view.graph.nodes[node] for node in self.way.nodes]

    @property
    def links(self) -> list[Link]:
        """The links between each two of them."""
        return list(along(self.view, self.way.nodes))


async def neighborhood_of(
    context: Mapping[str, object],
    keys: Sequence[str],
    looked: Looked,
    *,
    depth: int,
    kinds: frozenset[str] | None,
    most: int,
) -> Drawn:
    """What is around nodes; raises ``InvalidArgumentError`` and ``DatabaseError``, and their kinds."""
    _within("depth", depth, 1, MOST_DEPTH)
    _within("maxNodes", most, 1, MOST_NODES)
    known = await _known(context, len(keys), 1, MOST_STARTS)
    starts = known.all(keys)
    if len(starts) > most:
        raise InvalidArgumentError(
            f"'maxNodes' is {most}, and {len(starts)} nodes are asked for.", argument="maxNodes", value=most
        )
    view = known.snapshot.view(looked.relations, looked.day)
    return Drawn(view, await _thread(lambda: around(view, starts, depth, most, kinds)))


async def paths_of(
    context: Mapping[str, object], start: str, end: str, looked: Looked, *, longest: int, first: int
) -> list[Walked]:
    """The best ways from one node to another; raises as ``neighborhood_of`` does."""
    _within("maxLength", longest, 1, MOST_LENGTH)
    _within("first", first, 0, MOST_PATHS)
    known = await _known(context)
    a, b = known.one(start, "from"), known.one(end, "to")
    if a == b:
        raise InvalidArgumentError(
            f"'from' and 'to' are the same node: '{end[:80]}'.", argument="to", value=end[:80]
        )
    view = known.snapshot.view(looked.relations, looked.day)
    found = await _thread(lambda: list(islice(ways(view, a, b, longest), first)))
    return [Walked(view, each) for each in found]


async def connection_of(
    context: Mapping[str, object], keys: Sequence[str], looked: Looked, *, longest: int
) -> Drawn:
    """How nodes are joined; raises as ``neighborhood_of`` does."""
    _within("maxLength", longest, 1, MOST_LENGTH)
    known = await _known(context, len(keys), 2, MOST_ENDS)
    ends = known.all(keys)
    if len(ends) < 2:
        raise InvalidArgumentError(
            "'keys' names one node only.", remedy="Name at least two.", argument="keys", value=keys[0][:80]
        )
    view = known.snapshot.view(looked.relations, looked.day)
    return Drawn(view, await _thread(lambda: joined(view, ends, longest)))


@dataclass(frozen=True, slots=True)
class _Known:
    """The graph that the viewer sees, and how keys are found in it."""

    snapshot: Snapshot
    ontology: Ontology
    redirects: Redirects

    def all(self, keys: Sequence[str]) -> list[int]:
        """The nodes with these keys, each once."""
        return list(dict.fromkeys(self.one(key, "keys") for key in keys))

    def one(self, text: str, argument: str) -> int:
        """The node with a key, or with ``Kind:KEY``; an old key leads to where it redirects."""
        graph = self.snapshot.graph
        found = self._candidates(graph, text)
        if len(found) == 1:
            return graph.positions[found[0]]
        if found:
            kinds = ", ".join(sorted(kind for kind, _ in found))
            raise AmbiguousKeyError(
                f"Several kinds have the key '{text[:80]}': {kinds}.",
                remedy="Put the kind in front, as Kind:KEY.",
                argument=argument,
                value=text[:80],
            )
        raise UnknownKeyError(
            f"Nothing that can be walked from has the key '{text[:80]}'.",
            remedy="Ask for the key of a node, or for Kind:KEY.",
            argument=argument,
            value=text[:80],
        )

    def _candidates(self, graph: Graph, text: str) -> list[NodeId]:
        kinds = [kind.name for kind in walked_kinds(self.ontology)]
        name, separator, key = text.partition(":")
        if separator and name in kinds:
            kinds, text = [name], key
        each = ((kind, self.redirects.key(kind, text)) for kind in kinds)
        return [node for node in each if node in graph.positions]


async def _known(context: Mapping[str, object], given: int = 2, least: int = 2, most: int = 2) -> _Known:
    """The graph of the version that there is now, as the viewer sees it, for so many keys."""
    if given > most:
        raise LimitExceededError(
            f"'keys' has {given} keys; {most} are the most.",
            argument="keys",
            limit_name="keys",
            value=given,
            limit=most,
        )
    if given < least:
        raise InvalidArgumentError(
            f"'keys' has {given} keys; {least} are the least.", argument="keys", value=given
        )
    runtime = cast("Runtime", context[RUNTIME])
    ontology = runtime.vocabulary.ontology
    role = cast(str, context.get(ROLE, ontology.public))
    version = await runtime.versions.certain()
    snapshot = await runtime.graphs.at((version.graph, version.number) if version else None, role)
    return _Known(snapshot, ontology, runtime.versions.redirects)


def _within(name: str, value: int, least: int, most: int) -> None:
    if value > most:
        raise LimitExceededError(
            f"'{name}' is {value}; it goes to {most}.",
            argument=name,
            limit_name=name,
            value=value,
            limit=most,
        )
    if value < least:
        raise InvalidArgumentError(f"'{name}' is {value}; it begins at {least}.", argument=name, value=value)


async def _thread(work: Callable[[], Answer]) -> Answer:
    """Do it beside the loop, so that other requests go on."""
    return await asyncio.to_thread(work)
