"""The viewer: who asks, and what their role lets them see and do."""

from __future__ import annotations

from dataclasses import dataclass


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
