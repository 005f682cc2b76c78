"""The root field ``search``: entities found by their names, with counts of what they are and where."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, TypeAlias, cast

import strawberry
from strawberry.types import Info

from graph_api.api_types import generated_type
from graph_api.api_types.scalars import Day
from graph_api.plan.entities import EntityRef
from graph_api.search.places import Facet, FacetValue
from graph_api.search.records import Hit
from graph_api.search.scheme import SearchScheme
from graph_api.serve.execution.entities import entity, record_of
from graph_api.serve.fields.search_pages import DEFAULT_PAGE, HitPage, Wanted, hits_of

Context: TypeAlias = "dict[str, object]"
_TEXT = (
    "What to look for: names, short forms, keys, in any language and script, also unfinished or mistyped. "
    "Nothing is found for a text without letters or digits."
)
_KINDS = "Only entities of these kinds; of all kinds without it."
_WITHIN = (
    "Only what lies within these nodes of hierarchies, by their keys: they themselves, what is below them, "
    "and what is related to those. Of several nodes of one hierarchy one is enough; each hierarchy has to "
    "fit."
)
_DAY = "Only relations that hold, or may hold, on this day."
_ABOUT = (
    "Entities by their names, the best first. A score from 0 to 1 says how much of the text the name has; "
    "what fits much worse than the best is left out."
)


def _told(text: str) -> object:
    return strawberry.argument(description=text)


Text: TypeAlias = Annotated[str, _told(_TEXT)]
Within: TypeAlias = Annotated["list[str] | None", _told(_WITHIN)]
First: TypeAlias = Annotated[int, _told("How many.")]
After: TypeAlias = Annotated["str | None", _told("The `endCursor` of the page before.")]
AsOf: TypeAlias = Annotated["Day | None", _told(_DAY)]


@strawberry.type(name="SearchFacetValue", description="How many of the entities found have a value.")
class SearchFacetValue:
    """A value by which hits are counted."""

    key: str = strawberry.field(description="A kind for `kinds`, or a key for `within`.")
    name: str = strawberry.field(description="The name to show.")
    count: int = strawberry.field(description="How many entities, on all pages.")


@strawberry.type(
    name="SearchFacet",
    description="What the entities found are counted by. An entity can count for several values.",
)
class SearchFacet:
    """What hits are counted by."""

    name: str = strawberry.field(description="`kind`, or the kind of the nodes that entities lie within.")
    values: list[SearchFacetValue] = strawberry.field(
        description="The most frequent values first, 50 at most."
    )


def search_query(scheme: SearchScheme, kinds: type[Enum]) -> type:
    """The type with the root field, for what is searched; ``kinds`` is the enum of all kinds."""
    connection = _connection_type(_edge_type(scheme.ontology.root), kinds)

    async def search(
        self: object,
        info: Info[Context, None],
        text: Text,
        kinds: list[Enum] | None = strawberry.UNSET,
        within: Within = strawberry.UNSET,
        first: First = DEFAULT_PAGE,
        after: After = strawberry.UNSET,
        as_of: AsOf = strawberry.UNSET,
    ) -> object:
        wanted = Wanted(
            text,
            frozenset(str(each.value) for each in kinds or ()),
            tuple(within or ()),
            first,
            after or None,
            cast("date | None", as_of or None),
        )
        return connection(page=await hits_of(info.context, wanted))

    # The enum is made here, so its annotation cannot be written.
    search.__annotations__["kinds"] = Annotated[list[kinds] | None, _told(_KINDS)]  # type: ignore[valid-type]  # made at run time
    field = strawberry.field(search, graphql_type=connection, description=_ABOUT)
    return strawberry.type(type("SearchQuery", (), {"search": field, "__annotations__": {}}))


def _edge_type(root: str) -> type:
    @strawberry.type(name="SearchEdge", description="An entity that was found.")
    class SearchEdge:
        page: strawberry.Private[HitPage]
        hit: strawberry.Private[Hit]

        @strawberry.field(description="Where it is in the list.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def cursor(self) -> str:
            return self.page.cursor(self.hit)

        @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
            graphql_type=generated_type(root) | None,
            description="The entity; nothing when it is gone meanwhile.",
        )
        async def node(self, info: Info[Context, None]) -> object:
            return await entity(info, EntityRef(*self.hit.record.identity), self.page.wanted.day)

        @strawberry.field(description="How well it fits, from 0 to 1.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def score(self) -> float:
            return self.hit.score

        @strawberry.field(description="The name, alias or short form by which it was found.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def matched_name(self) -> str:
            return self.hit.name

    return SearchEdge


def _connection_type(edge_type: type, kinds: type[Enum]) -> type:
    @strawberry.type(
        name="SearchConnection", description="Some of the entities found, and what all of them are."
    )
    class SearchConnection:
        page: strawberry.Private[HitPage]

        @strawberry.field(graphql_type=list[edge_type], description="The entities, the best first.")  # type: ignore[untyped-decorator,valid-type]  # made at run time
        def edges(self) -> object:
            return [edge_type(page=self.page, hit=hit) for hit in self.page.hits]

        @strawberry.field(description="How many were found on all pages.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def total_count(self) -> int:
            return len(self.page.every)

        @strawberry.field(description="What all of them are, and where they lie.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def facets(self) -> list[SearchFacet]:
            return [_facet(self.page, each, kinds) for each in self.page.facets()]

        @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
            graphql_type=generated_type("PageInfo"),
            description="Whether there are more, and where they begin.",
        )
        def page_info(self, info: Info[Context, None]) -> object:
            return record_of(info, self.page.info())

    return SearchConnection


def _facet(page: HitPage, facet: Facet, kinds: type[Enum]) -> SearchFacet:
    def shown(value: FacetValue) -> SearchFacetValue:
        # A kind is named as in the argument, so that it can be given back.
        key = value.key if facet.kind else kinds(value.key).name
        return SearchFacetValue(key=key, name=page.name_of(facet, value), count=value.count)

    return SearchFacet(name=facet.name, values=[shown(each) for each in facet.values])
