"""Shapers made for one plan: from a positional row to the response, checking every value.

The source of a shaper is Python, generated from the plan: one function for each object, which
unpacks a row, checks its values and builds the dictionary in the order of the selection. A value
that a check does not accept makes the shaper raise; the caller then takes the complete path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from textwrap import indent
from typing import cast

from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import DerivedProperty, NodeType, Property
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
from graph_api.shape import scalars
from graph_api.values import Value

Shaper = Callable[[object, Mapping[str, Value]], object]


def compile_shaper(plan: RootPlan) -> Shaper:
    """The shaper of a root plan: takes the selection's value and the parameters.

    It raises whatever a wrong value makes it raise; any exception means: take the complete path.
    """
    source = _Source()
    name = _root(source, plan)
    # They know each other as locals of one function: as globals they would stand in the namespace that each
    # of them holds, and such a circle is freed late once it is old.
    functions = indent("\n".join(source.functions), " ")
    text = f"def shaper():\n{functions}\n return {name}"
    # The text holds only names of the ontology, and response keys as literals.
    exec(compile(text, "<shaper>", "exec"), source.namespace)
    return cast("Callable[[], Shaper]", source.namespace.pop("shaper"))()


@dataclass(slots=True)
class _Source:
    """The functions written so far, and what they refer to by name."""

    functions: list[str] = field(default_factory=list)
    namespace: dict[str, object] = field(
        default_factory=lambda: {
            **scalars.FUNCTIONS,
            "Unexpected": scalars.UnexpectedValueError,
            "encode_id": encode_id,
            "encode_cursor": encode_cursor,
        }
    )
    count: int = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def constant(self, prefix: str, value: object) -> str:
        name = self.name(prefix)
        self.namespace[name] = value
        return name

    def write(self, name: str, parameters: str, body: list[str], result: str) -> str:
        lines = [f"def {name}({parameters}):", *(f"  {line}" for line in body), f"  return {result}"]
        self.functions.append("\n".join(lines))
        return name


def _root(source: _Source, plan: RootPlan) -> str:
    match plan.selection:
        case Connection() as connection:
            return _connection(source, connection)
        case Single(projection=projection):
            node = _projection(source, projection)
            body = ["if len(v) > 1: raise Unexpected"]
            return source.write(source.name("root"), "v, p", body, f"{node}(v[0], p) if v else None")
        case Listed(source=lookup, projection=projection):
            node = _projection(source, projection)
            body = [
                f"found = [None] * len(p[{lookup.keys.name!r}])",
                f"for i, row in v: found[i] = {node}(row, p)",
            ]
            return source.write(source.name("root"), "v, p", body, "found")


def _connection(source: _Source, found: Connection) -> str:
    body = ["if type(v) is not list: raise Unexpected"]
    if found.with_rows:
        body += [
            "rows = v" if found.rows_only else "rows = v[0]",
            "if type(rows) is not list: raise Unexpected",
        ]
        body += [f"limit = p[{found.page.limit.name!r}]", "more = len(rows) >= limit"]
        body += ["if more: rows = rows[:limit - 1]"]
        body += ["rows = rows[::-1]"] if found.page.backward else []
    items, position = [], 1 if found.with_cursor else 0
    groups = count(found.with_rows + any(isinstance(part, TotalCount) for part in found.parts))
    for part in found.parts:
        key = repr(part.response_key)
        match part:
            case TotalCount():
                body += [
                    f"total = v[{1 if found.with_rows else 0}]",
                    f"if {scalars.refused_number('total')}: raise Unexpected",
                ]
                items.append(f"{key}: total")
            case Groups():
                items.append(f"{key}: [{_group(source, part)}(r) for r in v[{next(groups)}]]")
            case PageInfo():
                items.append(f"{key}: {_page_info(found, part)}")
            case NodeList() | EdgeList():
                item = _item(found, position)
                if isinstance(part, NodeList):
                    checks, value = _node_item(source, part, item)
                else:
                    checks, value = _edge_item(source, found, part, item)
                body += [f"list{position} = []", "for r in rows:"]
                body += [f"  {line}" for line in [*checks, f"list{position}.append({value})"]]
                items.append(f"{key}: list{position}")
                position += 1
            case TypenameColumn():
                items.append(f"{key}: {found.type_name!r}")
    return source.write(source.name("connection"), "v, p", body, _dictionary(items))


def _group(source: _Source, part: Groups) -> str:
    body = [
        "keys = texts(r[:-1])",
        "number = r[-1]",
        f"if {scalars.refused_number('number')}: raise Unexpected",
    ]
    values = {"keys": "keys", "count": "number", "__typename": "'Group'"}
    given = [f"{key!r}: {values[name]}" for key, name in part.fields]
    return source.write(source.name("group"), "r", body, _dictionary(given))


def _page_info(found: Connection, part: PageInfo) -> str:
    beyond = repr(found.page.after is not None)
    values = {
        "hasNextPage": beyond if found.page.backward else "more",
        "hasPreviousPage": "more" if found.page.backward else beyond,
        "startCursor": f"encode_cursor({found.signature!r}, rows[0][0]) if rows else None",
        "endCursor": f"encode_cursor({found.signature!r}, rows[-1][0]) if rows else None",
        "__typename": "'PageInfo'",
    }
    return _dictionary([f"{key!r}: {values[name]}" for key, name in part.fields])


def _node_item(source: _Source, part: NodeList, item: str) -> tuple[list[str], str]:
    """The checks of a node of a list, and its expression: in the loop itself, since calls cost most."""
    if part.projection.tagged:
        return [], f"{_projection(source, part.projection)}({item}, p)"
    ((kind, columns),) = part.projection.by_kind
    row = _Row(source)
    _take_columns(row, kind, columns)
    return row.body(item), _dictionary(row.items)


def _edge_item(source: _Source, found: Connection, part: EdgeList, item: str) -> tuple[list[str], str]:
    """The checks of an edge of a list, and its expression."""
    row = _Row(source)
    for column in part.columns:
        match column:
            case TypenameColumn():
                row.give(column.response_key, repr(part.type_name))
            case AbsentColumn():
                row.give(column.response_key, "None")
            case CursorColumn():
                row.give(column.response_key, f"encode_cursor({found.signature!r}, r[0])")
            case EdgeNodeColumn() if column.inlined:
                ((kind, columns),) = column.projection.by_kind
                row.give(column.response_key, _dictionary(_node_items(row, kind, columns)))
            case EdgeNodeColumn():
                node = _projection(source, column.projection)
                row.give(column.response_key, f"{node}({row.take()}, p)")
            case SourcesColumn():
                row.give(column.response_key, _sources(source, column, row.take()))
            case Column():
                row.scalar(column.response_key, column.property)
    return row.body(item), _dictionary(row.items)


def _item(found: Connection, position: int) -> str:
    """The expression of an item of a row ``r``."""
    return "r" if found.single_item else f"r[{position}]"


def _node_items(row: _Row, kind: NodeType, columns: tuple[NodeColumn, ...]) -> list[str]:
    """The items of a node whose columns stand in another object's row."""
    before = row.items
    row.items = []
    _take_columns(row, kind, columns)
    row.items, found = before, row.items
    return found


