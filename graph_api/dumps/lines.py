"""The lines of a dump: a header, the nodes, the edges, a trailer; each is one JSON object.

    {"dump": "graph", "format": 1, "graph": ..., "version": ..., "ontology": ..., "nodes": ..., "edges": ...}
    {"node": [LABEL, ...], "properties": {...}}
    {"edge": TYPE, "from": [LABEL, KEY], "properties": {...}, "to": [LABEL, KEY]}
    {"lines": ..., "sha256": ...}

Texts, booleans, whole numbers, other numbers and lists are those of JSON (RFC 8259). What JSON has no form
for is an object with one member: ``{"date": "2024-05-31"}``, ``{"float": "nan"}``, ``inf`` or ``-inf``.
Members stand in the order of their names, nodes by label and key, edges by type and ends, so that equal
graphs have equal dumps to the byte.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias, cast

import orjson

from graph_api.errors import UndumpableGraphError
from graph_api.values import Value

FORMAT: Final = 1
"""Raised when older programs could not read a dump any more."""
KIND: Final = "graph"
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
"""Of labels and types."""
_NUMBERS: Final = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}

Properties: TypeAlias = dict[str, Value]


class BrokenLineError(ValueError):
    """A line that is not of a dump; the text says why."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a dump holds. Without a ``graph`` nothing was ever written to it.

    ``nodes`` are counted by label (several of one node with a colon between them), ``edges`` by type.
    """

    graph: str | None
    version: int | None
    ontology: str
    nodes: Mapping[str, int]
    edges: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many lines there are between the header and the trailer."""
        return sum(self.nodes.values()) + sum(self.edges.values())


@dataclass(frozen=True, slots=True)
class Trailer:
    """The number of lines before it, and the SHA-256 of their bytes, line ends included."""

    lines: int
    sha256: str


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A node: its labels in the order of their names, and everything stored."""

    labels: tuple[str, ...]
    properties: Properties

    @property
    def label(self) -> str:
        """The first of its labels; nodes are told apart by it and their key."""
        return self.labels[0]

    @property
    def key(self) -> str:
        """Its key."""
        return str(self.properties["key"])

    @property
    def rank(self) -> tuple[str, ...]:
        """Where it stands among the nodes."""
        return self.label, self.key


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """An edge between two nodes, each named by its first label and its key, and everything stored."""

    type: str
    source: tuple[str, str]
    target: tuple[str, str]
    properties: Properties

    @property
    def rank(self) -> tuple[str, ...]:
        """Where it stands among the edges."""
        target_label, target_key = self.target
        return self.type, *self.source, target_key, target_label, str(self.properties.get("key", ""))


Line: TypeAlias = Header | NodeLine | EdgeLine | Trailer


def encoded(line: Line) -> bytes:
    """A line with its end; raises ``UndumpableGraphError`` for a value that has no form."""
    match line:
        case Header():
            body: dict[str, object] = {
                "dump": KIND,
                "format": FORMAT,
                "graph": line.graph,
                "version": line.version,
                "ontology": line.ontology,
                "nodes": dict(line.nodes),
                "edges": dict(line.edges),
            }
        case NodeLine():
            place = f"the {line.label} {line.properties.get('key')}"
            body = {"node": line.labels, "properties": _written(line.properties, place)}
        case EdgeLine():
            place = f"the edge {line.type} from {' '.join(line.source)} to {' '.join(line.target)}"
            body = {
                "edge": line.type,
                "from": line.source,
                "to": line.target,
                "properties": _written(line.properties, place),
            }
        case Trailer():
            body = {"lines": line.lines, "sha256": line.sha256}
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _written(properties: Properties, place: str) -> dict[str, object]:
    return {name: _written_value(value, f"{name} of {place}") for name, value in properties.items()}


def _written_value(value: object, place: str) -> object:
    # A time is a date for Python, and no property of an ontology has its type.
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"date": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": str(value)}
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list):
        return [_written_value(each, place) for each in value]
    raise UndumpableGraphError(
        f"The property {place} is a {type(value).__name__}, which a dump cannot hold.",
        remedy="Store it as a text, a number, a date or a list of them.",
    )


def decoded(text: bytes) -> Line:
    """What a line says; raises ``BrokenLineError``."""
    try:
        body = orjson.loads(text)
    except orjson.JSONDecodeError as problem:
        raise BrokenLineError(f"it is no JSON: {problem}") from None
    if not isinstance(body, dict):
        raise BrokenLineError("it is no object")
    match sorted(body):
        case ["node", "properties"]:
            return _node(body)
        case ["edge", "from", "properties", "to"]:
            properties = _properties(body["properties"])
            return EdgeLine(_name(body["edge"]), _end(body["from"]), _end(body["to"]), properties)
        case ["lines", "sha256"] if type(body["lines"]) is int and isinstance(body["sha256"], str):
            return Trailer(body["lines"], body["sha256"])
        case names if "dump" in names:
            return _header(body)
        case names:
            raise BrokenLineError(f"it has the members {', '.join(names)[:200]}")


def _header(body: dict[str, object]) -> Header:
    if body["dump"] != KIND or body.get("format") != FORMAT:
        raise BrokenLineError(f"its format is {body.get('format')!r}, and this program reads {FORMAT}")
    graph, version, ontology = body.get("graph"), body.get("version"), body.get("ontology")
    known = isinstance(graph, str) and type(version) is int
    if not (known or (graph is None and version is None)) or not isinstance(ontology, str):
        raise BrokenLineError("it does not say of which graph it is")
    return Header(
        cast("str | None", graph),
        cast("int | None", version),
        ontology,
        _counts(body.get("nodes")),
        _counts(body.get("edges")),
    )


def _counts(value: object) -> dict[str, int]:
    if isinstance(value, dict) and all(type(number) is int and number > 0 for number in value.values()):
        return value
    raise BrokenLineError("it does not say how much it holds")


def _node(body: dict[str, object]) -> NodeLine:
    labels, properties = body["node"], _properties(body["properties"])
    if not isinstance(labels, list) or not labels:
        raise BrokenLineError("a node without a label")
    if not properties.get("key") or not isinstance(properties["key"], str):
        raise BrokenLineError("a node without a key")
    names = tuple(_name(each) for each in labels)
    if list(names) != sorted(set(names)):
        raise BrokenLineError("its labels are not in their order")
    return NodeLine(names, properties)


def _end(value: object) -> tuple[str, str]:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
        return _name(value[0]), value[1]
    raise BrokenLineError("an end of an edge is no label with a key")


def _name(value: object) -> str:
    """A label or a type: it becomes part of a statement's text."""
    if isinstance(value, str) and NAME.fullmatch(value):
        return value
    raise BrokenLineError(f"{value!r:.80} is no label or type")


def _properties(value: object) -> Properties:
    if not isinstance(value, dict):
        raise BrokenLineError("its properties are no object")
    return {name: _value(each) for name, each in value.items()}


def _value(value: object) -> Value:
    if isinstance(value, list):
        return [_value(each) for each in value]
    if isinstance(value, dict):
        return _tagged(value)
    if isinstance(value, str | bool | int | float):
        return value
    raise BrokenLineError("a property is null")


def _tagged(value: dict[str, object]) -> Value:
    match list(value.items()):
        case [("date", str(text))]:
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise BrokenLineError(f"{text[:80]!r} is no date") from None
        case [("float", str(text))] if text in _NUMBERS:
            return _NUMBERS[text]
        case _:
            raise BrokenLineError("a property is an object of no known form")
