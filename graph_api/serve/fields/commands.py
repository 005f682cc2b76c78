"""The mutations: each runs a command for the viewer, and its payload is fetched by the compiler."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, cast

from graphql import GraphQLFieldResolver, GraphQLResolveInfo

from graph_api.access.viewer import Viewer
from graph_api.api_types.build import Resolvers
from graph_api.changes import log
from graph_api.changes.items import NodeRef
from graph_api.commands.api import PROBLEM, RESULT
from graph_api.commands.declare import Commands, CommandType
from graph_api.commands.problems import Problem
from graph_api.commands.run import CommandResult, Request, Runner
from graph_api.plan.entities import EntityRef
from graph_api.serve.execution.context import RUNTIME, VIEWER
from graph_api.serve.execution.entities import fetched

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

Info = GraphQLResolveInfo["dict[str, object]"]


def command_resolvers(commands: Commands) -> Resolvers:
    """How the fields of the mutation type and of the results are answered."""
    found: dict[tuple[str, str], GraphQLFieldResolver] = {
        ("Mutation", name): _runs(commands, command) for name, command in commands.types.items()
    }
    for name, result in (
        ("ok", _ok),
        ("problems", _problems),
        ("items", _items),
        ("notices", _notices),
        ("repeated", _repeated),
    ):
        found[RESULT, name] = result
    found[RESULT, "change"] = _change
    found[RESULT, "entity"] = _entity
    for name in ("message", "field", "value", "rule", "remedy", "changes"):
        found[PROBLEM, name] = _attribute(name)
    found[PROBLEM, "code"] = lambda problem, _info: cast(Problem, problem).code.name
    return found


def _runs(commands: Commands, command: CommandType) -> GraphQLFieldResolver:
    async def resolve(_source: object, info: Info, input: Mapping[str, object]) -> CommandResult:
        runtime = cast("Runtime", info.context[RUNTIME])
        runner = Runner(runtime.store, runtime.vocabulary.ontology, commands.knowledge)
        result = await runner.run(request_of(command, input), cast(Viewer, info.context[VIEWER]))
        if result.number is not None and not result.repeated:
            await runtime.versions.committed()
        return result

    return resolve


def request_of(command: CommandType, given: Mapping[str, object]) -> Request:
    """The request that an input holds, by the names of GraphQL."""
    names = {found.field: found.name for found in command.arguments}
    return Request(
        command,
        {names[name]: _plain(value) for name, value in given.items() if name in names},
        sources=tuple(map(str, cast("list[str]", given.get("sources") or ()))),
        own_knowledge=bool(given.get("ownKnowledge")),
        reason=cast("str | None", given.get("reason")),
        idempotency_key=cast("str | None", given.get("idempotencyKey")),
        expected_version=cast("int | None", given.get("expectedVersion")),
        dry_run=bool(given.get("dryRun")),
    )


def _plain(value: object) -> object:
    """A member of a vocabulary by its name."""
    return value.name if isinstance(value, Enum) else value


def _attribute(name: str) -> GraphQLFieldResolver:
    def resolve(source: object, _info: Info) -> object:
        return getattr(source, name)

    return resolve


def _ok(result: CommandResult, _info: Info) -> bool:
    return not result.problems


def _problems(result: CommandResult, _info: Info) -> list[Problem]:
    return list(result.problems)


def _items(result: CommandResult, _info: Info) -> int:
    return result.items


def _notices(result: CommandResult, _info: Info) -> list[str]:
    return list(result.notices)


def _repeated(result: CommandResult, _info: Info) -> bool:
    return result.repeated


async def _change(result: CommandResult, info: Info) -> object:
    if result.number is None:
        return None
    return await _one(info, NodeRef(log.CHANGE, log.change_key(result.number)))


async def _entity(result: CommandResult, info: Info) -> object:
    return None if result.subject is None else await _one(info, result.subject)


async def _one(info: Info, ref: NodeRef) -> object:
    return (await fetched(info, [EntityRef(ref.kind, ref.key)]))[0]
