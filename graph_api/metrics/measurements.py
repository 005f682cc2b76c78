"""Metrics of one version of the graph as one role sees it: computed once, shared, kept for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeAlias

from graph_api.changes.kept import KeptByVersion
from graph_api.metrics.declare import Choice, Measured
from graph_api.metrics.mesh import Effort, Mesh, mesh_of
from graph_api.metrics.names import Metric, Part
from graph_api.metrics.problem import Found, Problem
from graph_api.metrics.run import found_by_worker
from graph_api.neighborhoods.snapshot import Graphs

_LOG = logging.getLogger(__name__)
KEPT = 8
"""Meshes that are kept with what was found; one of 50,000 nodes takes about 50 MB."""
AT_ONCE = 2
"""Processes that compute at once."""
QUIET_SECONDS = 2.0
"""What is done sooner needs no word about how far it is."""
Compute: TypeAlias = "Callable[[Problem, Part], Awaitable[Found]]"


@dataclass(slots=True)
class Measurement:
    """A mesh, and what was found of it so far; each part is computed when it is first asked for."""

    mesh: Mesh
    compute: Compute
    _parts: dict[Part, asyncio.Task[Found]] = field(default_factory=dict)
    _by_key: dict[tuple[Metric, str], Mapping[str, float]] = field(default_factory=dict)

    async def part(self, part: Part) -> Found:
        """What was found; raises ``ComputationTimeoutError``.

        Whoever asks can give up without stopping what others wait for. What failed is tried anew.
        """
        task = self._parts.get(part)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.create_task(_task(self.compute(self.mesh.problem, part)))
            # Whoever waits gets the error; should nobody wait any more, it is no news.
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
            self._parts[part] = task
        return await asyncio.shield(task)

    async def values(self, metric: Metric) -> Sequence[float | None]:
        """The values of a metric, by the numbers of the nodes; raises as ``part`` does."""
        return (await self.part(metric.part)).values[metric]

    async def by_key(self, metric: Metric, kind: str) -> Mapping[str, float]:
        """The values of the nodes of a kind that have one, by key."""
        found = self._by_key.get((metric, kind))
        if found is None:
            pairs = zip(self.mesh.nodes, await self.values(metric), strict=True)
            found = {node[1]: value for node, value in pairs if node[0] == kind and value is not None}
            self._by_key[metric, kind] = found
        return found


async def _task(work: Awaitable[Found]) -> Found:
    return await work


class Measurements:
    """The measurements of a store, by version, role and mesh; the oldest are forgotten."""

    def __init__(
        self, measured: Measured, graphs: Graphs, seconds: float, effort: Effort | None = None
    ) -> None:
        self.measured = measured
        self.say: Callable[[str], None] = lambda _: None
        self._graphs = graphs
        self._seconds = seconds
        self._effort = effort or Effort()
        self._kept: KeptByVersion[Measurement] = KeptByVersion(KEPT)
        self._lane = asyncio.Semaphore(AT_ONCE)

    async def at(self, version: Hashable, role: str, choice: Choice) -> Measurement:
        """The measurement of a mesh; made anew where no version is known. Raises ``DatabaseError``."""
        return await self._kept.get(version, (role, choice), lambda: self._measurement(version, role, choice))

    async def _measurement(self, version: Hashable, role: str, choice: Choice) -> Measurement:
        graph = (await self._graphs.at(version, role)).graph
        mesh = await asyncio.to_thread(mesh_of, graph, choice, self.measured.groups, self._effort)
        return Measurement(mesh, self._compute)

    async def _compute(self, problem: Problem, part: Part) -> Found:
        async with self._lane:
            began = monotonic()

            def told(line: str) -> None:
                if monotonic() - began > QUIET_SECONDS:
                    _LOG.info("Computing metrics, %s", line)
                    self.say(f"Computing metrics, {line}")

            return await found_by_worker(problem, part, self._seconds, told)
