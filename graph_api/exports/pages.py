"""Lists read to their end: their keys in one statement, then portions of their nodes by these keys.

A cursor would let every page begin where the one before ended, but an engine that has no index of the order
sorts the whole list for each page: the time would grow with the square of the rows.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final, cast

from graph_api.api_types.names import order_name, where_name
from graph_api.errors import LimitExceededError
from graph_api.exports.columns import Column, merged, rendered
from graph_api.exports.reading import Json, Reader
from graph_api.ontology.model import NodeType

PORTION: Final = 200
"""Nodes in one question: with some lists below each, an answer of a few megabytes at most."""
REST: Final = 500
"""Nodes of one list below a node, where they did not come with it."""


async def count_of(reader: Reader, kind: NodeType, variables: Json) -> int:
    """How many nodes a list has; raises what the question raises."""
    document = (
        f"query Count($where: {where_name(kind)}, $asOf: Date) "
        f"{{ {kind.plural}(where: $where, asOf: $asOf) {{ totalCount }} }}"
    )
    wanted = {name: value for name, value in variables.items() if name != "orderBy"}
    data = await reader.ask_for_all(document, wanted)
    return cast(int, cast("dict[str, object]", data[kind.plural])["totalCount"])


def check_rows(rows: int, most: int | None) -> None:
    """Raise ``LimitExceededError`` when an export would have more rows than it may."""
    if most is not None and rows > most:
        raise LimitExceededError(
            f"The export would have {rows:,} rows; at most {most:,} are given.",
            remedy="Filter, and export the parts.",
            limit_name="export_rows",
            limit=most,
            value=rows,
        )


async def nodes_of_list(
    reader: Reader, kind: NodeType, selection: str, variables: Json, count: int
) -> AsyncIterator[dict[str, object]]:
    """All ``count`` nodes of a list in its order, each as the selection gives it."""
    document = (
        f"query Keys($where: {where_name(kind)}, $orderBy: [{order_name(kind)}!], $asOf: Date, $first: Int!) "
        f"{{ {kind.plural}(where: $where, orderBy: $orderBy, asOf: $asOf, first: $first) "
        "{ nodes { key } } }"
    )
    data = await reader.ask_for_all(document, {**variables, "first": count})
    found = cast("list[dict[str, str]]", cast("dict[str, object]", data[kind.plural])["nodes"])
    keys = [node["key"] for node in found]
    async for node in nodes_with_keys(
        reader, kind, selection, keys, cast("str | None", variables.get("asOf"))
    ):
        yield node


async def nodes_with_keys(
    reader: Reader, kind: NodeType, selection: str, keys: Sequence[str], as_of: str | None = None
) -> AsyncIterator[dict[str, object]]:
    """The nodes with these keys in their order, but for those that the viewer does not see."""
    document = (
        f"query Export($keys: [String!]!, $asOf: Date, $first: Int!) {{ {kind.plural}("
        f"where: {{ key: {{ in: $keys }} }}, asOf: $asOf, first: $first) {{ nodes {{ {selection} }} }} }}"
    )
    given = {"first": PORTION, **({"asOf": as_of} if as_of else {})}
    for start in range(0, len(keys), PORTION):
        portion = keys[start : start + PORTION]
        data = await reader.ask_for_all(document, {**given, "keys": portion})
        found = cast("list[dict[str, object]]", cast("dict[str, object]", data[kind.plural])["nodes"])
        by_key = {node["key"]: node for node in found}
        for key in portion:
            # What was taken out of the graph in the meantime is not there; the version tells of it.
            if key in by_key:
                yield by_key[key]


async def with_whole_lists(
    reader: Reader, kind: NodeType, node: dict[str, object], columns: Sequence[Column], as_of: str | None
) -> dict[str, object]:
    """A node whose lists below it are whole: what did not come with it is read for itself."""
    for field in {column.steps[0] for column in columns if column.many is not None}:
        connection = cast("dict[str, object]", node[field])
        if more_follow(connection):
            own = [column for column in columns if column.steps[0] == field and column.many is not None]
            nodes = [*cast("list[object]", connection["nodes"])]
            wanted = _below(own, field)
            nodes += [each async for each in rest_of(reader, kind, node, field, wanted, as_of)]
            node[field] = {"nodes": nodes}
    return node


def more_follow(connection: Mapping[str, object]) -> bool:
    """Whether a connection below a node was cut."""
    return bool(cast("dict[str, object]", connection["pageInfo"])["hasNextPage"])


def _below(columns: Sequence[Column], field: str) -> str:
    """What the columns select of one relation."""
    (below,) = [below for text, below in merged(columns).items() if text.startswith(f"{field}(")]
    return rendered(below)


async def rest_of(
    reader: Reader, kind: NodeType, node: Mapping[str, object], field: str, selection: str, as_of: str | None
) -> AsyncIterator[dict[str, object]]:
    """The rows of a connection below a node after the first page of it, which the node holds.

    ``selection`` is that of the connection, and has ``pageInfo`` with the cursor of its end.
    """
    document = (
        "query Rest($key: String!, $first: Int!, $after: String, $asOf: Date) "
        f"{{ {kind.field}(key: $key, asOf: $asOf) "
        f"{{ {field}(first: $first, after: $after) {{ {selection} }} }} }}"
    )
    connection = cast("dict[str, object]", node[field])
    while more_follow(connection):
        after = cast("dict[str, object]", connection["pageInfo"])["endCursor"]
        values = {"key": node["key"], "first": REST, "after": after}
        data = await reader.ask_for_all(document, {**values, **({"asOf": as_of} if as_of else {})})
        found = cast("dict[str, object] | None", data[kind.field])
        if found is None:
            # It was taken out of the graph in the meantime; the version tells, and all is read again.
            return
        connection = cast("dict[str, object]", found[field])
        rows = connection.get("edges", connection.get("nodes"))
        for row in cast("list[dict[str, object]]", rows):
            yield row
