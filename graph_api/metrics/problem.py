"""What is given to the computation and what it gives back, as JSON between two processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import orjson

from graph_api.metrics.names import Metric, Part


@dataclass(frozen=True, slots=True)
class Problem:
    """A mesh in numbers: how many nodes, the links from one to another, the groups of each node.

    No link joins a node with itself. ``groups`` holds, for nodes that belong to any, the numbers of their
    groups. ``exact_work`` is the most work, in nodes times nodes and links of a component, for which
    distances are not estimated; beyond it ``samples`` nodes stand for all. ``runs`` is how often communities
    are looked for.
    """

    nodes: int
    links: Sequence[tuple[int, int]]
    groups: Mapping[int, Sequence[int]]
    exact_work: int
    samples: int
    runs: int

    def encoded(self, part: Part) -> bytes:
        """The text for the other process."""
        groups = [[node, list(found)] for node, found in self.groups.items()]
        return orjson.dumps(
            [part.value, self.nodes, self.links, groups, self.exact_work, self.samples, self.runs]
        )


def decoded(text: bytes) -> tuple[Part, Problem]:
    """What ``encoded`` wrote."""
    part, nodes, links, groups, exact_work, samples, runs = orjson.loads(text)
    problem = Problem(nodes, links, {int(node): found for node, found in groups}, exact_work, samples, runs)
    return Part(part), problem


@dataclass(frozen=True, slots=True)
class Found:
    """Values by metric and node; figures about all, by name: each only where there is one."""

    values: Mapping[Metric, Sequence[float | None]]
    figures: Mapping[str, float]

    def encoded(self) -> bytes:
        """The text for the other process."""
        return orjson.dumps([{metric.value: values for metric, values in self.values.items()}, self.figures])

    @classmethod
    def of(cls, text: bytes) -> Found:
        """What ``encoded`` wrote."""
        values, figures = orjson.loads(text)
        named = {Metric(name): tuple(each) for name, each in values.items()}
        return cls(named, cast("Mapping[str, float]", figures))
