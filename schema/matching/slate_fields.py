"""The root field ``proposeSlate``: the best selection for a dialogue or a Steering Committee."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias, cast

import strawberry
from strawberry.types import Info

from schema.matching.fields import AsOf, Event
from schema.matching.proposing import SlateQuestion, proposal
from schema.matching.slate_types import SlateAnswer, SlateConstraint
from schema.matching.types import Context, given

_CONSTRAINTS = "What the slate has to keep. Without any, a Steering Committee is spread over many countries."
Network: TypeAlias = Annotated[
    "str | None",
    strawberry.argument(description="Or the key of a network, for a Steering Committee of its members."),
]
Size: TypeAlias = Annotated[int, strawberry.argument(description="How many seats.")]
Constraints: TypeAlias = Annotated[
    "list[SlateConstraint] | None", strawberry.argument(description=_CONSTRAINTS)
]
_DESCRIPTION = (
    "The organizations with the highest total score that keep the constraints, exactly; what each constraint "
    "costs, who nearly has a seat, and which constraints contradict each other. A proposal: people decide."
)


@strawberry.type
class SlateQuery:
    """The root field."""

    @strawberry.field(description=_DESCRIPTION)  # type: ignore[untyped-decorator]  # strawberry's decorators are
    async def propose_slate(
        self,
        info: Info[Context, None],
        size: Size,
        event: Event = strawberry.UNSET,
        network: Network = strawberry.UNSET,
        constraints: Constraints = strawberry.UNSET,
        as_of: AsOf = strawberry.UNSET,
    ) -> SlateAnswer:
        """The slate; raises what ``proposal`` raises."""
        rules = tuple(each.meant for each in constraints or ())
        on = cast("date | None", given(as_of))
        question = SlateQuestion(given(event), given(network), size, rules, on)
        return SlateAnswer(proposal=await proposal(info.context, question))
