"""Questions that fields written by hand ask of the graph themselves, as the viewer of the operation.

A field that computes needs facts: it asks for them in GraphQL, so that what the viewer may not see is in no
result, without the limits that hold for what clients write. What was made of an answer is kept until the
graph changes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from graphql import GraphQLResolveInfo, Node, NullValueNode, VariableNode, Visitor, print_ast, visit
from graphql.pyutils import Undefined
from strawberry.types import Info

from graph_api.exports.reading import data_of
from graph_api.serve.execution.context import EXECUTION, ROLE, RUNTIME, PlannedExecutionContext
from graph_api.serve.execution.lane import Lane
from graph_api.serve.execution.plan_cache import PlanCache

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

KEPT = 8
"""Results that are kept: two questions for each role of a graph that does not change."""
MADE = 32
"""What was made of such results, for different questions of clients."""
EVERYTHING = 1_000_000
"""A page that holds whatever a list has."""
LARGEST = 2**31 - 2
"""The largest page that a question of our own may say: with one row more it is a number of 32 bits."""
Made = TypeVar("Made")
Json: TypeAlias = Mapping[str, object]


@dataclass(slots=True)
class Inside:
    """The results that a runtime keeps, and the runtime that its own questions run in."""

    kept: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    made: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    runtime: Runtime | None = None


async def asked(
    context: Mapping[str, object],
    document: str,
    variables: Mapping[str, Hashable],
    make: Callable[[Json], Made],
) -> Made:
    """What ``make`` makes of an answer, for the version of the graph now and the viewer's role.

    ``document`` may use ``$most`` for pages that hold everything. Raises the errors of ``DatabaseError``
    and ``InvalidArgumentError``. What was made is shared, so it has to be frozen.
    """
    runtime = cast("Runtime", context[RUNTIME])
    role = cast(str, context.get(ROLE, runtime.vocabulary.ontology.public))
    inside = runtime.inside
    async with inside.asking:
        version = await runtime.versions.certain()
        key = None
        if version is not None:
            key = (version.graph, version.number, role, document, tuple(sorted(variables.items())), make)
            if key in inside.kept:
                inside.kept.move_to_end(key)
                return cast(Made, inside.kept[key])
        data = await _answer(within(runtime), role, document, {**variables, "most": EVERYTHING})
        made = await asyncio.to_thread(make, data)
        if key is not None:
            inside.kept[key] = made
            while len(inside.kept) > KEPT:
                inside.kept.popitem(last=False)
        return made


async def made_once(
    context: Mapping[str, object], question: Hashable, make: Callable[[], Awaitable[Made]]
) -> Made:
    """What ``make`` makes for a question, kept for the version of the graph now and the viewer's role.

    What was made is shared, so nobody may change it. Raises what ``make`` raises.
    """
    runtime = cast("Runtime", context[RUNTIME])
    role = cast(str, context.get(ROLE, runtime.vocabulary.ontology.public))
    made = runtime.inside.made
    version = await runtime.versions.certain()
    if version is None:
        return await make()
    key = (version.graph, version.number, role, question)
    if key in made:
        made.move_to_end(key)
        return cast(Made, made[key])
    found = await make()
    made[key] = found
    while len(made) > MADE:
        made.popitem(last=False)
    return found


async def _answer(runtime: Runtime, role: str, document: str, variables: Mapping[str, object]) -> Json:
    result = await runtime.schema.strawberry.execute(
        document,
        variable_values=dict(variables),
        context_value={RUNTIME: runtime, ROLE: role},
    )
    return data_of(result.data, [error.formatted for error in result.errors or ()])


async def keys_in(
    info: Info[dict[str, object], None], plural: str, argument: str
) -> tuple[str, frozenset[str] | None]:
    """The keys of a list under the filter that a field was given, and the filter as a text.

    All keys, said as nothing, where it was given none. The filter goes into a question of our own as it
    was written, so that everything that filters can say holds here too. Raises as ``asked`` does.
    """
    raw = cast("GraphQLResolveInfo[dict[str, object]]", info._raw_info)
    given = [each for each in raw.field_nodes[0].arguments or () if each.name.value == argument]
    if not given or isinstance(given[0].value, NullValueNode):
        return "", None
    names = _variables_in(given[0].value)
    definitions = [
        print_ast(each)
        for each in raw.operation.variable_definitions or ()
        if each.variable.name.value in names
    ]
    execution = cast("PlannedExecutionContext", info.context[EXECUTION])
    sources = execution.variable_values.sources
    values = {name: sources[name].value for name in sorted(names) if sources[name].value is not Undefined}
    if isinstance(given[0].value, VariableNode) and execution.variable_values.coerced.get(*names) is None:
        return "", None
    declared = f"({', '.join(definitions)})" if definitions else ""
    text = print_ast(given[0].value)
    document = f"query{declared} {{ {plural}(first: {EVERYTHING}, where: {text}) {{ nodes {{ key }} }} }}"
    runtime = cast("Runtime", info.context[RUNTIME])
    await runtime.versions.settle()
    role = cast(str, info.context.get(ROLE, runtime.vocabulary.ontology.public))
    data = await _answer(within(runtime), role, document, values)
    nodes = cast("list[dict[str, str]]", cast("Json", data[plural])["nodes"])
    return f"{text}|{values}", frozenset(node["key"] for node in nodes)


def largest_page(context: Mapping[str, object]) -> int:
    """The largest page that clients may ask for."""
    return cast("Runtime", context[RUNTIME]).vocabulary.max_page


def _variables_in(node: Node) -> set[str]:
    found: set[str] = set()

    class Finder(Visitor):
        def enter_variable(self, variable: VariableNode, *_place: object) -> None:
            found.add(variable.name.value)

    visit(node, Finder())
    return found


def within(runtime: Runtime) -> Runtime:
    """The same runtime for questions of our own: with pages and costs of any size, and its own plans."""
    inside = runtime.inside
    if inside.runtime is None:
        inside.runtime = replace(
            runtime,
            vocabulary=replace(runtime.vocabulary, max_page=LARGEST),
            watch=runtime.versions,
            plans=PlanCache(),
            lane=Lane(),
            inside=Inside(),
            max_cost=None,
        )
    return inside.runtime
