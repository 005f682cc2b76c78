"""The modules of the machinery, read as text and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "graph_api"
MODULES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    """``graph_api.plan.tree``."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_modules(path: Path, *, with_types: bool = True) -> Iterator[str]:
    """The absolute names of everything that a module imports, inside functions too.

    Without ``with_types``, what only type checkers import is left out.
    """
    tree = ast.parse(path.read_text())
    left_out = set() if with_types else _for_type_checkers(tree)
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module_name(path) if path.name == "__init__.py" else module_name(path.parent)
                parents = package.split(".")
                base = ".".join([*parents[: len(parents) - node.level + 1], *filter(None, [base])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _for_type_checkers(tree: ast.AST) -> set[ast.AST]:
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If))
    named = (each for each in blocks if isinstance(each.test, ast.Name) and each.test.id == "TYPE_CHECKING")
    return {node for block in named for node in ast.walk(block)}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with the number of its lines, nested ones included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1
