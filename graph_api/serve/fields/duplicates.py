"""The root field ``duplicates``: pairs of records that may be the same, with score and reasons."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import strawberry
from strawberry.types import Info
from strawberry.types.enum import StrawberryEnumDefinition

from graph_api.api_types import generated_list, generated_type
from graph_api.duplicates.identity import Identity
from graph_api.duplicates.records import CandidatePair, ReasonKind
from graph_api.duplicates.snapshot import LOWEST_THRESHOLD
from graph_api.plan.entities import EntityRef
from graph_api.serve.execution.entities import entities, record_of
from graph_api.serve.fields.duplicate_pages import (
    DEFAULT_PAGE,
    DUPLICATES_THRESHOLD,
    PairPage,
    Wanted,
    page_of,
    pair_id,
)

Context: TypeAlias = "dict[str, object]"
_KIND = "A kind that is compared, by the name of its list."
_KEY = "The key of one record of that kind; without it, pairs of all records of the kind."
_THRESHOLD = f"The least score, from {LOWEST_THRESHOLD:g} to 1."
_JUDGED = "Also pairs that somebody has judged already, of the judgements that you may see."

Kind: TypeAlias = Annotated["str | None", strawberry.argument(description=_KIND)]
Key: TypeAlias = Annotated["str | None", strawberry.argument(description=_KEY)]
Threshold: TypeAlias = Annotated[float, strawberry.argument(description=_THRESHOLD)]
First: TypeAlias = Annotated[int, strawberry.argument(description="How many pairs.")]
After: TypeAlias = Annotated[
    "str | None", strawberry.argument(description="The `endCursor` of the page before.")
]
Judged: TypeAlias = Annotated[bool, strawberry.argument(description=_JUDGED)]


def _described(kinds: type[ReasonKind]) -> None:
    text = "What can speak for or against two records being the same."
    made = strawberry.enum(kinds, name="DuplicateReasonKind", description=text)
    definition: StrawberryEnumDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry adds it
    for value, member in zip(definition.values, kinds, strict=True):
        value.description = member.value


_described(ReasonKind)


@strawberry.type(
    name="DuplicateReason",
    description="One piece of evidence. The contributions of all of a pair add up to its score.",
)
class DuplicateReason:
    """One piece of evidence."""

    kind: ReasonKind = strawberry.field(description="What it is.")
    contribution: float = strawberry.field(description="What it adds to the score, or takes from it.")
    detail: str = strawberry.field(description="The words, short forms, places or hosts that it is about.")


def duplicates_query(identity: Identity) -> type:
    """The type with the root field, for what is declared; its entities are of the ontology's root kind."""
    page = _page_type(_pair_type(identity.ontology.root))
    plurals = ", ".join(f"`{each.kind.plural}`" for each in identity.kinds)
    text = (
        "Pairs of records that may be the same, the likeliest first, without those that were judged already. "
        f"Compared are {plurals}; one of a pair is of the kind asked for, by default the first of these. "
        "Nothing says that a pair is the same: judge it."
    )

    @strawberry.type
    class DuplicatesQuery:
        @strawberry.field(graphql_type=page, description=text)  # type: ignore[untyped-decorator]  # strawberry's decorators are
        async def duplicates(
            self,
            info: Info[Context, None],
            kind: Kind = strawberry.UNSET,
            key: Key = strawberry.UNSET,
            threshold: Threshold = DUPLICATES_THRESHOLD,
            first: First = DEFAULT_PAGE,
            after: After = strawberry.UNSET,
            judged: Judged = False,
        ) -> object:
            named = kind or identity.kinds[0].kind.plural
            wanted = Wanted(named, _given(key), threshold, first, _given(after), judged)
            return page(page=await page_of(identity, info.context, wanted))

    return DuplicatesQuery


def _given(value: str | None) -> str | None:
    """An argument's value; nothing where it was left out."""
    return None if value is strawberry.UNSET else value


def _pair_type(root: str) -> type:
    @strawberry.type(name="DuplicatePair", description="Two records that may be the same.")
    class DuplicatePair:
        pair: strawberry.Private[CandidatePair]

        @strawberry.field(description="Tells the pair from every other one.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def id(self) -> strawberry.ID:
            return strawberry.ID(pair_id(self.pair))

        @strawberry.field(description="How alike they are, from 0 to 1.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def score(self) -> float:
            return self.pair.score

        @strawberry.field(description="What adds up to the score.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def reasons(self) -> list[DuplicateReason]:
            found = self.pair.comparison.reasons
            return [DuplicateReason(kind=r.kind, contribution=r.contribution, detail=r.detail) for r in found]

        @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
            graphql_type=generated_list(root),
            description="The two records; nothing for one that is gone meanwhile.",
        )
        async def entities(self, info: Info[Context, None]) -> object:
            refs = [EntityRef(each.kind, each.key) for each in (self.pair.left, self.pair.right)]
            return await entities(info, refs)

    return DuplicatePair


def _page_type(pair_type: type) -> type:
    @strawberry.type(name="DuplicatePage", description="Some of the pairs, and how many there are.")
    class DuplicatePage:
        page: strawberry.Private[PairPage]

        @strawberry.field(graphql_type=list[pair_type], description="The pairs.")  # type: ignore[untyped-decorator,valid-type]  # made at run time
        def pairs(self) -> object:
            return [pair_type(pair=each) for each in self.page.pairs]

        @strawberry.field(  # type: ignore[untyped-decorator]  # strawberry's decorators are
            graphql_type=generated_type("PageInfo"),
            description="Whether there are more, and where they begin.",
        )
        def page_info(self, info: Info[Context, None]) -> object:
            return record_of(info, self.page.info())

        @strawberry.field(description="How many pairs there are on all pages.")  # type: ignore[untyped-decorator]  # strawberry's decorators are
        def total_count(self) -> int:
            return self.page.total

    return DuplicatePage
