"""Who sees something, as a sentence at the end of its description, so that no text can forget it."""

from __future__ import annotations

from enum import Enum


def described(text: str, needed: Enum | None) -> str:
    """The description with the roles that see it, when not all do."""
    if needed is None:
        return text
    above = "" if needed is list(type(needed))[-1] else " and above"
    return f"{text} For {needed.name}{above} only."


def highest(needed: Enum | None, other: Enum | None) -> Enum | None:
    """The role that may see what both of these may see."""
    if needed is None or other is None:
        return needed or other
    return max(needed, other, key=_rank)


def beyond(needed: Enum | None, known: Enum | None) -> Enum | None:
    """The role that something needs, unless who sees ``known`` sees it anyway."""
    if needed is None or (known is not None and _rank(needed) <= _rank(known)):
        return None
    return needed


def _rank(role: Enum) -> int:
    return list(type(role)).index(role)
