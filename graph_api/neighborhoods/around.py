"""The neighbourhood of nodes: layer by layer, cut to a size by a stated rule.

Where a layer does not fit, its places are dealt out in turns: every node of the layer before gives one
neighbour in each turn, so that a hub gets no more than its share. A node gives its neighbours in this order:
those that rest on more sources first, then those with fewer links, which say more about it than hubs do,
then by kind and key. The same question on the same graph has the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph_api.neighborhoods.graph import Link, NodeId, View

LINKS_PER_NODE = 20
"""Links that are shown for each node that may be: drawings with more are not read by anybody."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a graph: nodes with their depth in the order in which they were reached, and links.

    ``within`` counts the nodes that there are within the depth, shown or not; ``links_within`` the links
    between those shown.
    """

    depths: Mapping[int, int]
    links: tuple[Link, ...]
    within: int
    links_within: int

    @property
    def truncated(self) -> bool:
        """Whether anything was left out for the size."""
        return len(self.depths) < self.within or len(self.links) < self.links_within

    def pieces(self) -> int:
        """Into how many pieces it falls, between which no link is shown."""
        return len({*Pieces(self.depths, self.links).roots()})


class Pieces:
    """Nodes put together by the links between them."""

    def __init__(self, nodes: Iterable[int], links: Iterable[Link] = ()) -> None:
        self._parents = {node: node for node in nodes}
        for link in links:
            self.join(link.source, link.target)

    def join(self, left: int, right: int) -> bool:
        """Put two nodes together; false when they were already."""
        a, b = self.root(left), self.root(right)
        self._parents[a] = b
        return a != b

    def root(self, node: int) -> int:
        """The node that stands for the piece that a node is in."""
        while (parent := self._parents[node]) != node:
            self._parents[node] = self._parents[parent]
            node = parent
        return node

    def roots(self) -> Iterator[int]:
        """The node that stands for the piece, of each node."""
        return map(self.root, tuple(self._parents))


def around(view: View, starts: Sequence[int], depth: int, most: int, kinds: frozenset[str] | None) -> Part:
    """What is within ``depth`` links of the starts, ``most`` nodes at most, each start among them.

    With ``kinds``, only nodes of these kinds are shown and walked through, beside the starts.
    """

    def allowed(node: int) -> bool:
        return kinds is None or view.graph.nodes[node][0] in kinds

    depths = dict.fromkeys(starts, 0)
    layer = list(depths)
    for distance in range(1, depth + 1):
        layer = list(_dealt(view, layer, depths, most - len(depths), allowed))
        depths |= dict.fromkeys(layer, distance)
    within = _count(view, starts, depth, allowed)
    links = list(_between(view, depths))
    kept = sorted(links, key=lambda link: max(depths[link.source], depths[link.target]))
    return Part(depths, tuple(kept[: most * LINKS_PER_NODE]), within, len(links))


def along(view: View, path: Sequence[int]) -> Iterator[Link]:
    """The links between each two nodes of a path, in its order."""
    for node, following in pairwise(path):
        yield from view.between(node, following)


def _dealt(
    view: View, layer: Sequence[int], known: Mapping[int, int], places: int, allowed: Callable[[int], bool]
) -> Iterator[int]:
    """The next layer, as many of it as there are places."""
    given: set[int] = set()
    queues = [iter(_ranked(view, node, known, allowed)) for node in layer]
    while queues and len(given) < places:
        left = []
        for queue in queues:
            if len(given) == places:
                return
            # What another node has given already does not cost this one its turn.
            found = next((each for each in queue if each not in given), None)
            if found is not None:
                given.add(found)
                yield found
                left.append(queue)
        queues = left


def _ranked(view: View, node: int, known: Mapping[int, int], allowed: Callable[[int], bool]) -> Sequence[int]:
    joins = view.joins(node)

    def rank(each: int) -> tuple[int, int, NodeId]:
        sources = {key for link in joins[each] for key in link.sources}
        return -len(sources), view.degree(each), view.graph.nodes[each]

    return sorted((each for each in joins if each not in known and allowed(each)), key=rank)


def _count(view: View, starts: Sequence[int], depth: int, allowed: Callable[[int], bool]) -> int:
    seen, layer = set(starts), set(starts)
    for _ in range(depth):
        layer = {each for node in layer for each in view.neighbors(node) if allowed(each)} - seen
        seen |= layer
    return len(seen)


def _between(view: View, nodes: Mapping[int, int]) -> Iterator[Link]:
    """The links between nodes, each once, in the order of the nodes."""
    for node in nodes:
        for neighbor, links in view.joins(node).items():
            if neighbor in nodes:
                yield from (link for link in links if link.source == node)
