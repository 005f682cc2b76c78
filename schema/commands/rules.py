"""What the rules of several commands are made of."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.draft import Draft
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.errors import InvalidDateError
from graph_api.ontology import PartialDate
from schema.edges.networks import MemberOf

URL_FORMS = ("http://", "https://")


def not_allowed(
    rule: str, message: str, field: str, value: object = None, remedy: str | None = None
) -> Refusal:
    """The refusal of what a rule of the domain does not allow."""
    text = None if value is None else str(value)
    return Refusal(Problem(ProblemCode.NOT_ALLOWED, message, field, text, rule, remedy))


def invalid(message: str, field: str, value: object, rule: str | None = None) -> Refusal:
    """The refusal of a value that cannot be."""
    return Refusal(Problem(ProblemCode.INVALID_VALUE, message, field, str(value), rule))


def today(draft: Draft) -> PartialDate:
    """The day on which the command is given."""
    return PartialDate(draft.today.year, draft.today.month, draft.today.day)


def is_before(one: PartialDate, other: PartialDate) -> bool:
    """Whether a date certainly lies before another: every day that it can mean does."""
    return one.last_day < other.first_day


def one_year_after(when: PartialDate, field: str) -> PartialDate:
    """The date a year later, as precisely as it is known; raises ``Refusal`` where the calendar ends."""
    try:
        leap_day = (when.month, when.day) == (2, 29)
        return PartialDate(when.year + 1, when.month, 28 if leap_day else when.day)
    except InvalidDateError as problem:
        raise invalid("The calendar ends before that.", field, when) from problem


def check_happened(draft: Draft, when: PartialDate | None, field: str) -> None:
    """Refuse to record something as done on a day that is still to come."""
    if when is not None and when.first_day > draft.today:
        raise invalid(f"{when} is still to come.", field, when, "DONE_WHEN_RECORDED")


def check_url(url: str | None, field: str) -> None:
    """Refuse what is no address on the web."""
    if url is not None and (not url.startswith(URL_FORMS) or any(each.isspace() for each in url)):
        raise invalid("An address begins with https:// and has no spaces.", field, url[:120])


async def is_member(draft: Draft, organization: NodeRef, network: NodeRef, when: PartialDate) -> bool:
    """Whether an organization is, or may be, a member of a network on some day of a date."""
    spells = await draft.edges(MemberOf, source=organization, target=network)
    return any(spell.covers(when) for spell in spells)
