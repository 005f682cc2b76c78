"""Sources."""

from __future__ import annotations

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Entity
from schema.vocabulary import SourceKind


class Source(Entity, plural="sources"):
    """A page, document or data set that facts rest on."""

    kind: SourceKind = prop("What kind of thing it is.")
    url: str | None = prop("Where it is found on the web.", default=None, ordered=False)
    publisher: str | None = prop("Who published it.", default=None)
    accessed: PartialDate | None = prop("When it was read, where that was noted.", default=None)
    licence: str | None = prop("The licence of a data set.", default=None)
    version: str | None = prop("The version of a data set.", default=None, ordered=False)