def _projection(source: _Source, found: Projection) -> str:
    if not found.tagged and found.by_kind:
        ((kind, columns),) = found.by_kind
        return _node(source, kind, columns, "r")
    by_kind = {kind.name: _node(source, kind, columns, "r[1:]") for kind, columns in found.by_kind}
    table = source.name("by_kind")
    source.functions.append(
        f"{table} = {{{', '.join(f'{kind!r}: {name}' for kind, name in by_kind.items())}}}"
    )
    return source.write(source.name("node"), "r, p", [], f"{table}[r[0]](r, p)")


def _node(source: _Source, kind: NodeType, columns: tuple[NodeColumn, ...], unpacked: str) -> str:
    row = _Row(source)
    _take_columns(row, kind, columns)
    return source.write(source.name("node"), "r, p", row.body(unpacked), _dictionary(row.items))


def _take_columns(row: _Row, kind: NodeType, columns: tuple[NodeColumn, ...]) -> None:
    source = row.source
    for column in columns:
        match column:
            case TypenameColumn():
                row.give(column.response_key, repr(kind.name))
            case AbsentColumn():
                row.give(column.response_key, "None")
            case IdColumn():
                row.checked(column.response_key, kind.key, f"encode_id({kind.name!r}, {{}})")
            case Column() | LocalizedColumn():
                row.scalar(column.response_key, column.property)
            case DerivedColumn():
                row.derived(column.response_key, column.derived)
            case SourcesColumn():
                row.give(column.response_key, _sources(source, column, row.take()))
            case OneColumn():
                row.one(column, _projection(source, column.projection))
            case ConnectionColumn():
                row.give(column.response_key, f"{_connection(source, column.connection)}({row.take()}, p)")


def _sources(source: _Source, column: SourcesColumn, variable: str) -> str:
    return f"[{_projection(source, column.projection)}(s, p) for s in {variable}]"


def _dictionary(items: list[str]) -> str:
    return "{" + ", ".join(items) + "}"


@dataclass(slots=True)
class _Row:
    """The body of a function that unpacks a row, checks its values and names them."""

    source: _Source
    variables: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    def take(self) -> str:
        variable = f"v{len(self.variables)}"
        self.variables.append(variable)
        return variable

    def give(self, response_key: str, expression: str) -> None:
        self.items.append(f"{response_key!r}: {expression}")

    def body(self, unpacked: str) -> list[str]:
        if not self.variables:
            # Nothing is read, and still there has to be a row.
            return [f"if {unpacked} != []: raise Unexpected"]
        return [f"{', '.join(self.variables)}, = {unpacked}", *self.checks]

    def scalar(self, response_key: str, found: Property) -> None:
        variable = self.take()
        self._check(variable, found)
        self._give_converted(response_key, found, variable)

    def checked(self, response_key: str, found: Property, expression: str) -> None:
        variable = self.take()
        self._check(variable, found)
        self.give(response_key, expression.format(variable))

    def derived(self, response_key: str, found: DerivedProperty) -> None:
        variable = self.take()
        derived = self.source.constant("derived", found)
        self.checks.append(f"{variable} = derived_value({derived}, {variable})")
        self._check(variable, found)
        self._give_converted(response_key, found, variable)

    def one(self, column: OneColumn, node: str) -> None:
        variable = self.take()
        required = column.traverse.relation.end.cardinality is Cardinality.EXACTLY_ONE
        shaped = f"{node}({variable}, p)"
        self.give(column.response_key, shaped if required else f"None if {variable} is None else {shaped}")

    def _check(self, variable: str, found: Property | DerivedProperty) -> None:
        enum = self.source.constant("enum", scalars.enum_values(found.enum)) if found.enum else ""
        refused = scalars.refusal(found, variable, enum)
        if refused:
            known = "" if found.required else f"{variable} is not None and "
            self.checks.append(f"if {known}({refused}): raise Unexpected")

    def _give_converted(self, response_key: str, found: Property | DerivedProperty, variable: str) -> None:
        converted = scalars.conversion(found, variable)
        if converted == variable or found.required:
            self.give(response_key, converted)
        else:
            self.give(response_key, f"None if {variable} is None else {converted}")
