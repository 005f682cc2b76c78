"""Stored questions: GraphQL documents with a title, a text and described variables.

A question is a file ``name.graphql``. The comment at its top holds the title, then the text, then
one line ``$variable: description (example: VALUE)`` for each variable::

    # Films of a decade
    # Which films were released in a decade, and who played in them?
    # $decade: The first year of the decade (example: 1980)
    query FilmsOf($decade: Int!) { ... }
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphql import (
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
    type_from_ast,
    validate,
    value_from_ast_untyped,
)

from graph_api.errors import InvalidOntologyError, UnknownQuestionError

_VARIABLE = re.compile(r"\$(?P<name>\w+): (?P<text>.+?)(?: \(example: (?P<example>[^)]+)\))?")


@dataclass(frozen=True, slots=True)
class QuestionVariable:
    """A variable of a question. ``default`` is what it has when it is not given; null means nothing."""

    name: str
    type: str
    scalar: str
    listed: bool
    required: bool
    description: str
    example: str
    default: object

    @property
    def option(self) -> str:
        """The variable as a command-line option: ``firstYear`` -> ``--first-year``."""
        return "--" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", self.name).lower()


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question."""

    name: str
    title: str
    description: str
    document: str
    variables: tuple[QuestionVariable, ...]

    def example(self) -> dict[str, object]:
        """Values for all variables that have an example."""
        return {
            each.name: [each.example] if each.listed else each.example
            for each in self.variables
            if each.example
        }


def load_questions(folder: Path, schema: GraphQLSchema) -> Mapping[str, Question]:
    """All questions of a folder, by name.

    Raises ``InvalidOntologyError`` when one is no valid document of the schema or leaves a variable
    without description.
    """
    return {path.stem: _question(path, schema) for path in sorted(folder.glob("*.graphql"))}


def question_named(questions: Mapping[str, Question], name: str) -> Question:
    """The question; raises ``UnknownQuestionError``."""
    if name not in questions:
        raise UnknownQuestionError(
            f"No question is called '{name}'.", remedy=f"There are: {', '.join(questions)}.", value=name
        )
    return questions[name]


def _question(path: Path, schema: GraphQLSchema) -> Question:
    text = path.read_text(encoding="utf-8")
    comments = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    document = parse(text)
    problems = [error.message for error in validate(schema, document)]
    if problems:
        raise InvalidOntologyError(
            f"The question {path.stem} does not fit the schema: {'; '.join(problems)}."
        )
    operation = next(found for found in document.definitions if isinstance(found, OperationDefinitionNode))
    texts = {match["name"]: match for line in comments if (match := _VARIABLE.fullmatch(line))}
    variables = tuple(
        _variable(path.stem, found, texts, schema) for found in operation.variable_definitions or ()
    )
    title, *rest = [line for line in comments if line and not line.startswith("$")]
    return Question(path.stem, title, " ".join(rest), text, variables)


def _variable(
    question: str, found: VariableDefinitionNode, texts: Mapping[str, re.Match[str]], schema: GraphQLSchema
) -> QuestionVariable:
    name = found.variable.name.value
    if name not in texts:
        raise InvalidOntologyError(f"The question {question} does not describe ${name}.")
    type_ = type_from_ast(schema, found.type)
    if type_ is None:
        raise InvalidOntologyError(f"The question {question} gives ${name} a type that the schema lacks.")
    required = is_non_null_type(type_)
    default = value_from_ast_untyped(found.default_value) if found.default_value else None
    return QuestionVariable(
        name=name,
        type=str(type_),
        scalar=str(get_named_type(type_)),
        listed=is_list_type(type_.of_type if is_non_null_type(type_) else type_),
        required=required and found.default_value is None,
        description=texts[name]["text"],
        example=texts[name]["example"] or "",
        default=default,
    )


def coerce_answers(question: Question, given: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Variables from texts, as a command line or an address gives them; types are GraphQL's to check."""
    found: dict[str, object] = {}
    for variable in question.variables:
        texts = given.get(variable.name)
        if texts:
            values = [_number_or_text(variable.scalar, text) for text in texts]
            found[variable.name] = values if variable.listed else values[0]
    return found


def _number_or_text(scalar: str, text: str) -> object:
    if scalar == "Int" and re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    if scalar == "Boolean" and text in ("true", "false"):
        return text == "true"
    return text
