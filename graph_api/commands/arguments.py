"""From what a client gave to a command with typed arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from graph_api.commands.declare import Command, CommandType
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.imports.records import Raw
from graph_api.imports.values import UnusableValueError, stored
from graph_api.ontology import PartialDate
from graph_api.ontology.model import Property, ScalarType
from graph_api.values import Value


def bind(found: CommandType, given: Mapping[str, object]) -> Command:
    """The command with these arguments, by their Python names; those left out are None, or empty lists.

    Raises ``Refusal`` with everything that is wrong with them.
    """
    problems: list[Problem] = []
    command = found.command()
    for each in found.arguments:
        raw = given.get(each.name)
        try:
            setattr(command, each.name, _typed(each, cast(Raw, raw)))
        except UnusableValueError as problem:
            value = None if raw is None else str(raw)[:120]
            problems.append(Problem(ProblemCode.INVALID_VALUE, f"{problem}.", each.field, value))
    known = {each.name for each in found.arguments}
    problems += [
        Problem(ProblemCode.INVALID_VALUE, f"{found.title} takes no such argument.", name)
        for name in given
        if name not in known
    ]
    if problems:
        raise Refusal(*problems)
    return command


def _typed(found: Property, raw: Raw) -> object:
    value: Value = stored(found, raw)[found.name]
    if value is None:
        return None
    if found.type is ScalarType.PARTIAL_DATE:
        return PartialDate.parse(str(value))
    if found.enum is not None:
        return found.enum[str(value)]
    return value
