"""From the JSON of a batch to queries, in the forms of version 0.2 (section 4) and 1.0-draft (section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn, TypeAlias, cast

import orjson

from graph_api.errors import LimitExceededError, MalformedRequestError

MAX_BATCH = 50
"""Queries of one batch; OpenRefine sends ten."""
MAX_TEXT = 500
"""Letters of a name that is looked for."""
MAX_VALUES = 20
"""Values of one property, and properties of one query."""
DEFAULT_LIMIT, MAX_LIMIT = 10, 100
Json: TypeAlias = "Mapping[str, object]"
_OLD_MEMBERS = frozenset(("query", "type", "limit", "properties", "type_strict"))
_NEW_MEMBERS = frozenset(("type", "limit", "conditions", "lang", "dir"))


class Quantifier(StrEnum):
    """How many of a condition's values have to match."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PropertyCondition:
    """What a query says of a property; ``required`` or a quantifier of none makes it a filter."""

    name: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Quantifier = Quantifier.ANY
    qualifier: str = ""

    @property
    def filters(self) -> bool:
        """Whether it decides who is a candidate, not only how good one is."""
        return self.required or self.quantifier is Quantifier.NONE


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: by names, by ids, of these types (any without), described by properties."""

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    conditions: tuple[PropertyCondition, ...] = ()


def parsed(text: str | bytes, part: str) -> Json:
    """A JSON object of a request; raises ``MalformedRequestError`` naming its part."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as problem:
        raise MalformedRequestError(f"'{part}' is no JSON: {problem}.", part=part) from problem
    return _object(found, part)


def batch_of_form(text: str | bytes) -> Mapping[str, Query]:
    """The queries of version 0.2 by their names.

    Raises ``MalformedRequestError`` saying where, and ``LimitExceededError``.
    """
    batch = parsed(text, "queries")
    _check_batch(len(batch))
    return {name: _old(_object(query, f"queries.{name}"), f"queries.{name}") for name, query in batch.items()}


def batch_of_json(body: str | bytes) -> Sequence[Query]:
    """The queries of version 1.0-draft in their order; raises as ``batch_of_form`` does."""
    queries = parsed(body, "body").get("queries")
    if not isinstance(queries, list):
        _wrong("queries", "a list of queries")
    _check_batch(len(queries))
    return [_new(_object(query, f"queries[{n}]"), f"queries[{n}]") for n, query in enumerate(queries)]


def _old(query: Json, place: str) -> Query:
    _check_members(query, _OLD_MEMBERS, place)
    text = query.get("query")
    if text is not None and not (isinstance(text, str) and text.strip()):
        _wrong(f"{place}.query", "a text that is not empty")
    properties = query.get("properties", [])
    if not isinstance(properties, list) or len(properties) > MAX_VALUES:
        _wrong(f"{place}.properties", f"a list of {MAX_VALUES} properties at most")
    if text is None and not properties:
        _wrong(place, "an object with 'query' or 'properties'")
    if query.get("type_strict", "any") not in ("any", "should", "all"):
        _wrong(f"{place}.type_strict", "any, should or all")
    conditions = (
        _condition(_object(each, f"{place}.properties"), "pid", "v", f"{place}.properties")
        for each in properties
    )
    return Query(
        names=_short([text] if isinstance(text, str) else [], f"{place}.query"),
        types=_types(query.get("type"), f"{place}.type"),
        limit=_limit(query.get("limit"), f"{place}.limit"),
        conditions=tuple(conditions),
    )


