"""Redirects in the graph: under which key a node is found that had another one before a merge.

Each is a node of its own, which is no kind of the ontology. They are stored as they were put, chains
included, so that taking one back brings the ones before it back too; readers follow them to their ends
(``graph_api.plan.redirects``). The statements belong into the transaction of the merge.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph_api.changes.version import raise_redirects
from graph_api.cypher.statement import Statement
from graph_api.engine.definitions import Definition, UniqueKey
from graph_api.plan.redirects import Redirects

LABEL = "Redirect"
"""The label of the nodes that hold redirects."""
DEFINITIONS: tuple[Definition, ...] = (UniqueKey(LABEL, "key"),)
_READ = Statement(f"MATCH (r:{LABEL}) RETURN r.key, r.target ORDER BY r.key")


def put_redirect(kind: str, old: str, target: str) -> tuple[Statement, Statement]:
    """Let the old key of a kind lead to another key of it, wherever it led before."""
    text = f"MERGE (r:{LABEL} {{key: $key}}) SET r.target = $target RETURN r.key"
    return Statement(text, {"key": f"{kind}:{old}", "target": target}), raise_redirects()


def remove_redirect(kind: str, old: str) -> tuple[Statement, Statement]:
    """Let the key of a kind be its own again; nothing is wrong where it led nowhere."""
    text = f"MATCH (r:{LABEL} {{key: $key}}) DELETE r"
    return Statement(text, {"key": f"{kind}:{old}"}), raise_redirects()


def follow_redirect(kind: str, key: str) -> Statement:
    """Read where one key of a kind leads, one step; no row where it leads nowhere."""
    return Statement(f"MATCH (r:{LABEL} {{key: $key}}) RETURN r.target", {"key": f"{kind}:{key}"})


def read_redirects() -> Statement:
    """Read all redirects, as they were put."""
    return _READ


def redirects_of(rows: Sequence[Sequence[object]]) -> Redirects:
    """The redirects that ``read_redirects`` gave, each followed to its end."""
    return Redirects.of((str(key), str(target)) for key, target in rows)
