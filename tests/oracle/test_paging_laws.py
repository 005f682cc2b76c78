"""Laws of pages: forward and backward pages both make the whole list, and no row comes twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.toy.fixtures import Graph

Json = Mapping[str, object]
PAGE = "edges { cursor node { key } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
ARGUMENTS = "orderBy: $order, first: $first, after: $after, last: $last, before: $before"
DIRECTIONS = ("ASC", "DESC")


@dataclass(frozen=True, slots=True)
class PagedList:
    """A list, the type of its orders, and paths to the keys that it can be ordered by."""

    before: str
    field: str
    order: str
    keys: tuple[tuple[str, ...], ...]
    after: str = ""

    @property
    def query(self) -> str:
        """Asks for one page."""
        variables = f"$order: [{self.order}!], $first: Int, $after: String, $last: Int, $before: String"
        listed = f"list: {self.field}({ARGUMENTS}) {{ {PAGE} }}"
        return f"query ({variables}) {{ {self.before} {listed} {self.after} }}"


FILMS = PagedList(
    "",
    "films",
    "FilmOrder",
    (
        ("key",),
        ("name",),
        ("genre",),
        ("released",),
        ("premiere",),
        ("minutes",),
        ("rating",),
        ("restored",),
        ("tagline",),
        ("castCount",),
        ("original", "name"),
        ("original", "minutes"),
        ("original", "original", "released"),
        ("original", "remakesCount"),
    ),
)
CAST = PagedList(
    'film(key: "yard") {',
    "cast",
    "FilmCastOrder",
    (
        ("billing",),
        ("character",),
        ("scenes",),
        ("fee",),
        ("credited",),
        ("signed",),
        ("node", "name"),
        ("node", "born"),
        ("node", "birthplace", "population"),
        ("node", "rolesCount"),
    ),
    "}",
)
STAFF = PagedList(
    'studio(key: "lumen") {', "staff", "StudioStaffOrder", (("since",), ("until",), ("node", "name")), "}"
)
ANCESTORS = PagedList(
    'city(key: "Dunwick") {', "ancestors", "LandReachOrder", (("node", "area"), ("node", "landsCount")), "}"
)


def orders_of(paged: PagedList) -> st.SearchStrategy[list[Json]]:
    """Orders by up to three keys, in all directions."""

    def element(path: tuple[str, ...], direction: str) -> Json:
        found: object = direction
        for name in reversed(path):
            found = {name: found}
        return cast(Json, found)

    elements = st.builds(element, st.sampled_from(paged.keys), st.sampled_from(DIRECTIONS))
    return st.lists(elements, max_size=3)


async def page(toy: Graph, paged: PagedList, **variables: object) -> tuple[list[str], list[str], Json]:
    """The rows of one page, their keys and the page's information. A row is known by its cursor."""
    found: object = await toy.data(paged.query, variables)
    while isinstance(found, dict) and "list" not in found:
        (found,) = found.values()
    listed = cast("dict[str, dict[str, dict[str, Json]]]", found)["list"]
    edges = cast("list[dict[str, dict[str, str]]]", listed["edges"])
    cursors = [cast(str, edge["cursor"]) for edge in edges]
    return cursors, [edge["node"]["key"] for edge in edges], cast(Json, listed["pageInfo"])


async def forward(toy: Graph, paged: PagedList, order: list[Json], size: int) -> list[str]:
    rows: list[str] = []
    after = None
    while True:
        cursors, _, info = await page(toy, paged, order=order, first=size, after=after)
        assert info["hasPreviousPage"] is bool(rows)
        rows += cursors
        if not info["hasNextPage"]:
            return rows
        after = info["endCursor"]


async def backward(toy: Graph, paged: PagedList, order: list[Json], size: int) -> list[str]:
    rows: list[str] = []
    before = None
    while True:
        cursors, _, info = await page(toy, paged, order=order, last=size, before=before)
        assert info["hasNextPage"] is bool(rows)
        rows = cursors + rows
        if not info["hasPreviousPage"]:
            return rows
        before = info["startCursor"]


async def check_laws(toy: Graph, paged: PagedList, order: list[Json], size: int) -> None:
    whole, keys, _ = await page(toy, paged, order=order, first=1000)

    assert len(set(whole)) == len(whole) >= len(set(keys)) > 0
    assert await forward(toy, paged, order, size) == whole
    assert await backward(toy, paged, order, size) == whole


@settings(max_examples=14, deadline=None, derandomize=True)
@given(order=orders_of(FILMS), size=st.integers(1, 5))
async def test_pages_of_a_root_list(toy: Graph, order: list[Json], size: int) -> None:
    await check_laws(toy, FILMS, order, size)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(order=orders_of(CAST), size=st.integers(1, 3))
async def test_pages_of_a_nested_list(toy: Graph, order: list[Json], size: int) -> None:
    await check_laws(toy, CAST, order, size)


@pytest.mark.parametrize("paged", [STAFF, ANCESTORS], ids=["dated edges", "ways of a hierarchy"])
@settings(max_examples=5, deadline=None, derandomize=True)
@given(data=st.data(), size=st.integers(1, 3))
async def test_pages_of_other_nested_lists(
    toy: Graph, paged: PagedList, data: st.DataObject, size: int
) -> None:
    await check_laws(toy, paged, data.draw(orders_of(paged)), size)
