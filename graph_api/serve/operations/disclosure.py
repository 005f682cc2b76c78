"""What a server tells beside its answers: its schema, hints in errors, how an answer was made, its figures.

In development everybody is told. In production only administrators are, but for what the settings open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from graph_api.access.viewer import Viewer
from graph_api.errors import ForbiddenError
from graph_api.serve.operations.answer import Asking
from graph_api.settings import Mode, Settings


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What everybody is told. ``texts_by_get`` says that a document of its own may come as a plain link."""

    insight: bool = True
    introspection: bool = True
    query_page: bool = True
    texts_by_get: bool = True

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """What the settings say; the mode decides what they leave open."""
        development = settings.mode is Mode.DEVELOPMENT
        return cls(
            insight=development,
            introspection=development if settings.introspection is None else settings.introspection,
            query_page=development if settings.query_page is None else settings.query_page,
            texts_by_get=development,
        )

    def asking(
        self, viewer: Viewer, *, explain: bool = False, trace: Mapping[str, str] | None = None
    ) -> Asking:
        """What this viewer may be told; raises ``ForbiddenError`` for a refused explanation."""
        if explain:
            self.check_insight(viewer, "How an answer was made is told")
        introspection = self.introspection or viewer.administers
        return Asking(
            viewer, introspection=introspection, suggestions=introspection, explain=explain, trace=trace
        )

    def check_insight(self, viewer: Viewer, what: str) -> None:
        """Raise ``ForbiddenError`` when a viewer may not look inside the server."""
        if not (self.insight or viewer.administers):
            raise ForbiddenError(
                f"{what} to administrators only, or by a server in development mode.", role=viewer.role
            )
