"""Data extension (version 0.2, section 7): the values of properties of entities, asked of the graph itself.

The values come from an ordinary operation of the viewer, so that rights, limits and caches are those of every
question. Values of a relation are entities; there are ``MOST_RELATED`` of them at most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from graph_api.access.viewer import Viewer
from graph_api.errors import DatabaseError, InvalidArgumentError, LimitExceededError, MalformedRequestError
from graph_api.ontology.model import NodeType, Relation, ScalarType
from graph_api.plan.global_id import encode_id
from graph_api.serve.http.reconcile.candidates import entity_id
from graph_api.serve.http.reconcile.catalogue import Catalogue, Field, title
from graph_api.serve.operations.answer import Asking, Operation, answer
from graph_api.serve.runtime import Runtime

MAX_IDS, MAX_PROPERTIES, MOST_RELATED = 200, 20, 50
Value: TypeAlias = "dict[str, object]"


@dataclass(frozen=True, slots=True)
class Extension:
    """What is asked: properties of entities."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extended:
    """What is answered: for each property what it is, for each entity and property its values."""

    meta: list[dict[str, object]]
    rows: dict[str, dict[str, list[Value]]]


def extension_of(given: Mapping[str, object]) -> Extension:
    """The request; raises ``MalformedRequestError`` and ``LimitExceededError``."""
    ids, properties = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise MalformedRequestError("'ids' has to be a list of ids.", part="ids")
    if not isinstance(properties, list) or not all(
        isinstance(each, Mapping) and isinstance(each.get("id"), str) for each in properties
    ):
        raise MalformedRequestError(
            "'properties' has to be a list of objects with an 'id'.", part="properties"
        )
    names = [str(each["id"]) for each in cast("list[Mapping[str, object]]", properties)]
    for name, values, most in (("ids", ids, MAX_IDS), ("properties", names, MAX_PROPERTIES)):
        if len(values) > most:
            raise LimitExceededError(
                f"'{name}' has {len(values):,} values; at most {most} are answered.",
                limit_name="reconciled_batch",
                value=len(values),
                limit=most,
            )
    return Extension(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(names)))


async def extended(runtime: Runtime, viewer: Viewer, catalogue: Catalogue, wanted: Extension) -> Extended:
    """The values; an id of nothing has none.

    Raises ``InvalidArgumentError`` for a property that no kind has, and the errors of an operation.
    """
    ontology = catalogue.identity.ontology
    fields = _fields_by_name(catalogue)
    for name in wanted.properties:
        if name not in fields:
            raise InvalidArgumentError(
                f"There is no property '{name[:80]}'.",
                remedy="Ask which there are: /extend/propose.",
                argument="properties",
                value=name[:80],
            )
    rows: dict[str, dict[str, list[Value]]] = {
        each: {name: [] for name in wanted.properties} for each in wanted.ids
    }
    by_kind: dict[str, list[str]] = {}
    for each in wanted.ids:
        by_kind.setdefault(each.partition(":")[0], []).append(each)
    seen = {each.kind.name for each in catalogue.kinds()}
    for kind, ids in by_kind.items():
        if kind in seen:
            rows |= await _of_kind(runtime, viewer, catalogue, ontology.node(kind), ids, wanted.properties)
    return Extended([_meta(name, fields[name]) for name in wanted.properties], rows)


async def _of_kind(
    runtime: Runtime,
    viewer: Viewer,
    catalogue: Catalogue,
    kind: NodeType,
    ids: Sequence[str],
    properties: Sequence[str],
) -> dict[str, dict[str, list[Value]]]:
    fields = catalogue.fields(kind)
    asked = {name: fields[name] for name in properties if name in fields}
    selections = " ".join(_selection(name, field, catalogue) for name, field in asked.items())
    document = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ id ... on {kind.name} {{ {selections} }} }} }}"
    document = document.replace(f" ... on {kind.name} {{  }}", "")
    keys = [each.partition(":")[2] for each in ids]
    variables = {"ids": [encode_id(kind.name, key) for key in keys if key]}
    reply = await answer(runtime, Operation(document, None, variables), Asking(viewer))
    errors = cast("list[dict[str, dict[str, object]]]", reply.payload.get("errors", []))
    if errors:
        raise _as_error(errors[0])
    data = cast("dict[str, list[dict[str, object] | None]]", reply.payload["data"])
    nodes = iter(data["nodes"])
    rows: dict[str, dict[str, list[Value]]] = {}
    for each, key in zip(ids, keys, strict=True):
        node = (next(nodes) if key else None) or {}
        rows[each] = {name: _values(node.get(name), asked.get(name), catalogue) for name in properties}
    return rows


def _selection(name: str, field: Field, catalogue: Catalogue) -> str:
    if not isinstance(field, Relation):
        return name
    related = f"__typename {' '.join(_shown_fields(catalogue))}"
    return (
        f"{name}(first: {MOST_RELATED}) {{ nodes {{ {related} }} }}"
        if field.many
        else f"{name} {{ {related} }}"
    )


def _shown_fields(catalogue: Catalogue) -> tuple[str, str]:
    """The fields of every kind that hold its key and the name to show."""
    ontology = catalogue.identity.ontology
    root = ontology.node(ontology.root)
    names = {each.field for each in root.properties}
    name = catalogue.identity.kinds[0].names[0].field
    return root.key.field, name if name in names else root.key.field


def _values(value: object, field: Field | None, catalogue: Catalogue) -> list[Value]:
    """The values of one property as the specification writes them."""
    if value is None or field is None:
        return []
    if isinstance(field, Relation):
        nodes = cast("dict[str, list[object]]", value)["nodes"] if field.many else [value]
        key, name = _shown_fields(catalogue)
        found = (cast("dict[str, object]", node) for node in nodes)
        return [
            {"id": entity_id(str(each["__typename"]), str(each[key])), "name": str(each[name])}
            for each in found
        ]
    values = value if isinstance(value, list) else [value]
    return [_scalar(each, field.type) for each in values]


def _scalar(value: object, type_: ScalarType) -> Value:
    match type_:
        case ScalarType.INT:
            return {"int": value}
        case ScalarType.FLOAT:
            return {"float": value}
        case ScalarType.DATE:
            return {"date": f"{value}T00:00:00"}
        case ScalarType.BOOLEAN:
            return {"str": str(value).lower()}
        case _:
            return {"str": str(value)}


def _meta(name: str, field: Field) -> dict[str, object]:
    found: dict[str, object] = {"id": name, "name": title(name)}
    if isinstance(field, Relation):
        found["type"] = {"id": field.target, "name": field.target}
    return found


def _fields_by_name(catalogue: Catalogue) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for each in reversed(catalogue.kinds()):
        fields |= catalogue.fields(each.kind)
    return fields


def _as_error(error: Mapping[str, object]) -> Exception:
    """The error of an operation, as one of this request."""
    extensions = cast("Mapping[str, object]", error.get("extensions") or {})
    if extensions.get("code") == LimitExceededError.code:
        return LimitExceededError(
            str(error["message"]), remedy="Ask for fewer entities or properties.", limit_name="cost"
        )
    return DatabaseError(str(error["message"]))
