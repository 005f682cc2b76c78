"""The version of the graph: a number that every committed write raises, in its own transaction.

One node holds it, which is no kind of the ontology. ``graph`` tells one database from another, so that
what was read from one is never taken for the other's. ``access`` is raised when a key is made or revoked,
``redirects`` when a redirect is put or removed. ``restricted`` names the kinds that hold restricted nodes.

A graph that was loaded from a dump keeps its id and its number, and from then on goes its own way. So it is
told apart by ``loaded``, which each load makes anew and no dump holds.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from graph_api.cypher.statement import Statement
from graph_api.engine.definitions import Definition, UniqueKey
from graph_api.values import Value

LABEL = "GraphVersion"
"""The label of the node that holds the version."""
DEFINITIONS: tuple[Definition, ...] = (UniqueKey(LABEL, "key"),)
LOADED = "loaded"
"""The property that tells a loaded graph from the one that was dumped."""
_KEY = "graph"
_READ = Statement(
    f"MATCH (v:{LABEL} {{key: $key}}) RETURN coalesce(v.{LOADED}, v.graph), v.version, v.access, v.changed, "
    "coalesce(v.restricted, []), coalesce(v.redirects, 0)",
    {"key": _KEY},
)
_MERGE = (
    f"MERGE (v:{LABEL} {{key: $key}}) "
    "ON CREATE SET v.graph = $graph, v.version = 0, v.access = 0, v.changed = $now "
)


@dataclass(frozen=True, slots=True)
class GraphVersion:
    """A state of a graph; ``changed`` is when it was reached, as an ISO 8601 time in UTC.

    ``restricted`` are the kinds of which some node is restricted, ``redirects`` counts the changes of
    redirects.
    """

    graph: str
    number: int
    access: int
    changed: str
    restricted: tuple[str, ...] = ()
    redirects: int = 0


def read_version() -> Statement:
    """Read the version; no row where nothing was ever written."""
    return _READ


def version_of(rows: Sequence[Sequence[object]]) -> GraphVersion | None:
    """The version that ``read_version`` gave."""
    if not rows:
        return None
    graph, number, access, changed, restricted, redirects = rows[0]
    return GraphVersion(
        str(graph),
        cast(int, number),
        cast(int, access),
        str(changed),
        tuple(map(str, cast("list[str]", restricted))),
        cast(int, redirects),
    )


def raise_version() -> Statement:
    """Count a write. It belongs into the write's own transaction."""
    return Statement(_MERGE + "SET v.version = v.version + 1, v.changed = $now RETURN v.version", _values())


def raise_access() -> Statement:
    """Count a change of keys. It belongs into the change's own transaction."""
    return Statement(_MERGE + "SET v.access = v.access + 1 RETURN v.access", _values())


def set_restricted(kinds: Iterable[str]) -> Statement:
    """Say of which kinds some node is restricted, in place of what was said before.

    It belongs into the transaction that restricts a node of a new kind, after ``raise_version``, which
    keeps others from doing the same at the same time. A kind named without need costs time, one left out
    shows what is restricted.
    """
    text = _MERGE + "SET v.restricted = $restricted RETURN v.restricted"
    return Statement(text, {**_values(), "restricted": [*sorted(set(kinds))]})


def raise_redirects() -> Statement:
    """Count a change of redirects. It belongs into the change's own transaction."""
    return Statement(_MERGE + "SET v.redirects = coalesce(v.redirects, 0) + 1 RETURN v.redirects", _values())


def lock_version() -> Statement:
    """Write the version's node and change nothing: where writing locks, nobody raises the version until
    the transaction ends. What is read before the lock is there may be old, so it reads nothing.
    """
    text = f"MATCH (v:{LABEL} {{key: $key}}) SET v.locked = $locked REMOVE v.locked"
    return Statement(text, {"key": _KEY, "locked": True})


def read_identity() -> Statement:
    """The graph's id, which a load does not change, and the number; no row where nothing was written."""
    return Statement(f"MATCH (v:{LABEL} {{key: $key}}) RETURN v.graph, v.version", {"key": _KEY})


def mark_loaded() -> Statement:
    """Tell the graph that was just loaded from the one that was dumped."""
    return Statement(
        f"MATCH (v:{LABEL} {{key: $key}}) SET v.{LOADED} = $loaded RETURN v.version",
        {"key": _KEY, "loaded": uuid.uuid4().hex},
    )


def _values() -> dict[str, Value]:
    return {
        "key": _KEY,
        "graph": uuid.uuid4().hex,
        "now": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
