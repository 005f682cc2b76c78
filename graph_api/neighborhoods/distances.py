"""What the best ways to a node cost, counted back from it layer by layer, as far as is asked."""

from __future__ import annotations

from typing import TypeAlias

from graph_api.neighborhoods.graph import View

Cost: TypeAlias = "tuple[int, int]"
"""Links, and the links that the inner nodes have: fewer of either are better, the first decides."""


class Distances:
    """The cost of the best way to ``end`` from every node that was reached so far."""

    def __init__(self, view: View, end: int) -> None:
        self._view = view
        self._end = end
        self._layer: list[int] = [end]
        self._radius = 0
        self.costs: dict[int, Cost] = {end: (0, 0)}

    @property
    def finished(self) -> bool:
        """Whether everything that there is a way from was reached."""
        return not self._layer

    def reach(self, radius: int) -> None:
        """Make sure of all nodes within so many links."""
        while self._radius < radius and self._layer:
            self._radius += 1
            self._next()

    def _next(self) -> None:
        costs, reached = self.costs, dict[int, int]()
        for node in self._layer:
            passed = costs[node][1] + (self._view.degree(node) if node != self._end else 0)
            for neighbor in self._view.neighbors(node):
                if neighbor not in costs and passed < reached.get(neighbor, passed + 1):
                    reached[neighbor] = passed
        for node, passed in reached.items():
            costs[node] = (self._radius, passed)
        self._layer = list(reached)
