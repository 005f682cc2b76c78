"""From positional rows to records that GraphQL completes: values by response key.

This is the complete path: graphql-core checks every value and reports errors by its specification.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graph_api.errors import AmbiguousKeyError, GraphError, UnknownKeyError
from graph_api.ontology.model import NodeType
from graph_api.plan.cursor import encode_cursor
from graph_api.plan.global_id import encode_id
from graph_api.plan.tree import (
    AbsentColumn,
    Column,
    Connection,
    ConnectionColumn,
    CursorColumn,
    DerivedColumn,
    EdgeList,
    EdgeNodeColumn,
    Groups,
    IdColumn,
    Listed,
    LocalizedColumn,
    NodeColumn,
    NodeList,
    OneColumn,
    PageInfo,
    Projection,
    RootPlan,
    Single,
    SourcesColumn,
    TotalCount,
    TypenameColumn,
)
from graph_api.shape.scalars import derived_value
from graph_api.values import Value

Row = list[object]


@dataclass(frozen=True, slots=True)
class Record:
    """An object of the response: the name of its type and its values by response key."""

    type_name: str
    values: Mapping[str, object]


def refuse_unknown_keys(unknown: Sequence[object]) -> None:
    """Raise ``UnknownKeyError`` when a hierarchy has no node with a key that was asked for."""
    for keys in unknown:
        _refuse_unknown(cast("list[str]", keys))


def shape_root(plan: RootPlan, value: object, parameters: Mapping[str, Value]) -> object:
    """The value of a root field: a record, a list of records, or nothing.

    Raises ``AmbiguousKeyError`` when several kinds have the key that was asked for.
    """
    match plan.selection:
        case Connection() as connection:
            return _connection(connection, cast(Row, value), parameters)
        case Single(projection=projection):
            found = [_node(projection, cast(Row, each), parameters) for each in cast(Row, value)]
            return _only(found, str(parameters[plan.selection.source.key.name]))
        case Listed(source=source, projection=projection):
            size = len(cast("list[Value]", parameters[source.keys.name]))
            listed: list[Record | None] = [None] * size
            for index, each in cast("list[tuple[int, Row]]", value):
                listed[index] = _node(projection, each, parameters)
            return listed


def _refuse_unknown(keys: list[str]) -> None:
    if keys:
        raise UnknownKeyError(
            f"Nothing has the key '{keys[0]}' named in the argument 'within'.",
            remedy="Ask for the keys of the kind first, or correct the spelling.",
            argument="within",
            value=keys[0],
        )


def _only(found: list[Record | None], key: str) -> Record | None:
    if len(found) > 1:
        kinds = ", ".join(sorted(each.type_name for each in found if each))
        raise AmbiguousKeyError(
            f"Several kinds have the key '{key}': {kinds}.",
            remedy="Put the kind in front, as Kind:KEY.",
            argument="key",
            value=key,
        )
    return found[0] if found else None


def _node(projection: Projection, row: Row | None, parameters: Mapping[str, Value]) -> Record | None:
    if row is None:
        return None
    if projection.tagged:
        columns = next(columns for kind, columns in projection.by_kind if kind.name == row[0])
        kind = next(kind for kind, _ in projection.by_kind if kind.name == row[0])
        return Record(kind.name, dict(_node_values(kind, columns, iter(row[1:]), parameters)))
    ((kind, columns),) = projection.by_kind
    return Record(kind.name, dict(_node_values(kind, columns, iter(row), parameters)))


def _node_values(
    kind: NodeType, columns: tuple[NodeColumn, ...], values: Iterator[object], parameters: Mapping[str, Value]
) -> Iterator[tuple[str, object]]:
    for column in columns:
        if isinstance(column, AbsentColumn):
            yield column.response_key, None
        elif not isinstance(column, TypenameColumn):
            yield column.response_key, _node_value(kind, column, next(values), parameters)


def _node_value(kind: NodeType, column: NodeColumn, value: object, parameters: Mapping[str, Value]) -> object:
    match column:
        case Column() | LocalizedColumn():
            return value
        case IdColumn():
            return None if value is None else encode_id(kind.name, str(value))
        case DerivedColumn():
            return _derived(column, cast(Row, value))
        case SourcesColumn():
            return [_node(column.projection, cast(Row, each), parameters) for each in cast(Row, value)]
        case OneColumn():
            return _node(column.projection, cast("Row | None", value), parameters)
        case ConnectionColumn():
            return _connection(column.connection, cast(Row, value), parameters)
        case TypenameColumn() | AbsentColumn():
            return None


def _derived(column: DerivedColumn, values: Row) -> object:
    """The computed value; the error it met is the value, so that it is reported where it belongs."""
    try:
        return derived_value(column.derived, values)
    except GraphError as problem:
        return problem


def _connection(found: Connection, value: Row, parameters: Mapping[str, Value]) -> Record:
    rest: Iterator[object] = iter([value] if found.rows_only else value)
    rows = cast("list[Row]", next(rest)) if found.with_rows else []
    total = next(rest) if any(isinstance(part, TotalCount) for part in found.parts) else None
    limit = cast(int, parameters[found.page.limit.name])
    more = len(rows) >= limit
    page = rows[: limit - 1]
    if found.page.backward:
        page.reverse()
    values: dict[str, object] = {}
    position = 1 if found.with_cursor else 0
    for part in found.parts:
        match part:
            case TotalCount():
                values[part.response_key] = total
            case Groups():
                values[part.response_key] = [_group(part, row) for row in cast("list[Row]", next(rest))]
            case PageInfo():
                values[part.response_key] = _page_info(found, part, page, more)
            case NodeList():
                values[part.response_key] = [
                    _node(part.projection, _item(found, row, position), parameters) for row in page
                ]
                position += 1
            case EdgeList():
                values[part.response_key] = [_edge(found, part, row, position, parameters) for row in page]
                position += 1
            case TypenameColumn():
                pass
    return Record(found.type_name, values)


def _item(found: Connection, row: Row, position: int) -> Row:
    return row if found.single_item else cast(Row, row[position])


def _group(part: Groups, row: Row) -> Record:
    known: dict[str, object] = {"keys": row[:-1], "count": row[-1]}
    return Record("Group", {key: known[name] for key, name in part.fields if name in known})


def _page_info(found: Connection, part: PageInfo, page: list[Row], more: bool) -> Record:
    beyond_cursor = found.page.after is not None
    known: dict[str, object] = {
        "hasNextPage": beyond_cursor if found.page.backward else more,
        "hasPreviousPage": more if found.page.backward else beyond_cursor,
    }
    ends = {"startCursor": 0, "endCursor": -1}
    for name in ends.keys() & {name for _, name in part.fields}:
        known[name] = _cursor(found, page[ends[name]]) if page else None
    return Record("PageInfo", {key: known[name] for key, name in part.fields if name in known})


def _cursor(found: Connection, row: Row) -> str:
    return encode_cursor(found.signature, cast(Row, row[0]))


def _edge(
    found: Connection, part: EdgeList, row: Row, position: int, parameters: Mapping[str, Value]
) -> Record:
    values = iter(_item(found, row, position))
    shaped: dict[str, object] = {}
    for column in part.columns:
        match column:
            case TypenameColumn():
                pass
            case AbsentColumn():
                shaped[column.response_key] = None
            case CursorColumn():
                shaped[column.response_key] = _cursor(found, row)
            case EdgeNodeColumn() if column.inlined:
                ((kind, columns),) = column.projection.by_kind
                node = dict(_node_values(kind, columns, values, parameters))
                shaped[column.response_key] = Record(kind.name, node)
            case EdgeNodeColumn():
                shaped[column.response_key] = _node(column.projection, cast(Row, next(values)), parameters)
            case SourcesColumn():
                shaped[column.response_key] = [
                    _node(column.projection, cast(Row, each), parameters) for each in cast(Row, next(values))
                ]
            case Column():
                shaped[column.response_key] = next(values)
    return Record(part.type_name, shaped)
