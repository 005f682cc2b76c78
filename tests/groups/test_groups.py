"""Groups count what the list itself shows, whatever its page, with and without roll-up."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

from graph_api.errors import ErrorCode
from tests.toy.fixtures import Graph

WHERE = 'where: { memberships: { some: { node: { kind: { eq: REGIONAL_NETWORK } } } } }, asOf: "2023-11-15"'
LIST = (
    f"{{ organizations(first: 1000, {WHERE}) {{ nodes {{ country {{ key ancestors {{ nodes {{ key }} }} }} "
    "themes(first: 100) { nodes { key ancestors { nodes { key } } } } } } }"
)


def keys(node: dict[str, Any], *, rolled: bool) -> set[str]:
    """A node's own key, and with roll-up those of all that contain it."""
    wider = {each["key"] for each in node["ancestors"]["nodes"]} if rolled else set()
    return {node["key"], *wider}


async def counted(graph: Graph, *, rolled: bool) -> Counter[tuple[str, str]]:
    """Themes by countries, counted from the list without any grouping."""
    data: dict[str, Any] = await graph.data(LIST)
    found: Counter[tuple[str, str]] = Counter()
    for node in data["organizations"]["nodes"]:
        themes = {key for theme in node["themes"]["nodes"] for key in keys(theme, rolled=rolled)}
        places = keys(node["country"], rolled=rolled) if node["country"] else set()
        found.update(product(sorted(themes), sorted(places)))
    return found


async def test_groups_by_two_relations_equal_the_counts_of_the_list(seeded_graph: Graph) -> None:
    for rolled in (False, True):
        asked = f"groups(by: [THEMES, COUNTRY], rollUp: {str(rolled).lower()}) {{ keys count }}"
        data: dict[str, Any] = await seeded_graph.data(
            f"{{ organizations(first: 0, {WHERE}) {{ {asked} }} }}"
        )
        groups = data["organizations"]["groups"]
        expected = await counted(seeded_graph, rolled=rolled)
        assert len(expected) > 20
        assert {tuple(each["keys"]): each["count"] for each in groups} == expected
        assert [each["keys"] for each in groups] == sorted(each["keys"] for each in groups)


async def test_groups_by_an_enum_beside_rows_and_total(seeded_graph: Graph) -> None:
    data: dict[str, Any] = await seeded_graph.data(
        f"{{ organizations(first: 1, {WHERE}) {{ nodes {{ key }} totalCount "
        "kinds: groups(by: [KIND]) { keys count } } }"
    )
    found = data["organizations"]
    assert len(found["nodes"]) == 1
    assert sum(each["count"] for each in found["kinds"]) == found["totalCount"] == 46


async def test_axes_that_cannot_be_are_refused(seeded_graph: Graph) -> None:
    for axes in ("[]", "[KIND, KIND]", "[KIND, THEMES, COUNTRY, BODIES]"):
        result = await seeded_graph.ask(f"{{ organizations {{ groups(by: {axes}) {{ count }} }} }}")
        (error,) = result.errors or []
        assert error.extensions is not None
        assert error.extensions["code"] == ErrorCode.INVALID_ARGUMENT
        assert error.extensions["argument"] == "by"
