"""The commands ``net4u match`` and ``net4u slate``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import click

from graph_api.cli.asking import ask, asking_options, print_found, settings_given
from graph_api.errors import InvalidSettingError
from graph_api.slates.problem import Bound
from schema.matching.score import NOTICE
from schema.matching.slate_types import COMMITTEE_NOTICE
from schema.matching.slates import SlateScheme

Json = Mapping[str, object]
_MATCH = """query ($event: String, $criteria: MatchCriteria, $first: Int!, $asOf: Date) {
  matchOrganizations(event: $event, criteria: $criteria, first: $first, asOf: $asOf) {
    totalCount
    notice
    weights { criterion weight }
    edges {
      score
      node { key name country { name } synthetic }
      reasons { criterion weight value contribution explanation sources { key } }
      gaps { criterion weight value explanation }
      ecosocStatus
    }
  }
}"""
_SLATE = """query (
  $event: String, $network: String, $size: Int!, $constraints: [SlateConstraint!], $asOf: Date
) {
  proposeSlate(event: $event, network: $network, size: $size, constraints: $constraints, asOf: $asOf) {
    feasible
    total
    notice
    unknown
    seats { score organization { key name country { name } synthetic } reasons { criterion contribution } }
    rules { text cost explanation }
    nearly { score loss explanation organization { key name country { name } synthetic } }
    conflict
  }
}"""


@click.command("match")
@click.argument("event", required=False)
@click.option("--theme", "themes", multiple=True, help="A thematic area to be expert on, by its key.")
@click.option("--region", "regions", multiple=True, help="A region or country to be based in.")
@click.option("--network", "networks", multiple=True, help="A network to be a member of.")
@click.option("--language", "languages", multiple=True, help="A language to work in, as en.")
@click.option("--travel-support", is_flag=True, help="Victim-led and grassroots come first.")
@click.option("--newcomers", is_flag=True, help="Prefer those that attended no dialogue before.")
@click.option("--weight", "weights", multiple=True, help="As EXPERTISE=0.7; all add up to 1.")
@click.option("--first", type=int, default=20, show_default=True, help="How many organizations.")
@click.option("--as-of", help="Facts as of this day, as 2024-03-01.")
@asking_options
def match_command(
    event: str | None, first: int, as_of: str | None, output: str, weights: tuple[str, ...], **given: object
) -> None:
    """Rank organizations for an EVENT or for criteria, with reasons and gaps. Suggestions only."""
    criteria = {
        "themes": given["themes"],
        "regions": given["regions"],
        "networks": given["networks"],
        "languages": given["languages"],
        "travelSupport": given["travel_support"],
        "newcomers": given["newcomers"],
        "weights": [_weight(each) for each in weights],
    }
    asked = {name: list(value) if isinstance(value, tuple) else value for name, value in criteria.items()}
    variables = {"event": event, "criteria": asked, "first": first, "asOf": as_of}
    data = ask(settings_given(given), _MATCH, variables, given)
    found = cast(Json, data["matchOrganizations"])
    rows = [_match_row(edge) for edge in _list(found, "edges")]
    print_found(data, "organizations", rows, cast(int, found["totalCount"]), output)
    if output == "table":
        shares = ", ".join(f"{each['criterion']} {each['weight']:g}" for each in _list(found, "weights"))
        click.echo(f"Weights: {shares}.\n{NOTICE}")


@click.command("slate")
@click.option("--event", help="A dialogue or another event, by its key.")
@click.option("--network", help="Or a network, for its Steering Committee.")
@click.option("--size", type=int, required=True, help="How many seats.")
@click.option("--at-least", multiple=True, help="As REGION=AFRICA:3, or ORGANIZATION=KEY:1 to fix one in.")
@click.option("--at-most", multiple=True, help="As COUNTRY:1 for each, or ORGANIZATION=KEY:0 to fix one out.")
@click.option("--as-of", help="Facts as of this day, as 2024-03-01.")
@asking_options
def slate_command(
    size: int, at_least: tuple[str, ...], at_most: tuple[str, ...], output: str, **given: str | None
) -> None:
    """Propose the best SIZE organizations under constraints, and say what each constraint costs."""
    constraints = [_constraint(Bound.AT_LEAST, each) for each in at_least]
    constraints += [_constraint(Bound.AT_MOST, each) for each in at_most]
    variables = {
        "event": given["event"],
        "network": given["network"],
        "size": size,
        "constraints": constraints,
        "asOf": given["as_of"],
    }
    data = ask(settings_given(given), _SLATE, variables, given)
    found = cast(Json, data["proposeSlate"])
    rows = [_seat_row("seat", each) for each in _list(found, "seats")]
    rows += [_seat_row("nearly", each) for each in _list(found, "nearly")]
    print_found(data, "organizations", rows, len(rows), output)
    if output == "table":
        click.echo("\n".join(_said(found, committee=given["network"] is not None)))


def _said(found: Json, *, committee: bool) -> list[str]:
    lines = [f"Total {found['total']:g}."] if found["feasible"] else []
    lines += [f"{each['text']}: {each['explanation']}" for each in _list(found, "rules")]
    if not found["feasible"]:
        conflict = "; ".join(cast("list[str]", found["conflict"]))
        lines.append(f"No slate keeps all constraints. These contradict each other: {conflict}.")
    return [*lines, *cast("list[str]", found["unknown"]), COMMITTEE_NOTICE if committee else NOTICE]


def _match_row(edge: Json) -> Json:
    return {
        **_organization(edge["node"]),
        "score": f"{edge['score']:.3f}",
        "reasons": "; ".join(
            f"{each['contribution']:.3f} {each['criterion']} ({each['explanation']})"
            for each in _list(edge, "reasons")
        ),
        "gaps": "; ".join(f"{each['criterion']} ({each['explanation']})" for each in _list(edge, "gaps")),
        "ecosocStatus": "; ".join(cast("list[str]", edge["ecosocStatus"])),
    }


def _seat_row(place: str, seat: Json) -> Json:
    reasons = seat.get("reasons")
    why = (
        ", ".join(f"{each['contribution']:.3f} {each['criterion']}" for each in cast("list[Json]", reasons))
        if reasons is not None
        else seat["explanation"]
    )
    return {
        "place": place,
        **_organization(seat["organization"]),
        "score": f"{seat['score']:.3f}",
        "why": why,
    }


def _organization(node: object) -> Json:
    found = cast(Json, node)
    country = cast("Json | None", found["country"])
    return {
        "key": found["key"],
        "name": found["name"],
        "country": country["name"] if country else None,
        "synthetic": found["synthetic"],
    }


def _list(found: Json, name: str) -> list[Json]:
    return cast("list[Json]", found[name])


def _weight(text: str) -> Json:
    name, _, weight = text.partition("=")
    try:
        return {"criterion": name, "weight": float(weight)}
    except ValueError:
        raise InvalidSettingError(
            f"The weight '{text}' is no number.", remedy="Write it as EXPERTISE=0.7.", setting="weight"
        ) from None


def _constraint(bound: Bound, text: str) -> Json:
    """A constraint as it is written on the command line: SCHEME=VALUE:NUMBER, or SCHEME:NUMBER for each."""
    what, _, number = text.rpartition(":")
    scheme, _, value = what.partition("=")
    if scheme not in SlateScheme.__members__ or not number.isdecimal():
        raise InvalidSettingError(
            f"The constraint '{text}' cannot be read.",
            remedy=f"Write it as REGION=AFRICA:3, with one of {', '.join(SlateScheme.__members__)}.",
            setting="constraint",
        )
    return {"bound": bound.name, "number": int(number), "scheme": scheme, "value": value or None}
