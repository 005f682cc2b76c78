"""What was changed."""

from __future__ import annotations

from graph_api.ontology import Edge, many, prop
from schema.kinds.change import Change
from schema.kinds.entity import Entity


class Changed(
    Edge[Change, Entity],
    forward=many("entities", "All that it touched and that still exists."),
    backward=many("changes", "The changes that touched it or one of its relations."),
    dated=False,
):
    """A change touched something: its own properties, or relations of it."""

    before: str | None = prop(
        "Its properties that differ, as they were: a JSON object; empty when it was new.",
        default=None,
        filtered=False,
        ordered=False,
    )
    after: str | None = prop(
        "Its properties that differ, as they became: a JSON object.",
        default=None,
        filtered=False,
        ordered=False,
    )
    related: int = prop("How many relations of it were created, changed or dropped.")
    relations: list[str] = prop("The first 20 of them: what happened, the type and the ends.")
