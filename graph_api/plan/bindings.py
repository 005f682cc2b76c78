"""Parameters and where their values come from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import cast

from graph_api.plan.given import Given, Variables
from graph_api.plan.redirects import NO_REDIRECTS, Redirects
from graph_api.plan.tree import Computed, Parameter
from graph_api.values import Value

Convert = Callable[[object], Value]
Follow = Callable[[object, Redirects], Value]
"""A conversion of keys that are followed to where they redirect."""
COMPUTED = "__computed"
"""No variable of a document can have this name: GraphQL reserves it (specification, 2.3.1)."""


@dataclass(frozen=True, slots=True)
class Binding:
    """How one parameter is filled from a request's variables; ``follow`` is there for keys."""

    given: Given
    convert: Convert
    follow: Follow | None = None

    def value(self, variables: Variables, redirects: Redirects = NO_REDIRECTS) -> Value:
        """The parameter's value for these variables; conversions raise ``InvalidArgumentError``."""
        if self.follow is not None and redirects:
            return self.follow(self.given.read(variables), redirects)
        return self.convert(self.given.read(variables))


@dataclass(frozen=True, slots=True)
class ComputedBinding:
    """A parameter that holds values which Python has, by key; ``day`` gives the day that they are of."""

    computed: Computed
    day: Binding | ComputedBinding | None

    @property
    def name(self) -> str:
        """The name of the parameter."""
        return self.computed.values.name

    def value(self, variables: Variables, _redirects: Redirects = NO_REDIRECTS) -> Value:
        """The map that was put among the variables (``plan.computed``)."""
        return cast("Mapping[str, Value]", variables[COMPUTED])[self.name]


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a value that decides the plan, although its shape does not show it."""

    given: Given
    part: Callable[[object], Hashable]

    def value(self, variables: Variables, _redirects: Redirects) -> Hashable:
        """The part, for these variables."""
        return self.part(self.given.read(variables))


@dataclass(frozen=True, slots=True)
class Moved:
    """That keys are old ones in some of several kinds decides the plan: there a node has another key."""

    given: Given
    convert: Convert
    kinds: tuple[str, ...]

    def value(self, variables: Variables, redirects: Redirects) -> tuple[str, ...]:
        """The kinds in which they are."""
        return redirects.moved(self.kinds, self.convert(self.given.read(variables)))


@dataclass(slots=True)
class Bindings:
    """Hands out parameters while a plan is made, and remembers on which parts of values it depends."""

    redirects: Redirects = NO_REDIRECTS
    by_name: dict[str, Binding | ComputedBinding] = field(default_factory=dict)
    conditions: list[Condition | Moved] = field(default_factory=list)

    def depends_on(self, given: Given, part: Callable[[object], Hashable]) -> None:
        """Say that the plan would be another one if this part of the value were another."""
        self.conditions.append(Condition(given, part))

    def moved(self, given: Given, convert: Convert, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """In which of the kinds the given keys redirect now; the plan depends on it."""
        self.conditions.append(Moved(given, convert, kinds))
        return self.redirects.moved(kinds, convert(given.value))

    def bind(self, given: Given, convert: Convert, follow: Follow | None = None) -> Parameter:
        """A new parameter for a given value; ``follow`` converts it where keys redirect."""
        name = f"p{len(self.by_name)}"
        self.by_name[name] = Binding(given, convert, follow)
        return Parameter(name)

    def bind_key(self, given: Given, convert: Convert, kind: str) -> Parameter:
        """A new parameter for a key, or a list of keys, of a kind."""
        return self.bind(given, convert, lambda value, known: known.follow(kind, convert(value)))

    def frozen(self) -> Mapping[str, Binding | ComputedBinding]:
        """All bindings by the name of their parameter."""
        return dict(self.by_name)
