"""What a sheet is for: as somebody says, as its name says, or as its headings say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph_api.imports.mapping.headings import How, map_columns
from graph_api.imports.mapping.targets import Target, squeezed, target_named
from graph_api.imports.reading import Sheet

_ENOUGH = 0.5
"""This part of the headings has to be understood before they are taken to say what a sheet is for."""
_COMMON = frozenset({"key", "name", "sources", "synthetic", "note", "verification"})
"""Columns that say nothing about what a sheet is for."""


class By(StrEnum):
    """How it was found out what a sheet is for."""

    OPTION = "as said"
    FORMAT = "by the format"
    SHEET = "by the name of the sheet"
    FILE = "by the name of the file"
    HEADINGS = "by the headings"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a sheet is for, and how that was found out."""

    target: Target
    by: By


def choose_target(targets: tuple[Target, ...], sheet: Sheet, file: str, said: str) -> Chosen | None:
    """What a sheet is for; None where nothing tells.

    ``file`` is the name of the file without its ending. Raises ``InvalidArgumentError`` when what was
    ``said`` does not exist.
    """
    if said:
        return Chosen(target_named(targets, said), By.OPTION)
    if sheet.target:
        return Chosen(target_named(targets, sheet.target), By.FORMAT)
    for name, by in ((sheet.name, By.SHEET), (file, By.FILE)):
        found = next((each for each in targets if squeezed(name) in each.names), None)
        if found is not None:
            return Chosen(found, By.FILE if sheet.name == file else by)
    best = _by_headings(targets, sheet.headings)
    return Chosen(best, By.HEADINGS) if best is not None else None


def _by_headings(targets: tuple[Target, ...], headings: Sequence[str]) -> Target | None:
    """The one target that most headings, and most telling ones, mean columns of."""
    ranked = sorted(
        ((_fit(each, headings), each) for each in targets), key=lambda pair: pair[0], reverse=True
    )
    if len(ranked) < 2 or ranked[0][0] == ranked[1][0] or ranked[0][0] == (0.0, 0):
        return None
    return ranked[0][1]


def _fit(target: Target, headings: Sequence[str]) -> tuple[float, int]:
    mapping = map_columns(target, headings, {})
    sure = [each for each in mapping.matches if each.how is not How.CLOSE]
    needed = ("source", "target") if target.edge is not None else ("name",)
    if len(sure) < _ENOUGH * len(headings) or not all(mapping.has(each) for each in needed):
        return 0.0, 0
    telling = sum(each.column not in _COMMON for each in sure)
    return telling / max(len(headings), 1), telling
