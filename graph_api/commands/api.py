"""Commands as a part of the GraphQL schema: a mutation for each, with an input of its arguments."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.api_types.objects import scalar_type
from graph_api.api_types.specs import ArgumentSpec, EnumSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.commands.declare import Commands, CommandType
from graph_api.commands.problems import ProblemCode
from graph_api.errors import InvalidOntologyError
from graph_api.ontology import Ontology
from graph_api.ontology.model import EnumClass, Property, ScalarType
from graph_api.ontology.names import pascal_case

RESULT = "CommandResult"
PROBLEM = "CommandProblem"
PROBLEM_CODE = EnumSpec(
    "CommandProblemCode",
    (ProblemCode.__doc__ or "").strip(),
    tuple((each.name, each.value) for each in ProblemCode),
)
_COMMON = (
    FieldSpec("sources", "[String!]", "The keys of the sources that state it."),
    FieldSpec(
        "ownKnowledge", "Boolean", "That it is your role's own knowledge, where no source can be named."
    ),
    FieldSpec("reason", "String", "Why, for the history."),
    FieldSpec(
        "idempotencyKey",
        "String",
        "A text of your choice: sent again with the same one, the command changes nothing more.",
    ),
    FieldSpec(
        "expectedVersion",
        "Int",
        "The version of the graph that you decided on: refused when what it is about was changed since.",
    ),
    FieldSpec("dryRun", "Boolean", "Only say what would happen."),
)
_PROBLEM = TypeSpec(
    PROBLEM,
    TypeForm.OBJECT,
    "Why a command was refused.",
    (
        FieldSpec("code", f"{PROBLEM_CODE.name}!", "What kind of problem it is."),
        FieldSpec("message", "String!", "The problem in a sentence."),
        FieldSpec("field", "String", "The argument at fault."),
        FieldSpec("value", "String", "What was given."),
        FieldSpec("rule", "String", "The rule of the domain that is broken."),
        FieldSpec("remedy", "String", "What helps."),
        FieldSpec("changes", "[Int!]!", "The numbers of the changes that stand in the way."),
    ),
)


def specs_of(commands: Commands, ontology: Ontology, change_kind: str) -> tuple[TypeSpec, ...]:
    """The types that the commands need.

    Raises ``InvalidOntologyError`` for an argument that has the name of a common one.
    """
    return (
        _PROBLEM,
        _result(ontology, change_kind),
        *map(_input, commands.types.values()),
        _mutation(commands),
    )


def enums_of(commands: Commands) -> Iterator[EnumClass]:
    """The vocabularies that arguments have."""
    for command in commands.types.values():
        yield from (found.enum for found in command.arguments if found.enum is not None)


def input_name(command: CommandType) -> str:
    """The name of a command's input."""
    return f"{pascal_case(command.field)}Input"


def _result(ontology: Ontology, change_kind: str) -> TypeSpec:
    change = (FieldSpec("change", change_kind, "The change that it made; nothing when it made none."),) * (
        change_kind in ontology.nodes
    )
    return TypeSpec(
        RESULT,
        TypeForm.OBJECT,
        "What became of a command. A refused one has problems, and changed nothing.",
        (
            FieldSpec("ok", "Boolean!", "Whether it was carried out, or would be."),
            FieldSpec("problems", f"[{PROBLEM}!]!", "Why it was refused; empty when it was not."),
            *change,
            FieldSpec("entity", ontology.root, "What the command was about, as it is now."),
            FieldSpec("items", "Int!", "How many nodes and relations differ by it."),
            FieldSpec("notices", "[String!]!", "What you should know, and no rule forbids."),
            FieldSpec("repeated", "Boolean!", "Whether it had been carried out before, under the same key."),
        ),
    )


def _input(command: CommandType) -> TypeSpec:
    arguments = tuple(_argument(found) for found in command.arguments)
    clash = {each.name for each in arguments} & {each.name for each in _COMMON}
    if clash:
        raise InvalidOntologyError(f"{command.field} cannot have an argument called {min(clash)}.")
    return TypeSpec(
        input_name(command),
        TypeForm.INPUT,
        f"The arguments of {command.field}.",
        (*arguments, *_COMMON),
    )


def _argument(found: Property) -> FieldSpec:
    if found.type is ScalarType.STRINGS:
        return FieldSpec(found.field, "[String!]", found.description)
    return FieldSpec(found.field, scalar_type(found), found.description)


def _mutation(commands: Commands) -> TypeSpec:
    fields = tuple(
        FieldSpec(
            name,
            f"{RESULT}!",
            each.description,
            (ArgumentSpec("input", f"{input_name(each)}!", "Its arguments."),),
        )
        for name, each in commands.types.items()
    )
    return TypeSpec("Mutation", TypeForm.OBJECT, "What may be done to the graph.", fields)
