"""Parameters and where their values come from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from graph_api.plan.given import Given, Variables
from graph_api.plan.tree import Parameter
from graph_api.values import Value

Convert = Callable[[object], Value]


@dataclass(frozen=True, slots=True)
class Binding:
    """How one parameter is filled from a request's variables."""

    given: Given
    convert: Convert

    def value(self, variables: Variables) -> Value:
        """The parameter's value for these variables; conversions raise ``InvalidArgumentError``."""
        return self.convert(self.given.read(variables))


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a value that decides the plan, although its shape does not show it."""

    given: Given
    part: Callable[[object], Hashable]

    def value(self, variables: Variables) -> Hashable:
        """The part, for these variables."""
        return self.part(self.given.read(variables))


@dataclass(slots=True)
class Bindings:
    """Hands out parameters while a plan is made, and remembers on which parts of values it depends."""

    by_name: dict[str, Binding] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)

    def depends_on(self, given: Given, part: Callable[[object], Hashable]) -> None:
        """Say that the plan would be another one if this part of the value were another."""
        self.conditions.append(Condition(given, part))

    def bind(self, given: Given, convert: Convert) -> Parameter:
        """A new parameter for a given value."""
        name = f"p{len(self.by_name)}"
        self.by_name[name] = Binding(given, convert)
        return Parameter(name)

    def frozen(self) -> Mapping[str, Binding]:
        """All bindings by the name of their parameter."""
        return dict(self.by_name)
