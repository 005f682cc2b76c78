"""Every folder of ``cases`` is an operation, the statements it becomes, and its answer on both engines.

``pytest tests/test_cases.py --update-cases`` writes the files anew; read the difference before
committing it. ``params.json`` has one object for each statement; days stand as ``{"day": "2023-06-15"}``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from strawberry.types.execution import ExecutionResult

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.metrics.declare import measured_of
from graph_api.serve.declared import Declared
from graph_api.serve.runtime import runtime_of
from tests.cypher_text import pretty, squeezed
from tests.toy.fixtures import Graph
from tests.toy.measured import measured
from tests.toy.ontology import TOY

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(found.parent for found in CASES.glob("*/*/query.graphql"))
BETWEEN = ";\n"
WRITTEN: set[Path] = set()


def name_of(folder: Path) -> str:
    return folder.relative_to(CASES).as_posix()


def variables_of(folder: Path) -> dict[str, object]:
    file = folder / "variables.json"
    loaded: dict[str, object] = json.loads(file.read_text()) if file.exists() else {}
    return loaded


def as_json(value: object) -> str:
    def encode(other: object) -> object:
        if type(other) is date:
            return {"day": other.isoformat()}
        raise TypeError(f"{other!r} is not expected here")

    return json.dumps(value, indent=2, ensure_ascii=False, default=encode) + "\n"


def response_of(result: ExecutionResult) -> dict[str, object]:
    errors = [
        {"message": error.message, "path": error.path, "extensions": error.extensions}
        for error in result.errors or ()
    ]
    return {"data": result.data, **({"errors": errors} if errors else {})}


def actual_files(result: ExecutionResult, statements: Sequence[Statement]) -> dict[str, str]:
    files = {"response.json": as_json(response_of(result))}
    if statements:
        files["query.cypher"] = BETWEEN.join(pretty(statement.text) for statement in statements)
        files["params.json"] = as_json([dict(statement.parameters) for statement in statements])
    return files


def expected_files(folder: Path) -> dict[str, str]:
    names = ("response.json", "query.cypher", "params.json")
    return {name: (folder / name).read_text() for name in names if (folder / name).exists()}


def write_files(folder: Path, files: dict[str, str]) -> None:
    for name in expected_files(folder).keys() - files.keys():
        (folder / name).unlink()
    for name, text in files.items():
        (folder / name).write_text(text)


@pytest.fixture(scope="session")
def measuring_graph(store: BoltStore) -> Graph:
    """The toy graph with metrics in its filters and orders."""
    return Graph(runtime_of(TOY, store, Declared(measured=measured_of(measured, TOY))))


@pytest.fixture
def asked(folder: Path, toy: Graph, measuring_graph: Graph) -> Graph:
    """The graph that a case asks."""
    return measuring_graph if folder.parent.name == "metrics" else toy


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
async def test_the_case_compiles_and_answers_as_its_files_say(
    folder: Path, asked: Graph, statements: list[Statement], pytestconfig: pytest.Config
) -> None:
    result = await asked.ask((folder / "query.graphql").read_text(), variables_of(folder))

    # What is measured is read once for each version of the graph, by whichever case comes first.
    own = [each for each in statements if "$computed" in each.text or folder.parent.name != "metrics"]
    actual = actual_files(result, own)
    if pytestconfig.getoption("--update-cases") and folder not in WRITTEN:
        # By the first engine alone: the second one has to agree with it.
        write_files(folder, actual)
        WRITTEN.add(folder)
    expected = expected_files(folder)
    assert bool(result.errors) is (folder.parent.name == "error")
    assert actual["response.json"] == expected["response.json"]
    assert actual.get("params.json") == expected.get("params.json")
    assert squeezed(actual.get("query.cypher", "")) == squeezed(expected.get("query.cypher", ""))


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
async def test_graphql_core_completes_the_same_answer(
    folder: Path, asked: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked.runtime, "compiled", False)

    result = await asked.ask((folder / "query.graphql").read_text(), variables_of(folder))

    assert as_json(response_of(result)) == expected_files(folder)["response.json"]


def test_there_are_cases() -> None:
    assert len(FOLDERS) > 100


def test_a_readable_text_is_the_sent_one_but_for_white_space() -> None:
    sent = (
        "WITH COLLECT { MATCH (a:A) WHERE a.key IN $p0 RETURN a } AS s0 RETURN [COLLECT { MATCH (n:A)"
        "-[r:T]->(m) WHERE (n.name STARTS WITH $p1) AND (EXISTS { MATCH (m {key: $p2}) }) WITH n "
        "ORDER BY n.key LIMIT $p3 RETURN [n.key, [x IN [1] WHERE x > 0]] }]"
    )

    assert squeezed(pretty(sent)) == squeezed(sent)
    assert pretty(sent).splitlines()[:3] == ["WITH COLLECT {", "  MATCH (a:A)", "  WHERE a.key IN $p0"]
