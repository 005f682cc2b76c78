"""Terms."""

from __future__ import annotations

from graph_api.ontology import prop
from schema.kinds.entity import Entity
from schema.vocabulary import Vocabulary


class Term(Entity, plural="terms"):
    """A term that the networks define: a kind of network or a role inside one."""

    vocabulary: Vocabulary = prop("The vocabulary that it belongs to.")
    rule: str | None = prop("What the source says about it.", default=None, filtered=False, ordered=False)
