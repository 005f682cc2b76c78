"""Who stands between groups: the participation coefficient over the groups of those with whom one shares.

Two nodes share a node when both are linked with it. A shared node counts as one, spread evenly over the
others of groups that are linked with it (Newman, Physical Review E 64, 016132, 2001), so that a crowd weighs
no more than a committee. Whoever belongs to several groups counts for each by an equal share. With ``s_g``
for what is shared with a group and ``s`` for the sum, it is ``1 - sum((s_g / s) ** 2)`` (Guimerà and
Amaral, Nature 433, 895, 2005). A direct link to somebody of a group counts as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy

from graph_api.metrics.arrays import Floats, Integers, adjacency

_NOTHING = 1e-12
"""Less than this is what rounding leaves of nothing."""


def brokerage(
    nodes: int, pairs: Sequence[tuple[int, int]], groups: Mapping[int, Sequence[int]]
) -> list[float | None]:
    """The coefficient of each node; nothing where it shares nothing with anybody of a group."""
    starts, others = adjacency(nodes, pairs)
    selves = numpy.repeat(numpy.arange(nodes), numpy.diff(starts))
    total, squares = numpy.zeros(nodes), numpy.zeros(nodes)
    spread = _spread(nodes, selves, others, groups)
    for share in _shares(nodes, groups):
        # What each node's neighbours belong to this group, itself left out where it is one of them.
        among = numpy.bincount(selves, weights=share[others], minlength=nodes)
        each = share[others] + (among[others] - share[selves]) * spread
        shared = numpy.bincount(selves, weights=each, minlength=nodes)
        total += shared
        squares += shared**2
    known = total > _NOTHING
    values = 1 - squares / numpy.where(known, total, 1) ** 2
    # Rounding could leave less than nothing.
    return [
        max(0.0, value) if is_known else None for value, is_known in zip(values.tolist(), known, strict=True)
    ]


def _shares(nodes: int, groups: Mapping[int, Sequence[int]]) -> Iterator[Floats]:
    """For each group, by how much each node belongs to it."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for node, found in groups.items():
        for group in found:
            members[group].append(node)
    for _, found in sorted(members.items()):
        share = numpy.zeros(nodes)
        share[found] = [1 / len(groups[node]) for node in found]
        yield share


def _spread(nodes: int, selves: Integers, others: Integers, groups: Mapping[int, Sequence[int]]) -> Floats:
    """For each way from a node to another one, what each of those who share that one with it gets of it."""
    grouped = numpy.zeros(nodes)
    grouped[[node for node, found in groups.items() if found]] = 1
    sharing = numpy.bincount(selves, weights=grouped[others], minlength=nodes)[others] - grouped[selves]
    spread: Floats = numpy.where(sharing > 0, 1 / numpy.maximum(sharing, 1), 0.0)
    return spread
