"""A row of a sheet as what it states: by column, before anybody looks into the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph_api.imports.mapping import Column, Mapping, Target
from graph_api.imports.mapping.targets import ENDS, squeezed
from graph_api.imports.reading import SheetRow
from graph_api.imports.records import NodeRef, Raw
from graph_api.imports.rows.outcomes import Problem
from graph_api.imports.rows.suggest import for_value
from graph_api.ontology.folding import fold
from graph_api.ontology.model import Property, ScalarType

REMARKS = ("#help", "#example")
"""A row whose first cell begins like this explains the table, as templates do, and is no row of it."""
_LIST = re.compile(r"\s*;\s*")
_TRUTH = {"true": "true", "false": "false"}


@dataclass(slots=True)
class Draft:
    """What a row states. ``values`` are of properties, ``ends`` texts that have to name nodes, by column.

    ``resolved`` holds the nodes of the ends once they are known.
    """

    sheet: str
    row: int
    mapping: Mapping
    key: str = ""
    values: dict[str, Raw] = field(default_factory=dict)
    ends: dict[str, tuple[str, ...]] = field(default_factory=dict)
    resolved: dict[str, tuple[NodeRef, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def target(self) -> Target:
        """What the row is one of."""
        return self.mapping.target

    def wrong(self, column: str, value: object, reason: str, suggestion: str = "") -> None:
        """Note what is wrong; ``column`` is named by the heading that means it."""
        heading = self.mapping.heading(column) if column else ""
        text = "" if value is None else str(value)[:200]
        self.problems.append(Problem(heading, text, reason, suggestion))

    @property
    def content(self) -> tuple[object, ...]:
        """All that it states, to be compared with another row."""
        return self.key, sorted(self.values.items(), key=lambda pair: pair[0]), sorted(self.ends.items())


def is_remark(row: SheetRow) -> bool:
    """Whether a row explains the table."""
    first = next(iter(row.cells.values()), "")
    return first.lower().startswith(REMARKS)


def draft_of(
    sheet: str, row: SheetRow, mapping: Mapping, *, key_prefix: str = "", clears: bool = False
) -> Draft:
    """What a row states, with everything that is wrong with it so far.

    ``key_prefix`` makes a key of the name where there is none; ``clears`` takes an empty cell for the
    statement that there is nothing.
    """
    draft = Draft(sheet, row.number, mapping)
    for flaw in row.flaws:
        if flaw.column not in mapping.ignored:
            draft.problems.append(Problem(flaw.column, flaw.value, flaw.reason))
    if any(not flaw.column for flaw in row.flaws):
        # Nothing says which of its cells stands under which heading.
        return draft
    for heading, column in mapping.columns().items():
        text = row.cells.get(heading, "")
        if text:
            _take(draft, column, text)
        elif clears and column.prop is not None and not column.prop.unique and not column.end:
            draft.values[column.name] = None
    name = draft.values.get("name")
    if not draft.key and key_prefix and isinstance(name, str):
        draft.key = made_key(key_prefix, name)
    if draft.target.kind is not None and not draft.key:
        draft.wrong(
            "key", None, "a key is required", "name a column for it, or have keys made (--keys PREFIX)"
        )
    for name in ENDS if draft.target.edge is not None else ():
        if name not in draft.ends:
            draft.wrong(name, None, "a value is required")
    return draft


def made_key(prefix: str, name: str) -> str:
    """A key made of a name: the same for the same name, whenever it is made."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80].rstrip("-").upper()
    return f"{prefix}-{words}" if words else ""


def _take(draft: Draft, column: Column, text: str) -> None:
    if column.prop is not None and column.prop.unique:
        draft.key = text
    elif column.end:
        texts = tuple(part for part in _LIST.split(text) if part) if column.many else (text,)
        draft.ends[column.name] = texts
    elif column.prop is not None:
        draft.values[column.name] = _value(column.prop, text)


def _value(prop: Property, text: str) -> Raw:
    """A cell as the value of a property, in the spelling that the property has."""
    match prop.type:
        case ScalarType.STRINGS:
            return [part for part in _LIST.split(text) if part]
        case ScalarType.BOOLEAN:
            return _TRUTH.get(text.lower(), text)
        case ScalarType.ENUM:
            return next((name for name in _members(prop) if squeezed(name) == squeezed(text)), text)
        case ScalarType.DATE | ScalarType.PARTIAL_DATE:
            return text.removesuffix("T00:00:00")
        case _:
            return text


def _members(prop: Property) -> Iterator[str]:
    yield from prop.enum.__members__ if prop.enum is not None else ()


def suggestion(draft: Draft, column: str, value: object) -> str:
    """What a value may have been meant to be."""
    found = draft.target.column(column)
    prop = found.prop if found is not None else None
    return for_value(prop, value) if prop is not None and isinstance(value, str) else ""
