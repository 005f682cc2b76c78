"""Whatever the documentation shows has been run: operations, answers, commands, links.

- A ``graphql`` block is an operation. It runs on the seeds; the comment ``<!-- variables: {...} -->``
  before it gives its variables, and a ``json`` block right after it is its answer.
- A ``console`` block has commands after ``$`` and what they print; ``...`` stands for any lines. The
  commands of a page that change the graph run in their order, on a graph of their own.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from graphql import (
    ArgumentNode,
    BooleanValueNode,
    NameNode,
    ObjectFieldNode,
    ObjectValueNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from graph_api.access.viewer import Viewer
from tests.docs.markdown import ROOT, Block, Command, anchors, blocks, commands, fits, links
from tests.programs import Server, net4u, serving
from tests.toy.fixtures import Graph

NET4U = {"net4u", ".venv/bin/net4u"}
COMMANDS = commands()
OURS = [command for command in COMMANDS if command.words[0] in NET4U]
WRITING = {"do", "undo", "history"}
ASKING = [command for command in OURS if command.words[1] not in WRITING]
CHANGING = [command for command in OURS if command.words[1] in WRITING]
TARGETS = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
VARIABLES = {"PORT", "HOST", "DATA", "DATABASE", "ARGS", "PYTHON"}


@pytest.mark.parametrize("block", blocks("graphql"), ids=str)
async def test_an_operation_runs_and_answers_as_shown(block: Block, seeded_graph: Graph) -> None:
    document = parse(block.text)
    assert validate(seeded_graph.runtime.schema.core, document) == []
    if "mutation" in block.text:
        await tried(print_ast(visit(document, AsDryRun())), seeded_graph)
        return

    answer = await seeded_graph.data(block.text, block.variables)

    if block.next_language == "json":
        assert answer == json.loads(block.next_text)


async def tried(text: str, graph: Graph) -> None:
    """Send commands as an officer, so that they are judged and nothing is stored."""
    officer = Viewer("CSU", "officer", writes=True, authenticated=True)
    answer = await replace(graph, viewer=officer).data(text)

    for result in answer.values():
        assert result["ok"], result  # type: ignore[index]  # every command gives a result
        assert "dryRun: true" in text


class AsDryRun(Visitor):
    """Lets every command of a document only be tried."""

    def enter_argument(self, node: ArgumentNode, *_: object) -> ArgumentNode | None:
        if node.name.value != "input" or not isinstance(node.value, ObjectValueNode):
            return None
        dry = ObjectFieldNode(name=NameNode(value="dryRun"), value=BooleanValueNode(value=True))
        return replace(node, value=replace(node.value, fields=(*node.value.fields, dry)))


@pytest.mark.parametrize("command", ASKING, ids=str)
def test_a_command_prints_what_is_shown(command: Command, service: Server, seeded_directory: Path) -> None:
    known = {"ask", "connect", "coverage", "duplicates", "export", "health", "import", "keys"}
    known |= {"match", "metrics", "neighborhood", "paths", "search", "slate"}
    assert command.words[1] in known, "only what answers and ends can be run here"

    ran = net4u(*command.words[1:], "--data", seeded_directory) if len(command.words) > 2 else net4u("ask")

    assert ran.code == 0, ran.err
    if "--output" in command.words:
        (ROOT / command.words[command.words.index("--output") + 1]).unlink()
    assert ("shown once" in ran.err) if "create" in command.words else ran.err == ""
    if command.output:
        assert fits(command.output, ran.out.splitlines()), ran.out


def test_the_commands_that_change_the_graph_print_what_is_shown(tmp_path: Path) -> None:
    assert {command.words[1] for command in CHANGING} >= {"do", "history"}
    assert net4u("load", "--data", tmp_path).code == 0

    # Beside a server, as their readers run them.
    with serving("--data", tmp_path) as server:
        server.wait_until_ready()
        for command in CHANGING:
            ran = net4u(*command.words[1:], "--data", tmp_path)
            assert ran.code == 0, f"{command}: {ran.err}"
            lines = [*ran.err.splitlines(), *ran.out.splitlines()]
            assert fits(command.output, lines), f"{command}: {lines}"


def test_every_other_command_is_one_of_make() -> None:
    for command in COMMANDS:
        if command in OURS:
            continue
        assert command.words[0] == "make", f"{command}: nobody checks this command"
        for word in command.words[1:]:
            name, given, _ = word.partition("=")
            assert name in (VARIABLES if given else TARGETS), f"{command}: make does not know {name}"


@pytest.mark.parametrize(("page", "target"), links(), ids=lambda part: str(part).removeprefix(f"{ROOT}/"))
def test_a_link_leads_to_something(page: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    found = (page.parent / path).resolve() if path else page

    assert found.is_relative_to(ROOT)
    assert found.exists()
    if anchor:
        assert anchor in anchors(found)


def test_the_first_page_shows_the_first_question_with_its_answer() -> None:
    shown = [command for command in OURS if "README.md" in command.place]

    assert [command.words[2] for command in shown if len(command.words) > 2] == ["members-covering"]
    assert all(command.output for command in shown)
    assert ["make", "serve"] in [list(command.words) for command in COMMANDS]


def test_any_lines_are_any_lines() -> None:
    assert fits(["a", "...", "d"], ["a", "b", "c", "d"])
    assert fits(["a", "..."], ["a"])
    assert not fits(["a", "...", "d"], ["a", "b", "c"])
    assert not fits(["a"], ["a", "b"])
    assert not fits(["a.c"], ["abc"])
