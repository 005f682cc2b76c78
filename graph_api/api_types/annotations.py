"""From a type as GraphQL writes it to the annotation that Strawberry reads."""

from __future__ import annotations

from collections.abc import Mapping
from types import GenericAlias, UnionType
from typing import cast

import strawberry

from graph_api.api_types.scalars import Day, PartialDay

_PYTHON_TYPES: Mapping[str, type] = {
    "String": str,
    "Int": int,
    "Float": float,
    "Boolean": bool,
    "ID": cast("type", strawberry.ID),
    "Date": Day,
    "PartialDate": PartialDay,
}


def annotation_of(text: str, names: Mapping[str, type]) -> object:
    """``[Source!]!`` as Python has it: ``list[Source]``; ``Int`` as ``int | None``.

    A type that is made already stands for itself, since Strawberry compiles a text again and again; one that
    comes later is named.
    """
    name = text.strip("[]!")
    known = _PYTHON_TYPES.get(name) or names.get(name)
    return _nullable(text, known) if known is not None else _nullable_text(text)


def _nullable(text: str, known: type) -> type | UnionType:
    if text.endswith("!"):
        return _non_null(text[:-1], known)
    return _non_null(text, known) | None


def _non_null(text: str, known: type) -> type:
    if not text.startswith("["):
        return known
    return cast("type", GenericAlias(list, (_nullable(text[1:-1], known),)))


def _nullable_text(text: str) -> str:
    return _non_null_text(text[:-1]) if text.endswith("!") else f"{_non_null_text(text)} | None"


def _non_null_text(text: str) -> str:
    return f"list[{_nullable_text(text[1:-1])}]" if text.startswith("[") else text
