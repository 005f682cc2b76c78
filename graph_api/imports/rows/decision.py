"""What a row comes to: its outcome, and what would be written for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from graph_api.imports.records import NodeRef, RowError, StoredEdge, StoredNode
from graph_api.imports.rows.drafts import Draft, suggestion
from graph_api.imports.rows.outcomes import Outcome, OutcomeKind, PropertyChange, Shown
from graph_api.values import Value


@dataclass(frozen=True, slots=True)
class RemovedEdge:
    """A stored edge that gives way to another."""

    edge: str
    key: str
    source: NodeRef
    target: NodeRef


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a row and its writes; a row that is not stored has none."""

    outcome: Outcome
    nodes: tuple[StoredNode, ...] = ()
    edges: tuple[StoredEdge, ...] = ()
    removed: tuple[RemovedEdge, ...] = ()


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A node that is there and may be the one that a row would create, with why that is thought."""

    key: str
    name: str
    score: float
    explanation: str


FindDuplicates: TypeAlias = Callable[[Sequence[StoredNode]], Awaitable[Mapping[NodeRef, PossibleDuplicate]]]
"""Which of the nodes that are about to be created may be there already, under another key."""


def rejected(
    draft: Draft, errors: Sequence[RowError] = (), columns: Mapping[str, str] | None = None
) -> Decision:
    """The decision for a row with something wrong; ``columns`` renames those that errors are about."""
    renamed = columns or {}
    for error in errors:
        column = renamed.get(error.column, error.column)
        draft.wrong(column, error.value, error.reason, suggestion(draft, column, error.value))
    outcome = Outcome(
        draft.sheet, draft.row, OutcomeKind.REJECTED, of=draft.key, problems=tuple(draft.problems)
    )
    return Decision(outcome)


def decided(
    draft: Draft,
    of: str,
    changes: Sequence[PropertyChange],
    nodes: tuple[StoredNode, ...],
    edges: tuple[StoredEdge, ...],
    *,
    created: bool,
    removed: tuple[RemovedEdge, ...] = (),
) -> Decision:
    """The decision for a sound row."""
    there = OutcomeKind.CHANGE if changes else OutcomeKind.UNCHANGED
    kind = OutcomeKind.CREATE if created else there
    outcome = Outcome(draft.sheet, draft.row, kind, of, tuple(changes))
    return Decision(outcome) if kind is OutcomeKind.UNCHANGED else Decision(outcome, nodes, edges, removed)


def duplicate(draft: Draft, of: str, like: str) -> Decision:
    """The decision for a row that says again what is said already."""
    return Decision(Outcome(draft.sheet, draft.row, OutcomeKind.DUPLICATE, of, like=like))


def shown(value: Value) -> Shown:
    """A stored value as it stands in a report."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [str(each) for each in value]
    return None if isinstance(value, dict) else value


def differences(
    names: Sequence[str], before: Mapping[str, Value], after: Mapping[str, Value]
) -> list[PropertyChange]:
    """The properties of these names that change; a list that is not there is an empty one."""
    return [
        PropertyChange(name, shown(before.get(name)), shown(after.get(name)))
        for name in names
        if (before.get(name) or None) != (after.get(name) or None)
        or (isinstance(before.get(name), bool | int | float) and before.get(name) != after.get(name))
    ]