def _new(query: Json, place: str) -> Query:
    _check_members(query, _NEW_MEMBERS, place)
    if not isinstance(query.get("type", ""), str):
        _wrong(f"{place}.type", "the id of one type")
    conditions = query.get("conditions")
    if not isinstance(conditions, list) or not 0 < len(conditions) <= MAX_VALUES:
        _wrong(f"{place}.conditions", f"a list of 1 to {MAX_VALUES} conditions")
    found: dict[str, list[str]] = {"name": [], "id": []}
    properties: list[PropertyCondition] = []
    for number, each in enumerate(conditions):
        where = f"{place}.conditions[{number}]"
        condition = _object(each, where)
        match = condition.get("matchType")
        if match == "property":
            properties.append(_condition(condition, "propertyId", "propertyValue", where))
        elif match in ("name", "id"):
            found[str(match)] += _values(condition.get("propertyValue"), f"{where}.propertyValue")
        else:
            _wrong(f"{where}.matchType", "name, id or property")
    return Query(
        names=_short(found["name"], place),
        ids=tuple(found["id"]),
        types=_types(query.get("type"), f"{place}.type"),
        limit=_limit(query.get("limit"), f"{place}.limit"),
        conditions=tuple(properties),
    )


def _condition(given: Json, name_in: str, value_in: str, place: str) -> PropertyCondition:
    name = given.get(name_in)
    if not isinstance(name, str) or not name:
        _wrong(f"{place}.{name_in}", "the id of a property")
    qualifier = given.get("matchQualifier", "")
    if not isinstance(qualifier, str):
        _wrong(f"{place}.matchQualifier", "the id of a qualifier")
    quantifier = given.get("matchQuantifier", Quantifier.ANY.value)
    if quantifier not in set(Quantifier):
        _wrong(f"{place}.matchQuantifier", "any, all or none")
    values = _values(given.get(value_in), f"{place}.{value_in}")
    return PropertyCondition(
        name, values, given.get("required") is True, Quantifier(str(quantifier)), qualifier
    )


def _values(value: object, place: str) -> tuple[str, ...]:
    """Values as texts; of an entity its id."""
    values = value if isinstance(value, list) else [value]
    if len(values) > MAX_VALUES:
        _wrong(place, f"{MAX_VALUES} values at most")
    return _short([_value(each, place) for each in values], place)


def _value(value: object, place: str) -> str:
    if isinstance(value, Mapping) and isinstance(value.get("id"), str):
        return str(value["id"])
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        _wrong(place, "a text, a number, true, false, or an object with an 'id'")
    return str(value)


def _types(value: object, place: str) -> tuple[str, ...]:
    if value is None:
        return ()
    types = value if isinstance(value, list) else [value]
    if len(types) > MAX_VALUES or not all(isinstance(each, str) for each in types):
        _wrong(place, "the id of a type, or a list of some")
    return tuple(cast("list[str]", types))


def _limit(value: object, place: str) -> int:
    if value is None:
        return DEFAULT_LIMIT
    # A client that counts in floating point may send 3.0.
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 1 or value % 1:
        _wrong(place, "a whole number from 1 on")
    return int(min(value, MAX_LIMIT))


def _short(texts: Sequence[str], place: str) -> tuple[str, ...]:
    for text in texts:
        if len(text) > MAX_TEXT:
            raise LimitExceededError(
                f"The text in {place} has {len(text):,} letters; at most {MAX_TEXT} are compared.",
                limit_name="reconciled_text",
                value=len(text),
                limit=MAX_TEXT,
                part=place,
            )
    return tuple(texts)


def _check_batch(size: int) -> None:
    if size > MAX_BATCH:
        raise LimitExceededError(
            f"The batch has {size:,} queries; at most {MAX_BATCH} are answered.",
            remedy="Send smaller batches: the manifest says how large.",
            limit_name="reconciled_batch",
            value=size,
            limit=MAX_BATCH,
        )


def _check_members(query: Json, known: frozenset[str], place: str) -> None:
    """A misspelled member would look like one that was left out."""
    unknown = sorted(query.keys() - known)
    if unknown:
        raise MalformedRequestError(
            f"'{place}' has no member '{unknown[0][:80]}'.",
            remedy=f"There are: {', '.join(sorted(known))}.",
            part=place,
        )


def _object(value: object, place: str) -> Json:
    if not isinstance(value, Mapping):
        _wrong(place, "an object")
    return cast(Json, value)


def _wrong(place: str, expected: str) -> NoReturn:
    raise MalformedRequestError(f"'{place}' has to be {expected}.", part=place)
