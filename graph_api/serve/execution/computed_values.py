"""Computed values for statements: the metrics of what the viewer sees, by key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

from graph_api.errors import InternalError
from graph_api.metrics.declare import Choice
from graph_api.metrics.measurements import Measurement, Measurements
from graph_api.metrics.names import METRICS
from graph_api.plan.computed import with_computed
from graph_api.plan.given import Variables
from graph_api.plan.root import PlannedField

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime


async def computed_for(runtime: Runtime, role: str, planned: PlannedField, variables: Variables) -> Variables:
    """The variables with the values that a plan has to be given; raises what computing them raises."""
    measured = measurements_of(runtime).measured
    values: dict[str, Mapping[str, float]] = {}
    for each in planned.computed:
        day = cast("date | None", each.day.value(variables)) if each.day else None
        choice = measured.choice(None, None, day.isoformat() if day else None)
        measurement, _ = await measurement_of(runtime, role, choice)
        values[each.name] = await measurement.by_key(METRICS[each.computed.name], each.computed.kind)
    return with_computed(variables, values)


async def measurement_of(runtime: Runtime, role: str, choice: Choice) -> tuple[Measurement, int | None]:
    """What a role sees of a part of the current version of the graph, measured, and that version.

    Raises the errors of ``DatabaseError``.
    """
    version = await runtime.versions.certain()
    known = (version.graph, version.number) if version else None
    found = await measurements_of(runtime).at(known, role, choice)
    return found, version.number if version else None


def measurements_of(runtime: Runtime) -> Measurements:
    """What a runtime measures."""
    if runtime.measurements is None:
        raise InternalError("This server measures nothing.")
    return runtime.measurements
