"""Spelling of names: Python's snake_case, GraphQL's camelCase, Cypher's UPPER_SNAKE_CASE."""

from __future__ import annotations

import re

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def camel_case(snake: str) -> str:
    """``date_of_entry`` -> ``dateOfEntry``."""
    first, *rest = snake.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def pascal_case(camel: str) -> str:
    """``remakes`` -> ``Remakes``."""
    return camel[:1].upper() + camel[1:]


def upper_snake_case(name: str) -> str:
    """``MemberOf`` or ``memberOf`` -> ``MEMBER_OF``."""
    return _HUMP.sub("_", name).upper()
