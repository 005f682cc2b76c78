"""Sources that facts rest on."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft
from graph_api.ontology import PartialDate
from schema.commands.keys import digest, new_key, slug
from schema.commands.rules import check_happened, check_url, not_allowed
from schema.kinds.source import Source
from schema.vocabulary import SourceKind


class AddSource(Command, states_facts=False):
    """Add a source: a page, a document or a data set that facts can then name."""

    name: str = argument("Its title.")
    kind: SourceKind = argument("What kind of thing it is.")
    url: str | None = argument("Where it is found on the web.", default=None)
    publisher: str | None = argument("Who published it.", default=None)
    accessed: PartialDate | None = argument("When it was read.", default=None)
    licence: str | None = argument("The licence of a data set.", default=None)
    version: str | None = argument("The version of a data set.", default=None)
    key: str | None = argument("The key that it gets; made of its title unless given.", default=None)

    async def apply(self, draft: Draft) -> NodeRef:
        """Store it; own knowledge is no source that anybody adds, and nothing was read in the future."""
        if self.kind is SourceKind.OWN_KNOWLEDGE:
            raise not_allowed(
                "OWN_KNOWLEDGE_IS_SAID",
                "Own knowledge is no document.",
                "kind",
                self.kind.name,
                "Say with the fact itself that it is your own knowledge.",
            )
        check_url(self.url, "url")
        check_happened(draft, self.accessed, "accessed")
        told = slug(self.name) or digest(self.name)
        key = await new_key(draft, Source, self.key, "SOURCE", told)
        return draft.create(
            Source,
            key,
            name=self.name,
            kind=self.kind,
            url=self.url,
            publisher=self.publisher,
            accessed=self.accessed,
            licence=self.licence,
            version=self.version,
        )
