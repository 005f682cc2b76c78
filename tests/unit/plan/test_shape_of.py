from __future__ import annotations

from enum import Enum

import pytest

from graph_api.plan.shape_of import shape_of


class Direction(Enum):
    """Directions."""

    UP = "up"
    DOWN = "down"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": "x"}, {"a": "y"}),
        ({"a": [1, 2]}, {"a": []}),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}),
    ],
)
def test_values_make_no_difference(one: object, other: object) -> None:
    assert shape_of(one) == shape_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {}),
        ({"a": 1}, {"a": None}),
        ({"a": True}, {"a": False}),
        ({"a": True}, {"a": 1}),
        ({"a": Direction.UP}, {"a": Direction.DOWN}),
        ({"a": [{"b": 1}]}, {"a": [{"b": 1}, {"b": 1}]}),
        ({"a": [{"b": 1}]}, {"a": [{"c": 1}]}),
        ({"a": {"b": 1}}, {"a": 1}),
    ],
)
def test_what_decides_the_plan_makes_one(one: object, other: object) -> None:
    assert shape_of(one) != shape_of(other)
