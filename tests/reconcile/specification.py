"""The published JSON schemas of the specification, and its examples of requests."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema_rs import Draft7Validator, Registry

HERE = Path(__file__).parent
OLD, NEW = "0.2", "1.0-draft"
_SWAGGER = "http://swagger.io/v2/schema.json"


def check(version: str, name: str, value: object) -> None:
    """Fail unless the value is what the schema of this name describes."""
    schema = _schema(HERE / "schemas" / version / f"{name}.json")
    errors = [
        error.message for error in Draft7Validator(schema, registry=_registry(version)).iter_errors(value)
    ]
    assert errors == []


def refuses(version: str, name: str, value: object) -> bool:
    """Whether the schema of this name refuses a value."""
    schema = _schema(HERE / "schemas" / version / f"{name}.json")
    return not Draft7Validator(schema, registry=_registry(version)).is_valid(value)


def examples(version: str, kind: str, verdict: str) -> list[Path]:
    """The specification's examples of a kind of request, valid or invalid ones."""
    return sorted((HERE / "examples" / version / kind / verdict).glob("*.json"))


def _schema(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    # It names no draft of JSON Schema that validators know.
    found.pop("$schema", None)
    return found


def _registry(version: str) -> Registry:
    paths = (HERE / "schemas" / version).glob("*.json")
    known = [(str(schema["$id"]), schema) for schema in map(_schema, paths)]
    return Registry(
        [*known, (_SWAGGER, {"definitions": {"securityDefinitions": {"additionalProperties": {}}}})]
    )
