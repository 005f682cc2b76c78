"""The simple mesh as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy
from numpy.typing import NDArray

Integers: TypeAlias = "NDArray[numpy.int64]"
Floats: TypeAlias = "NDArray[numpy.float64]"


def adjacency(nodes: int, pairs: Sequence[tuple[int, int]]) -> tuple[Integers, Integers]:
    """Where the neighbours of each node begin, and all neighbours one after the other, in their order."""
    joined = numpy.array(pairs, dtype=numpy.int64).reshape(-1, 2)
    sources = numpy.concatenate((joined[:, 0], joined[:, 1]))
    targets = numpy.concatenate((joined[:, 1], joined[:, 0]))
    order = numpy.lexsort((targets, sources))
    counts = numpy.bincount(sources, minlength=nodes)
    starts = numpy.concatenate((numpy.zeros(1, dtype=numpy.int64), numpy.cumsum(counts, dtype=numpy.int64)))
    return starts, targets[order]
