"""The shape of variables: what of them decides the plan.

Which fields are given, how long the lists of inputs are, what is null, and the values of booleans
and enums (``@skip``, ``isNull``, directions, languages). All other values become parameters.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import Enum

_VALUE = "·"
_VALUES = "[·]"


def shape_of(value: object) -> Hashable:
    """A hashable that is equal for two values exactly when they make the same plan."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Mapping):
        return tuple((name, shape_of(member)) for name, member in value.items())
    if isinstance(value, list):
        if any(isinstance(item, Mapping) for item in value):
            return tuple(shape_of(item) for item in value)
        return _VALUES
    return _VALUE
