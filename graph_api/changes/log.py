"""The log: a node for each change, what it did in records beside it, and an edge to all that it touched.

The node (``CHANGE``) is what people read; an ontology with a kind of that name shows it. The records
(``RECORD``), parts of a JSON list, hold every item before and after, so that a change can be taken back and
the graph be made again from nothing. They stay when what they tell of is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

import orjson

from graph_api.changes.images import decoded, encoded
from graph_api.changes.items import (
    Applied,
    DropEdge,
    DropNode,
    Header,
    Item,
    NodeRef,
    Outcome,
    PutEdge,
    PutNode,
)
from graph_api.cypher.statement import Statement
from graph_api.engine.definitions import Definition, NodeIndex, UniqueKey
from graph_api.engine.protocol import Row
from graph_api.ontology.folding import fold
from graph_api.ontology.model import RESTRICTED_LEVEL
from graph_api.values import Value

CHANGE = "Change"
"""The label of changes."""
RECORD = "ChangeRecord"
"""The label of the records; it is no kind of the ontology."""
TOUCHED = "CHANGED"
"""The type of the edges from a change to what it touched."""
DEFINITIONS: tuple[Definition, ...] = (
    UniqueKey(CHANGE, "key"),
    UniqueKey(RECORD, "key"),
    NodeIndex(CHANGE, ("number",)),
    NodeIndex(CHANGE, ("idempotency",)),
    NodeIndex(RECORD, ("change",)),
)
PART = 500
"""Items in one record at most."""
_FOLDED = ("name", "command", "actor")


def change_key(number: int) -> str:
    """The key of the change that made this version of the graph."""
    return f"CHANGE-{number}"


def open_change(number: int, header: Header) -> Statement:
    """Write the change's node."""
    now = datetime.now(UTC)
    stated: dict[str, Value] = {
        "key": change_key(number),
        "number": number,
        "name": header.name,
        "command": header.command,
        "actor": header.actor,
        "role": header.role,
        "reason": header.reason,
        "day": now.date(),
        "time": now.isoformat(timespec="milliseconds"),
        "undoes": header.undoes,
        "idempotency": header.idempotency,
        "digest": header.digest,
        "synthetic": False,
        "sources": list(header.sources),
    }
    stated |= {f"{name}_folded": fold(str(stated[name])) for name in _FOLDED}
    properties: dict[str, Value] = {name: value for name, value in stated.items() if value is not None}
    text = f"CREATE (c:{CHANGE} {{key: $key}}) SET c += $properties RETURN c.key"
    return Statement(text, {"key": stated["key"], "properties": properties})


def close_change(number: int, items: int, level: int) -> Statement:
    """Say of the change how many items it has, and who may see it when not all may."""
    text = f"MATCH (c:{CHANGE} {{key: $key}}) SET c += $properties RETURN c.key"
    properties: dict[str, Value] = {"items": items, RESTRICTED_LEVEL: level or None}
    return Statement(text, {"key": change_key(number), "properties": properties})


def forget_change(number: int) -> Statement:
    """Take away the node of a change that made no difference."""
    return Statement(f"MATCH (c:{CHANGE} {{key: $key}}) DELETE c", {"key": change_key(number)})


def write_record(number: int, part: int, applied: Sequence[Applied]) -> Statement:
    """Write one record of a change; ``part`` counts them from 0."""
    properties: dict[str, Value] = {
        "change": number,
        "part": part,
        "items": orjson.dumps([_as_json(each) for each in applied]).decode(),
    }
    text = f"CREATE (r:{RECORD} {{key: $key}}) SET r += $properties RETURN r.key"
    return Statement(text, {"key": f"{number}.{part}", "properties": properties})


def touch(number: int, kind: str, touches: Sequence[tuple[str, Mapping[str, Value]]]) -> Statement:
    """Link a change to nodes of a kind that it has not touched before."""
    text = (
        f"MATCH (c:{CHANGE} {{key: $key}}) UNWIND $rows AS row MATCH (n:{kind} {{key: row.key}}) "
        f"CREATE (c)-[r:{TOUCHED} {{key: row.edge}}]->(n) SET r += row.properties RETURN count(r)"
    )
    return Statement(text, _touch_parameters(number, kind, touches))


