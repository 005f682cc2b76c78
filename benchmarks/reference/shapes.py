"""From a hand-written statement's row to the answer that our API gives, key by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

Row: TypeAlias = Any
"""What a statement returned; whoever wrote it by hand knows what stands where."""
Shape: TypeAlias = Callable[[Row], dict[str, object]]


def lookup(row: Row) -> dict[str, object]:
    """One organization."""
    key, name, kind, website, founded = row
    return {"organization": {"key": key, "name": name, "kind": kind, "website": website, "founded": founded}}


def first_page(row: Row) -> dict[str, object]:
    """Organizations with country, themes and memberships."""
    return _organizations(
        [
            {
                "key": key,
                "name": name,
                "country": {"name": country[0]} if country else None,
                "themes": {
                    "edges": [{"level": level, "node": {"key": k, "name": n}} for level, k, n in themes]
                },
                "memberships": {
                    "edges": [
                        {"since": since, "until": until, "node": {"key": k, "name": n}}
                        for since, until, k, n in memberships
                    ]
                },
            }
            for key, name, country, themes, memberships in row
        ]
    )


def first_question(row: Row) -> dict[str, object]:
    """The members of regional networks that cover a theme in a region."""
    return _organizations(
        [
            {
                "key": key,
                "name": name,
                "country": {"name": country[0]} if country else None,
                "themes": {"edges": [{"level": level, "node": {"key": k}} for level, k in themes]},
                "memberships": {
                    "edges": [
                        {"since": since, "until": until, "node": {"key": k}}
                        for since, until, k in memberships
                    ]
                },
            }
            for key, name, country, themes, memberships in row
        ]
    )


def many_fields(row: Row) -> dict[str, object]:
    """Organizations with many fields."""
    return _organizations(
        [
            {
                "key": key,
                "name": name,
                "acronym": acronym,
                "kind": kind,
                "website": website,
                "founded": founded,
                "languages": languages,
                "synthetic": synthetic,
                "country": {"key": country[0], "name": country[1]} if country else None,
                "themes": {"edges": [{"level": level, "node": {"key": k}} for level, k in themes]},
                "memberships": {"edges": [{"since": since, "node": {"key": k}} for since, k in memberships]},
            }
            for (
                *(key, name, acronym, kind, website, founded, languages, synthetic),
                country,
                themes,
                memberships,
            ) in row
        ]
    )


def deep_page(row: Row) -> dict[str, object]:
    """Organizations with key and name."""
    return _organizations([{"key": key, "name": name} for key, name in row])


def coverage(row: Row) -> dict[str, object]:
    """How many organizations work on each area or what it contains, in each country and region."""
    groups = [{"keys": [theme, place], "count": total} for theme, place, total in row]
    return {"organizations": {"groups": groups}}


def event_networks(row: Row) -> dict[str, object]:
    """An event, who took part, and the networks of those."""
    key, name, start, participations = row
    edges = [
        {
            "role": role,
            "node": {
                "key": k,
                "name": n,
                "memberships": {
                    "edges": [
                        {"since": since, "node": {"key": network, "name": title}}
                        for since, network, title in memberships
                    ]
                },
            },
        }
        for role, k, n, memberships in participations
    ]
    return {"event": {"key": key, "name": name, "start": start, "participations": {"edges": edges}}}


def _organizations(nodes: list[dict[str, object]]) -> dict[str, object]:
    return {"organizations": {"edges": [{"node": node} for node in nodes]}}
