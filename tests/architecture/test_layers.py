"""Imports point one way, and modules and functions stay short."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.sources import MODULES, PACKAGE, functions, imported_modules, module_name

LAYERS = (
    ("error_codes", "errors", "settings", "values"),
    ("ontology",),
    ("api_types",),
    ("limits", "plan"),
    ("cypher",),
    ("engine",),
    ("changes", "access"),
    ("observe",),
    ("shape",),
    ("imports",),
    (
        "commands",
        "coverage",
        "dumps",
        "duplicates",
        "exports",
        "findings",
        "matching",
        "metrics",
        "neighborhoods",
        "search",
        "slates",
    ),
    ("serve",),
    ("cli",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
ROOMS = (
    ("declared", "execution", "questions", "versions"),
    ("fields",),
    ("runtime",),
    ("operations",),
    ("http",),
    ("processes",),
)
"""The rooms of ``serve``, from the execution of one operation to the processes that serve."""
ROOM_RANK = {name: rank for rank, room in enumerate(ROOMS) for name in room}
OUTSIDE = ("schema", "seeds", "tests", "benchmarks", "scripts")
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 45


def layer_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "graph_api" and len(parts) > 1 else None


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_only_its_layer_and_those_before(path: Path) -> None:
    mine = layer_of(module_name(path))
    layers = {layer_of(found) for found in imported_modules(path)} - {None, "__version__"}

    assert {name for name in layers if name not in RANK} == set()
    later = {name for name in layers if mine is not None and RANK[str(name)] > RANK[mine]}
    assert later == set()


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_the_machinery_knows_no_domain(path: Path) -> None:
    assert not {found for found in imported_modules(path) if found.split(".")[0] in OUTSIDE}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["graph_api", "serve"] and len(parts) > 2 else None


@pytest.mark.parametrize("path", sorted((PACKAGE / "serve").rglob("*.py")), ids=module_name)
def test_a_room_of_the_server_imports_only_those_before(path: Path) -> None:
    mine = room_of(module_name(path))
    rooms = {room_of(found) for found in imported_modules(path, with_types=False)} - {None}

    assert rooms <= ROOM_RANK.keys()
    assert {name for name in rooms if mine is not None and ROOM_RANK[str(name)] > ROOM_RANK[mine]} == set()


def test_every_layer_is_named() -> None:
    found = {
        path.stem if path.is_file() else path.name for path in PACKAGE.iterdir() if path.suffix in ("", ".py")
    }

    assert found - {"__init__", "__pycache__", "py"} == RANK.keys() | {"py.typed"} - {"py.typed"}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_modules_and_functions_are_short(path: Path) -> None:
    lines = path.read_text().count("\n")
    long = {name: size for name, size in functions(path) if size > MAX_FUNCTION_LINES}

    assert lines <= MAX_MODULE_LINES
    assert long == {}
