"""The vocabulary for declaring commands: what may be done, with which arguments, by whom.

A command is a class with annotated arguments, declared as the properties of an ontology are; ``apply`` holds
its rules and says what is to be stored. From it come a mutation of the API and a command of the terminal.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, dataclass_transform

from graph_api.changes.items import NodeRef
from graph_api.commands.draft import Draft
from graph_api.commands.knowledge import OwnKnowledge
from graph_api.errors import InvalidOntologyError
from graph_api.ontology import prop
from graph_api.ontology.model import Property
from graph_api.ontology.names import camel_case, upper_snake_case
from graph_api.ontology.resolve import properties_of

argument = prop
"""Declare an argument; without ``default=None`` it is required."""


@dataclass_transform(kw_only_default=True, field_specifiers=(prop,))
class Command(ABC):
    """Base of every command. ``states_facts`` says that it needs a source, or own knowledge.

    ``taken_from`` is the lowest role that may send it; without one, every role that writes.
    """

    states_facts: ClassVar[bool] = True
    taken_from: ClassVar[Enum | None] = None

    def __init_subclass__(cls, *, states_facts: bool = True, taken_from: Enum | None = None) -> None:
        super().__init_subclass__()
        cls.states_facts = states_facts
        cls.taken_from = taken_from

    @abstractmethod
    async def apply(self, draft: Draft) -> NodeRef:
        """Check the rules, say what is to be stored, and give the node that the command is about.

        Raises ``Refusal`` for what the rules do not allow.
        """

    @property
    def undoes(self) -> int | None:
        """The number of the change that it takes back, when it does."""
        return None

    def about(self) -> NodeRef | None:
        """The node that an expected version is compared at, before anything is applied."""
        return None


@dataclass(frozen=True, slots=True)
class CommandType:
    """A command with its names: ``field`` in GraphQL, ``option`` in the terminal."""

    command: type[Command]
    field: str
    option: str
    title: str
    description: str
    arguments: tuple[Property, ...]

    def argument(self, name: str) -> Property:
        """The argument with this Python name; raises ``KeyError``."""
        return {found.name: found for found in self.arguments}[name]


@dataclass(frozen=True, slots=True)
class Commands:
    """All commands of an application, by their GraphQL field, in the order of declaration.

    Without ``knowledge``, every fact needs a source.
    """

    types: Mapping[str, CommandType]
    knowledge: OwnKnowledge | None = None


def catalogue(*commands: type[Command], knowledge: OwnKnowledge | None = None) -> Commands:
    """The commands with their names; raises ``InvalidOntologyError`` when two have the same."""
    types = [_type_of(each) for each in commands]
    found = {each.field: each for each in types}
    if len(found) != len(types):
        raise InvalidOntologyError("Two commands have the same name.")
    return Commands(found, knowledge)


def _type_of(command: type[Command]) -> CommandType:
    snake = upper_snake_case(command.__name__).lower()
    text = inspect.cleandoc(command.__doc__ or "")
    return CommandType(
        command,
        camel_case(snake),
        snake.replace("_", "-"),
        text.partition(".")[0],
        text,
        # What has to be given stands first, also where a base declares the rest.
        tuple(sorted(properties_of(command), key=lambda found: not found.required)),
    )


def summary(command: CommandType, given: Mapping[str, object]) -> str:
    """What a command did, as a sentence for the history: its title and the keys that it names.

    Arguments that not everybody may see, as personal data, are not in it.
    """
    hidden = {found.name for found in command.arguments if found.visible_to is not None}
    named = [str(value) for name, value in given.items() if name not in hidden and _is_key(value)]
    return f"{command.title}: {', '.join(named)}" if named else command.title


def _is_key(value: object) -> bool:
    return isinstance(value, str) and bool(value) and len(value) <= 80 and " " not in value
