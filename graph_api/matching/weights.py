"""Weights of criteria: whole thousandths that make up one, so that scores add up without rounding."""

from __future__ import annotations

from collections.abc import Mapping

from graph_api.errors import InvalidArgumentError

WHOLE = 1000
"""Weights and values are counted in thousandths, so points in millionths."""
_TOLERANCE = 1e-9


def weights_of(given: Mapping[str, float]) -> Mapping[str, int]:
    """Weights from 0 to 1 in thousandths; ``InvalidArgumentError`` unless they add up to 1."""
    found = {name: _thousandths(name, weight) for name, weight in given.items()}
    if sum(found.values()) != WHOLE:
        total = sum(found.values()) / WHOLE
        raise InvalidArgumentError(
            f"The weights add up to {total:g}, not to 1.",
            remedy="Give weights of at most three decimals that add up to 1; what is not named weighs 0.",
            argument="weights",
            value=total,
        )
    return found


def shared_out(parts: Mapping[str, int]) -> Mapping[str, int]:
    """Weights in proportion to parts; what rounding leaves goes to the largest remainders."""
    total = sum(parts.values())
    found = {name: part * WHOLE // total for name, part in parts.items()}
    by_remainder = sorted(parts, key=lambda name: (-(parts[name] * WHOLE % total), name))
    for name in by_remainder[: WHOLE - sum(found.values())]:
        found[name] += 1
    return found


def _thousandths(name: str, weight: float) -> int:
    if not 0 <= weight <= 1:
        raise InvalidArgumentError(
            f"The weight of {name} is {weight:g}; it goes from 0 to 1.", argument="weights", value=weight
        )
    found = round(weight * WHOLE)
    if abs(found - weight * WHOLE) > _TOLERANCE * WHOLE:
        raise InvalidArgumentError(
            f"The weight of {name} has more than three decimals.", argument="weights", value=weight
        )
    return found
