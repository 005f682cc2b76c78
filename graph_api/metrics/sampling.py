"""Distances and dependencies of some nodes of a connected mesh, layer by layer in arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy

from graph_api.metrics.arrays import Floats, Integers

_TOLD_EVERY = 25


@dataclass(frozen=True, slots=True)
class Sampled:
    """For each node the sums, over the sample, of its distances and of the dependencies on it, and of their
    squares.
    """

    distances: Floats
    distance_squares: Floats
    dependencies: Floats
    dependency_squares: Floats


def sampled(starts: Integers, neighbors: Integers, chosen: Integers, say: Callable[[str], None]) -> Sampled:
    """The sums over the chosen nodes (Brandes, Journal of Mathematical Sociology 25, 163, 2001)."""
    found = Sampled(*(numpy.zeros(len(starts) - 1) for _ in range(4)))
    for number, node in enumerate(chosen.tolist(), 1):
        layers, distance, paths = _layers(starts, neighbors, node)
        dependency = _dependencies(layers, paths, node)
        found.distances.__iadd__(distance)
        found.distance_squares.__iadd__(distance**2)
        found.dependencies.__iadd__(dependency)
        found.dependency_squares.__iadd__(dependency**2)
        if number % _TOLD_EVERY == 0:
            say(f"distances: node {number} of a sample of {len(chosen)}")
    return found


Steps = tuple[Integers, Integers]


def _layers(starts: Integers, neighbors: Integers, node: int) -> tuple[list[Steps], Floats, Floats]:
    """The steps from each layer to the next, how far each node is, and how many shortest paths lead there."""
    count = len(starts) - 1
    distance, paths = numpy.full(count, -1.0), numpy.zeros(count)
    distance[node], paths[node] = 0, 1
    layer = numpy.array([node], dtype=numpy.int64)
    layers: list[Steps] = []
    while True:
        begins, counts = starts[layer], starts[layer + 1] - starts[layer]
        sources = numpy.repeat(layer, counts)
        places = numpy.arange(len(sources)) + numpy.repeat(begins - numpy.cumsum(counts) + counts, counts)
        targets = neighbors[places]
        # What the layer reaches first is the next layer; all steps there lie on shortest paths.
        fresh = distance[targets] < 0
        sources, targets = sources[fresh], targets[fresh]
        if not len(targets):
            return layers, distance, paths
        layers.append((sources, targets))
        distance[targets] = len(layers)
        numpy.add.at(paths, targets, paths[sources])
        layer = numpy.unique(targets)


def _dependencies(layers: list[Steps], paths: Floats, node: int) -> Floats:
    """How many of the shortest paths from the node lead through each other one, as a sum of shares."""
    dependency = numpy.zeros(len(paths))
    for sources, targets in reversed(layers):
        share = paths[sources] / paths[targets] * (1 + dependency[targets])
        numpy.add.at(dependency, sources, share)
    dependency[node] = 0
    return dependency
