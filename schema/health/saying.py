"""How rules put a finding into words and name what it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from graph_api.findings.declare import Finding, Severity
from graph_api.plan.entities import EntityRef


def said(
    rule: str,
    severity: Severity,
    message: str,
    evidence: Iterable[tuple[str, str]],
    sources: Iterable[str] = (),
) -> Finding:
    """A finding; nodes and sources that several facts share are named once."""
    refs = tuple(EntityRef(kind, key) for kind, key in dict.fromkeys(evidence))
    return Finding(rule, severity, message, refs, tuple(dict.fromkeys(sources)))


def listed(keys: Iterable[str], most: int = 5) -> str:
    """Keys in a sentence, the first few of many."""
    every = sorted(keys)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
