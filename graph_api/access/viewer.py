"""The viewer: who asks, and what their role lets them see and do."""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.ontology import Ontology

WRITING_ROLES = 2
"""How many of the highest roles may write; the lowest never does, since anybody has it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. ``name`` stands in logs and histories: an account's name, never a secret.

    ``role`` is one of the ontology's; ``administers`` says that it is the highest of them, ``writes``
    that commands are taken from this viewer, ``authenticated`` that they proved to be who they are.
    """

    role: str
    name: str = "anonymous"
    administers: bool = False
    writes: bool = False
    authenticated: bool = False


def anonymous(ontology: Ontology) -> Viewer:
    """Anybody: the role that sees least, and nothing is taken from them."""
    return Viewer(ontology.public)


def identified(ontology: Ontology, role: str, name: str) -> Viewer:
    """Somebody who proved to have a role of the ontology; raises ``ValueError`` when it has no such role."""
    rank, highest = ontology.roles.index(role), len(ontology.roles) - 1
    return Viewer(
        role,
        name,
        authenticated=True,
        administers=0 < rank == highest,
        writes=0 < rank > highest - WRITING_ROLES,
    )
