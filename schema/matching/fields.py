"""The root field ``matchOrganizations``: who fits an event or criteria, with reasons and gaps."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias, cast

import strawberry
from strawberry.types import Info

from graph_api.api_types import generated_type
from graph_api.api_types.scalars import Day
from graph_api.matching.pages import page_of
from graph_api.serve.execution.inside import keys_in, largest_page
from schema.matching.asking import Question, ranking
from schema.matching.types import Context, MatchConnection, MatchCriteria, criteria_of, given

DEFAULT_PAGE = 20
_AS_OF = "Facts as of this day; by default the day that the event began, or today before it has."

Event: TypeAlias = Annotated["str | None", strawberry.argument(description="The key of an event.")]
Wanted: TypeAlias = Annotated[
    "MatchCriteria | None", strawberry.argument(description="What is looked for, beside what the event says.")
]
Where: TypeAlias = Annotated[
    "object | None",
    strawberry.argument(
        description="Only organizations that fulfil this.",
        graphql_type=generated_type("OrganizationWhere") | None,
    ),
]
First: TypeAlias = Annotated[int, strawberry.argument(description="How many organizations.")]
After: TypeAlias = Annotated[
    "str | None", strawberry.argument(description="The `endCursor` of the page before.")
]
AsOf: TypeAlias = Annotated["Day | None", strawberry.argument(description=_AS_OF)]
_DESCRIPTION = (
    "Organizations that fit an event or criteria, the best first, with reasons and gaps. Suggestions only, "
    "subject to the approval of the Extended Bureau; ECOSOC status never counts."
)


@strawberry.type
class MatchQuery:
    """The root field."""

    @strawberry.field(description=_DESCRIPTION)  # type: ignore[untyped-decorator]  # strawberry's decorators are
    async def match_organizations(
        self,
        info: Info[Context, None],
        event: Event = strawberry.UNSET,
        criteria: Wanted = strawberry.UNSET,
        where: Where = strawberry.UNSET,
        first: First = DEFAULT_PAGE,
        after: After = strawberry.UNSET,
        as_of: AsOf = strawberry.UNSET,
    ) -> MatchConnection:
        """A page of the ranking; raises what ``ranking`` and ``page_of`` raise."""
        question = Question(given(event), criteria_of(criteria), cast("date | None", given(as_of)))
        filtered, keys = await keys_in(info, "organizations", "where")
        found = (await ranking(info.context, question)).only(keys)
        page = page_of(
            found.scores, f"{question.text}|{filtered}", first, given(after), largest_page(info.context)
        )
        return MatchConnection(page=page, ranking=found)
