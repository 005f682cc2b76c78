"""Images of nodes and edges: how two differ, and how they stand in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

import orjson

from graph_api.changes.items import Image
from graph_api.values import Value

_DATE = "$date"


def image_of(properties: object) -> dict[str, Value]:
    """What is stored, as the database gives it."""
    found = cast("Mapping[str, Value]", properties)
    return {name: value for name, value in found.items() if value is not None}


def merged(before: Image | None, properties: Mapping[str, Value]) -> dict[str, Value]:
    """The image after these properties were stored over what was there; None takes one away."""
    both = {**(before or {}), **properties}
    return {name: value for name, value in both.items() if value is not None}


def difference(before: Image, after: Image) -> tuple[dict[str, Value], dict[str, Value]]:
    """The properties that differ, as they were and as they are; None stands for one that is not there."""
    names = [name for name in {**before, **after} if not same(before.get(name), after.get(name))]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def same(one: Value, other: Value) -> bool:
    """Whether two values are stored alike: to Python, 1 and 1.0 and true are equal."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def encoded(image: Image | None) -> object:
    """The image as JSON has it."""
    if image is None:
        return None
    return {name: _encoded(image[name]) for name in sorted(image)}


def decoded(found: object) -> dict[str, Value] | None:
    """The image that ``encoded`` made this of."""
    if found is None:
        return None
    return {name: _decoded(value) for name, value in cast("Mapping[str, object]", found).items()}


def as_text(image: Image | None) -> str | None:
    """The image as people read it in a history: one line of JSON, its dates as texts."""
    if image is None:
        return None
    return orjson.dumps(dict(image), option=orjson.OPT_SORT_KEYS).decode()


def _encoded(value: Value) -> object:
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    return [_encoded(each) for each in value] if isinstance(value, list) else value


def _decoded(value: object) -> Value:
    if isinstance(value, dict):
        return date.fromisoformat(cast("dict[str, str]", value)[_DATE])
    return [_decoded(each) for each in value] if isinstance(value, list) else cast(Value, value)
