"""Every Cypher text that the service can send, by a name that tells where it comes from."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from graph_api.cypher.dialect import DIALECTS, NEO4J, Dialect
from graph_api.cypher.statement import Statement
from graph_api.engine.definitions import Definition, EdgeIndex, NodeIndex, UniqueKey, apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.engine.protocol import Row
from graph_api.imports import statements
from graph_api.plan.sight import visibility_of
from schema import ontology
from tests.fuzz.comparison import Bench

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
Texts = dict[str, str]


def of_cases() -> Texts:
    """The snapshots of the cases."""
    return {
        f"{file.parent.relative_to(CASES)} {number}": text
        for file in sorted(CASES.glob("**/query.cypher"))
        for number, text in enumerate(file.read_text().split(";\n"))
    }


def of_loader() -> Texts:
    """The statements of an import, for every kind of edge."""
    return _forms(
        {
            f"{maker.__name__} {number}": statement.text
            for maker, made in _loader().items()
            for number, statement in enumerate(made)
        }
    )


def makers_of_loader() -> set[Callable[..., object]]:
    """Every public function that makes a statement of an import."""
    found = inspect.getmembers(statements, inspect.isfunction)
    return {
        function
        for name, function in found
        if function.__module__ == statements.__name__ and not name.startswith("_")
    }


def made_of_loader() -> set[Callable[..., object]]:
    """Those of them whose statements are linted here."""
    return set(_loader())


def _loader() -> dict[Callable[..., object], list[Statement]]:
    edges = list(ontology.edges.values())
    ends = [(edge, ontology.node(edge.source).concrete[0]) for edge in edges]
    targets = [ontology.node(edge.target).concrete[0] for edge in edges]
    kind = ontology.kinds()[0].name
    return {
        statements.upsert_nodes: [statements.upsert_nodes(kind, [], mention=each) for each in (True, False)],
        statements.upsert_edges: [
            statements.upsert_edges(edge, source, target, [])
            for (edge, source), target in zip(ends, targets, strict=True)
        ],
        statements.existing_keys: [statements.existing_keys(kind, [])],
        statements.with_several: [statements.with_several(edge, source, []) for edge, source in ends],
        statements.hierarchy_edges: [statements.hierarchy_edges(edge) for edge in edges if edge.hierarchical],
        statements.loaded_files: [statements.loaded_files()],
        statements.remember_file: [statements.remember_file("a", {})],
        statements.counts: [
            statements.counts(ontology, visibility_of(ontology, role, restricted))
            for role in ontology.roles
            for restricted in ((), ontology.nodes)
        ],
    }


class Recorder:
    """A store that is empty and remembers what it is asked."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.texts: list[str] = []

    async def read(self, statement: Statement) -> list[Row]:
        """Nothing is there."""
        self.texts.append(statement.text)
        return []

    async def write(self, given: Sequence[Statement]) -> None:
        """Remember what would be written."""
        self.texts += [statement.text for statement in given]


async def of_definitions() -> Texts:
    """Keys and indexes, with an index over an edge, which our ontology does not need yet."""
    store = Recorder(NEO4J)
    extra: list[Definition] = [
        NodeIndex("A", ("b", "c")),
        EdgeIndex("A B", ("b", "c")),
        UniqueKey("A`B", "c"),
    ]
    await apply_definitions(store, [*definitions_of(ontology), *extra])  # type: ignore[arg-type]  # it asks for no more
    texts = [*store.texts, *(each.await_indexes for each in DIALECTS.values() if each.await_indexes)]
    return _forms({f"definition {number}": text for number, text in enumerate(texts)})


def _forms(texts: Texts) -> Texts:
    """One text of each form: those left out differ from it by names of kinds and properties alone."""
    names = "|".join([*ontology.nodes, *(edge.type for edge in ontology.edges.values())])
    pattern = re.compile(rf"\b(?:{names})\b|`[^`]*`")
    forms = {pattern.sub("NAME", text): name for name, text in reversed(texts.items())}
    return {name: texts[name] for name in forms.values()}


def of_constants() -> Texts:
    """The texts that stand in the source as they are sent."""
    return {
        f"{file.relative_to(ROOT)} {call.lineno}": text
        for file in sorted((ROOT / "graph_api").glob("**/*.py"))
        for call, text in _constants(ast.walk(ast.parse(file.read_text())))
    }


def _constants(nodes: Iterable[ast.AST]) -> Iterable[tuple[ast.Call, str]]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Statement":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node, first.value


async def of_random_operations(short: int, long: int) -> Texts:
    """So many texts of random operations on the real schema, up to 400 and up to 1,500 letters long."""
    bench = Bench.of(ontology)
    wanted = {400: short, 1500: long}
    texts: Texts = {}
    seed = 0
    while any(wanted.values()):
        for text in await _sent(bench, seed):
            size = next((each for each in wanted if len(text) <= each), None)
            if size is not None and wanted[size] and text not in texts.values():
                wanted[size] -= 1
                texts[f"operation {seed}, text {len(texts)}"] = text
        seed += 1
    return texts


async def _sent(bench: Bench, seed: int) -> list[str]:
    """The texts of an operation, also with cursors of its own answer."""
    rng = Random(f"lint {seed}")
    operation = bench.operation(rng)
    role = rng.choice(bench.roles)
    bench.store.begin(f"{seed}", 0)
    answer = await bench.execute(operation, operation.values(rng), role)
    await bench.execute(operation, operation.values(rng) | operation.cursors(answer.data, rng), role)
    return [statement.text for statement in bench.store.statements]
