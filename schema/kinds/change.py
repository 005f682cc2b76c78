"""Changes of the graph, as its log has them."""

from __future__ import annotations

from datetime import date

from graph_api.ontology import prop
from schema.kinds.entity import Entity
from schema.vocabulary import Role


class Change(Entity, plural="changes", rows_restricted=True):
    """What one command or one file changed, by whom and when. Nothing is ever taken out of this history."""

    number: int = prop("The version of the graph that it made; later changes have higher numbers.")
    command: str = prop("The command that made it.")
    actor: str | None = prop("Who made it.", default=None, visible_to=Role.RESEARCHER)
    role: str | None = prop("The role in which they did.", default=None, ordered=False)
    reason: str | None = prop(
        "Why, in their words.", default=None, filtered=False, ordered=False, visible_to=Role.RESEARCHER
    )
    day: date = prop("The day on which it was made, in UTC.")
    time: str = prop("When it was made, as an ISO 8601 time in UTC.", filtered=False, ordered=False)
    items: int | None = prop("How many nodes and relations differ by it.", default=None)
    undoes: int | None = prop("The number of the change that it takes back.", default=None)
    undone_by: int | None = prop("The number of the change that took it back.", default=None)
