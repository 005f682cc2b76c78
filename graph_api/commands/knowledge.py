"""The source that stands for what somebody knows without a document: their role's own knowledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph_api.commands.draft import Draft, KindClass
from graph_api.imports.records import Raw


@dataclass(frozen=True, slots=True)
class OwnKnowledge:
    """How an application stores own knowledge: as a source of this kind, one for each role."""

    kind: KindClass
    properties: Callable[[str], Mapping[str, Raw]]

    def mentioned(self, draft: Draft) -> str:
        """The key of the source for the viewer's role, which the draft makes sure of."""
        key = f"OWN-KNOWLEDGE-{draft.viewer.role}"
        draft.mention(self.kind, key, **self.properties(draft.viewer.role))
        return key
