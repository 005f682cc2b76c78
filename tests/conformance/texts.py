"""Every Cypher text that the service can send, by a name that tells where it comes from."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from graph_api.changes import audience, log, redirects, statements, version
from graph_api.changes.items import DropEdge, Header, NodeRef, PutEdge
from graph_api.cypher.dialect import DIALECTS, NEO4J, Dialect
from graph_api.cypher.statement import Statement
from graph_api.dumps import statements as dumped
from graph_api.engine import hold
from graph_api.engine.definitions import Definition, EdgeIndex, NodeIndex, UniqueKey, apply_definitions
from graph_api.engine.ontology_definitions import definitions_of
from graph_api.engine.protocol import Row
from graph_api.imports import statements as loaded
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


def of_writes() -> Texts:
    """The statements that write and those of the log, for every kind of edge."""
    return _forms(
        {
            f"{maker.__name__} {number}": statement.text
            for maker, made in _writes().items()
            for number, statement in enumerate(made)
        }
    )


def makers_of_writes() -> set[Callable[..., object]]:
    """Every public function that makes a statement of a write, an import or the log."""
    return {
        function
        for module in (loaded, statements, log, audience, version, redirects, dumped, hold)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "Statement" in str(inspect.signature(function).return_annotation)
    }


def made_of_writes() -> set[Callable[..., object]]:
    """Those of them whose statements are linted here."""
    return set(_writes())


def _writes() -> dict[Callable[..., object], list[Statement]]:
    edges = list(ontology.edges.values())
    ends = [
        PutEdge(
            edge.name,
            "k",
            NodeRef(ontology.node(edge.source).concrete[0], "a"),
            NodeRef(ontology.node(edge.target).concrete[0], "b"),
            {},
        )
        for edge in edges
    ]
    drops = [DropEdge(each.edge, each.key, each.source, each.target) for each in ends]
    kind = ontology.kinds()[0].name
    given = list(zip(edges, ends, drops, strict=True))
    sources = [(edge, put.source.kind) for edge, put, _ in given]
    header = Header("command", "Something happens", "somebody", "ADMIN")
    return {
        statements.node_images: [statements.node_images(kind, [])],
        statements.create_nodes: [statements.create_nodes(kind, [])],
        statements.change_nodes: [statements.change_nodes(kind, [])],
        statements.drop_nodes: [statements.drop_nodes(kind, [])],
        statements.with_edges: [statements.with_edges(kind, [], log.TOUCHED)],
        statements.edge_images: [statements.edge_images(edge, [put]) for edge, put, _ in given],
        statements.create_edges: [statements.create_edges(edge, [put], [{}]) for edge, put, _ in given],
        statements.change_edges: [statements.change_edges(edge, [put], [{}]) for edge, put, _ in given],
        statements.drop_edges: [statements.drop_edges(edge, [drop]) for edge, _, drop in given],
        audience.restricted_among: [
            audience.restricted_among(ontology, each.name, []) for each in ontology.kinds()
        ],
        statements.restricted_nodes: [statements.restricted_nodes(kind)],
        statements.existing_keys: [statements.existing_keys(kind, [])],
        statements.with_several: [
            statements.with_several(edge, put.source.kind, []) for edge, put, _ in given
        ],
        statements.without_one: [statements.without_one(edge, source, []) for edge, source in sources],
        statements.hierarchy_edges: [statements.hierarchy_edges(edge) for edge in edges if edge.hierarchical],
        log.open_change: [log.open_change(1, header)],
        log.close_change: [log.close_change(1, 1, 0)],
        log.forget_change: [log.forget_change(1)],
        log.write_record: [log.write_record(1, 0, [])],
        log.touch: [log.touch(1, kind, [])],
        log.touch_again: [log.touch_again(1, kind, [])],
        log.hide_history: [
            log.hide_history(kind, [], 1, way) for way in ("", audience.way_to_dependents(ontology))
        ],
        log.move_history: list(log.move_history(kind, "a", "b")),
        log.move_history_back: list(log.move_history_back(kind, "a", "b")),
        log.records_of: [log.records_of(1)],
        log.records_from: [log.records_from(1, 0, 10)],
        log.numbers_after: [log.numbers_after(1, 0, 10)],
        log.known_request: [log.known_request("a")],
        log.latest_change: [log.latest_change(kind, "a", 0)],
        log.changes_since: [log.changes_since(1, kind, [], 0)],
        log.header_of: [log.header_of(1)],
        log.mark_undone: [log.mark_undone(1, 2)],
        version.read_version: [version.read_version()],
        version.raise_version: [version.raise_version()],
        version.raise_access: [version.raise_access()],
        loaded.loaded_files: [loaded.loaded_files()],
        loaded.remember_file: [loaded.remember_file("a", {})],
        # With restricted nodes the texts of roles differ in which kinds they count, and each takes a minute.
        loaded.counts: [
            *(loaded.counts(ontology, visibility_of(ontology, role, ())) for role in ontology.roles),
            loaded.counts(ontology, visibility_of(ontology, ontology.roles[-2], ontology.nodes)),
        ],
        **_dumps(kind),
        version.set_restricted: [version.set_restricted([kind])],
        version.raise_redirects: [version.raise_redirects()],
        redirects.put_redirect: list(redirects.put_redirect(kind, "a", "b")),
        redirects.remove_redirect: list(redirects.remove_redirect(kind, "a")),
        redirects.follow_redirect: [redirects.follow_redirect(kind, "a")],
        redirects.read_redirects: [redirects.read_redirects()],
    }


def _dumps(kind: str) -> dict[Callable[..., object], list[Statement]]:
    return {
        dumped.count_nodes: [dumped.count_nodes()],
        dumped.count_edges: [dumped.count_edges()],
        dumped.node_page: [dumped.node_page(kind, "", 1)],
        dumped.source_page: [dumped.source_page("T", kind, "", 1)],
        dumped.edges_of: [dumped.edges_of("T", kind, [])],
        dumped.edge_page: [dumped.edge_page("T", kind, "a", 0, 1)],
        dumped.find_mark: [dumped.find_mark()],
        dumped.put_mark: [dumped.put_mark("a", "b")],
        dumped.drop_mark: [dumped.drop_mark()],
        dumped.find_any: [dumped.find_any()],
        dumped.delete_some: [dumped.delete_some(1)],
        dumped.create_nodes: [dumped.create_nodes([kind, "Second"], [])],
        dumped.create_edges: [dumped.create_edges("T", kind, kind, [])],
        hold.held_until: [hold.held_until()],
        hold.hold: [hold.hold("a")],
        hold.release: [hold.release("a")],
        version.lock_version: [version.lock_version()],
        version.read_identity: [version.read_identity()],
        version.mark_loaded: [version.mark_loaded()],
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