def touch_again(number: int, kind: str, touches: Sequence[tuple[str, Mapping[str, Value]]]) -> Statement:
    """Say more of nodes that the change is linked to already."""
    text = (
        f"UNWIND $rows AS row MATCH (n:{kind} {{key: row.key}})<-[r:{TOUCHED} {{key: row.edge}}]-() "
        "SET r += row.properties RETURN count(r)"
    )
    parameters = _touch_parameters(number, kind, touches)
    del parameters["key"]
    return Statement(text, parameters)


def _touch_parameters(
    number: int, kind: str, touches: Sequence[tuple[str, Mapping[str, Value]]]
) -> dict[str, Value]:
    rows: list[Value] = [
        {"key": key, "edge": f"{number}|{kind}:{key}", "properties": dict(properties)}
        for key, properties in touches
    ]
    return {"key": change_key(number), "rows": rows}


def hide_history(kind: str, keys: Sequence[str], level: int, way: str) -> Statement:
    """Let changes that touched these nodes be seen by no lower role than the nodes are.

    ``way`` is the pattern from a node to what is hidden with it (``audience.way_to_dependents``).
    """
    text = (
        f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}}){way}<-[:{TOUCHED}]-(c:{CHANGE}) "
        f"WHERE coalesce(c.{RESTRICTED_LEVEL}, 0) < $level SET c += $properties RETURN count(c)"
    )
    properties: dict[str, Value] = {RESTRICTED_LEVEL: level}
    return Statement(text, {"keys": list(keys), "level": level, "properties": properties})


def move_history(kind: str, old: str, new: str) -> tuple[Statement, Statement]:
    """Let the history of a node be that of another, which takes its place."""
    given: dict[str, Value] = {"old": old, "new": new}
    text = (
        f"MATCH (n:{kind} {{key: $old}})<-[r:{TOUCHED}]-(c:{CHANGE}) MATCH (m:{kind} {{key: $new}}) "
        f"CREATE (c)-[s:{TOUCHED} {{key: r.key}}]->(m) SET s += properties(r) RETURN count(s)"
    )
    removed = f"MATCH (n:{kind} {{key: $old}})<-[r:{TOUCHED}]-(:{CHANGE}) DELETE r"
    return Statement(text, given), Statement(removed, {"old": old})


def move_history_back(kind: str, old: str, new: str) -> tuple[Statement, Statement]:
    """Undo ``move_history``: what was told of the old node is told of it again."""
    given: dict[str, Value] = {"old": old, "new": new, "end": f"|{kind}:{old}"}
    where = f"MATCH (m:{kind} {{key: $new}})<-[r:{TOUCHED}]-(c:{CHANGE}) WHERE r.key ENDS WITH $end "
    text = (
        f"{where}MATCH (n:{kind} {{key: $old}}) "
        f"CREATE (c)-[s:{TOUCHED} {{key: r.key}}]->(n) SET s += properties(r) RETURN count(s)"
    )
    return Statement(text, given), Statement(f"{where}DELETE r", {"new": new, "end": f"|{kind}:{old}"})


def records_of(number: int) -> Statement:
    """Read the records of a change in their order."""
    text = f"MATCH (r:{RECORD} {{change: $change}}) WITH r ORDER BY r.part RETURN r.change, r.items"
    return Statement(text, {"change": number})


def records_from(change: int, part: int, limit: int) -> Statement:
    """Read the records that come after a part of a change, in the order in which they were made."""
    text = (
        f"MATCH (r:{RECORD}) WHERE r.change > $change OR r.change = $change AND r.part > $part "
        "WITH r ORDER BY r.change, r.part LIMIT $limit RETURN r.change, r.part, r.items"
    )
    return Statement(text, {"change": change, "part": part, "limit": limit})


def numbers_after(number: int, level: int, limit: int) -> Statement:
    """Read the numbers of later changes that a role sees, the earliest first."""
    text = (
        f"MATCH (c:{CHANGE}) WHERE c.number > $change AND coalesce(c.{RESTRICTED_LEVEL}, 0) <= $level "
        "WITH c.number AS number ORDER BY number LIMIT $limit RETURN collect(number)"
    )
    return Statement(text, {"change": number, "level": level, "limit": limit})


def known_request(idempotency: str) -> Statement:
    """Read the number and the digest of the change that was made under an idempotency key."""
    text = f"MATCH (c:{CHANGE} {{idempotency: $idempotency}}) RETURN c.number, c.digest"
    return Statement(text, {"idempotency": idempotency})


def latest_change(kind: str, key: str, level: int) -> Statement:
    """Read the number of the last change that touched a node and that a role sees; no row for none."""
    text = (
        f"MATCH (n:{kind} {{key: $key}})<-[:{TOUCHED}]-(c:{CHANGE}) "
        f"WHERE coalesce(c.{RESTRICTED_LEVEL}, 0) <= $level "
        "WITH c ORDER BY c.number DESC LIMIT 1 RETURN c.number"
    )
    return Statement(text, {"key": key, "level": level})


def changes_since(number: int, kind: str, keys: Sequence[str], level: int) -> Statement:
    """Read the numbers of the changes after one that touched these nodes and that a role sees, those
    taken back left out."""
    text = (
        f"UNWIND $keys AS key MATCH (n:{kind} {{key: key}})<-[:{TOUCHED}]-(c:{CHANGE}) "
        "WHERE c.number > $change AND c.undone_by IS NULL "
        f"AND coalesce(c.{RESTRICTED_LEVEL}, 0) <= $level WITH DISTINCT c.number AS number "
        "WITH number ORDER BY number RETURN collect(number)"
    )
    return Statement(text, {"change": number, "keys": list(keys), "level": level})


def header_of(number: int) -> Statement:
    """Read what is said of a change: its command, its name, by what it was undone and what it undoes."""
    text = (
        f"MATCH (c:{CHANGE} {{key: $key}}) "
        f"RETURN c.command, c.name, c.undone_by, c.undoes, coalesce(c.{RESTRICTED_LEVEL}, 0)"
    )
    return Statement(text, {"key": change_key(number)})


def mark_undone(number: int, by: int | None) -> Statement:
    """Say that a change was taken back by another, or no longer is."""
    text = f"MATCH (c:{CHANGE} {{key: $key}}) SET c += $properties RETURN c.key"
    return Statement(text, {"key": change_key(number), "properties": {"undone_by": by}})


def items_of(rows: Sequence[Row]) -> Iterator[Applied]:
    """The items in records; the last column of each row holds them."""
    for row in rows:
        for found in orjson.loads(str(row[-1])):
            yield _from_json(cast("dict[str, object]", found))


def _as_json(applied: Applied) -> dict[str, object]:
    item = applied.item
    body: dict[str, object] = {"before": encoded(applied.before), "after": encoded(applied.after)}
    if isinstance(item, PutEdge | DropEdge):
        ends = [item.source.kind, item.source.key, item.target.kind, item.target.key]
        return {"edge": item.edge, "key": item.key, "ends": ends, "outcome": applied.outcome.name, **body}
    return {"kind": item.ref.kind, "key": item.ref.key, "outcome": applied.outcome.name, **body}


def _from_json(found: dict[str, object]) -> Applied:
    outcome = Outcome[str(found["outcome"])]
    before, after = decoded(found["before"]), decoded(found["after"])
    key = str(found["key"])
    item: Item
    if "edge" in found:
        source_kind, source, target_kind, target = cast("list[str]", found["ends"])
        ends = NodeRef(source_kind, source), NodeRef(target_kind, target)
        edge = str(found["edge"])
        item = DropEdge(edge, key, *ends) if after is None else PutEdge(edge, key, *ends, after)
    else:
        ref = NodeRef(str(found["kind"]), key)
        item = DropNode(ref) if after is None else PutNode(ref, after)
    return Applied(item, outcome, before, after)
