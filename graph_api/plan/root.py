"""From one root field of an operation to its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graphql import GraphQLField, get_named_type
from graphql.execution.collect_fields import FieldDetailsList

from graph_api.errors import InvalidIdError, LimitExceededError
from graph_api.ontology.model import NodeType
from graph_api.plan.as_of import as_of
from graph_api.plan.bindings import Binding, Bindings, ComputedBinding, Condition, Convert, Moved
from graph_api.plan.computed import bind_computed
from graph_api.plan.convert import plain
from graph_api.plan.drivers import with_drivers
from graph_api.plan.given import Given, GivenTree, Variables
from graph_api.plan.global_id import decode_id
from graph_api.plan.policy import Policy
from graph_api.plan.redirects import NO_REDIRECTS, Redirects
from graph_api.plan.restriction import Restriction
from graph_api.plan.selection import FieldCollector, SelectionCompiler
from graph_api.plan.sight import Sight
from graph_api.plan.tree import (
    HierarchySet,
    Listed,
    Lookup,
    LookupMany,
    Parameter,
    PlanNode,
    RootPlan,
    RootSelection,
    Seen,
    Single,
    rewrite,
)
from graph_api.plan.vocabulary import RootField, RootForm, Vocabulary
from graph_api.plan.where import WhereCompiler
from graph_api.values import Value

_LEVEL = Parameter("level")
MAX_IDS = 1000
"""The most global ids that one field looks up."""


@dataclass(frozen=True, slots=True)
class PlannedField:
    """The plan of a root field, how its parameters are filled, and on what it depends beside the shape."""

    plan: RootPlan
    bindings: Mapping[str, Binding | ComputedBinding]
    conditions: tuple[Condition | Moved, ...]

    @property
    def computed(self) -> Sequence[ComputedBinding]:
        """The parameters whose values have to be computed first (``with_computed``)."""
        return [each for each in self.bindings.values() if isinstance(each, ComputedBinding)]

    def parameters(self, variables: Variables, redirects: Redirects = NO_REDIRECTS) -> dict[str, Value]:
        """The values of all parameters; conversions raise ``InvalidArgumentError``."""
        return {name: binding.value(variables, redirects) for name, binding in self.bindings.items()}

    def unknown(
        self, found: Sequence[object], variables: Variables, redirects: Redirects
    ) -> Sequence[object]:
        """For each hierarchy set the keys, as the request gave them, of which the statement found nothing.

        Where a key redirects, the statement was asked for others: nobody has to learn which.
        """
        if not redirects:
            return found
        sets = [each for each in self.plan.sets if isinstance(each, HierarchySet)]
        return [
            [
                key
                for key in cast("list[str]", self.bindings[each.keys.name].value(variables))
                if set(redirects.candidates(each.roots.concrete, key)) <= set(cast("list[str]", missing))
            ]
            for each, missing in zip(sets, found, strict=True)
        ]


def plan_root_field(
    vocabulary: Vocabulary,
    collector: FieldCollector,
    variables: Variables,
    field: GraphQLField,
    details: FieldDetailsList,
    sight: Sight,
) -> PlannedField:
    """Plan one root field for what a viewer sees.

    Raises ``InvalidArgumentError`` for arguments outside their rules, ``ForbiddenError`` among them.
    """
    bindings = Bindings(sight.redirects)
    policy = policy_of(vocabulary, sight)
    where = WhereCompiler(vocabulary.ontology, bindings, policy)
    compiler = SelectionCompiler(vocabulary, collector, variables, bindings, where)
    given = compiler.arguments(field, details[0])
    root = vocabulary.roots[details[0].node.name.value]
    selection = _selection(root, compiler, given, field, details)
    plan = with_drivers(policy.applied(RootPlan(selection, tuple(where.sets))))
    day = given.get("asOf")
    if isinstance(day, Given) and day.value is not None:
        plan = as_of(plan, bindings.bind(day, plain))
    bind_level(bindings, plan, sight)
    return PlannedField(plan, bindings.frozen(), tuple(bindings.conditions))


def policy_of(vocabulary: Vocabulary, sight: Sight) -> Policy:
    """What a viewer may see; a plan that checks single nodes needs their level too (``bind_level``)."""
    seen = sight.visibility
    if not seen.restricted:
        return Policy(vocabulary.ontology, seen.role)
    return Policy(vocabulary.ontology, seen.role, Restriction(vocabulary.ontology, seen.restricted, _LEVEL))


def bind_level(bindings: Bindings, plan: RootPlan, sight: Sight) -> None:
    """Give a plan that checks single nodes the viewer's level, and one with computed values their maps."""
    checks: list[PlanNode] = []

    def note(node: PlanNode) -> PlanNode:
        if isinstance(node, Seen):
            checks.append(node)
        return node

    rewrite(plan, note)
    if checks:
        give_level(bindings, sight)
    bind_computed(bindings, plan)


def give_level(bindings: Bindings, sight: Sight) -> None:
    """Give the viewer's level to whatever is made with ``policy_of``."""
    level = sight.visibility.level
    bindings.by_name[_LEVEL.name] = Binding(Given(level, lambda _: level), plain)


def _selection(
    root: RootField,
    compiler: SelectionCompiler,
    given: Mapping[str, GivenTree],
    field: GraphQLField,
    details: FieldDetailsList,
) -> RootSelection:
    bind = compiler.bindings.bind
    match root.form:
        case RootForm.LIST:
            type_name = get_named_type(field.type).name
            return compiler.root_connection(root.kind, given, type_name, details)
        case RootForm.BY_KEY:
            return _by_key(root.kind, compiler, cast(Given, given["key"]), plain, details)
        case RootForm.BY_IDS:
            ids = cast(Given, given["ids"])
            known = compiler.vocabulary
            kinds = bind(ids, lambda value: [kind for kind, _ in _parts(known, value)])
            keys = bind(
                ids,
                lambda value: [key for _, key in _parts(known, value)],
                lambda value, redirects: [redirects.key(*part) for part in _parts(known, value)],
            )
            return Listed(LookupMany(root.kind, kinds, keys), compiler.projection(root.kind, details))
        case RootForm.BY_ID:
            identifier = cast(Given, given["id"])
            kind_name = _kind_name(identifier.value)
            compiler.bindings.depends_on(identifier, _kind_name)
            kind = _kind_named(compiler.vocabulary, kind_name, str(identifier.value), "id")
            return _by_key(kind, compiler, identifier, lambda value: decode_id(str(value), "id")[1], details)
        case RootForm.ANY_BY_KEY:
            return _any_by_key(root, compiler, cast(Given, given["key"]), details)


def _any_by_key(
    root: RootField, compiler: SelectionCompiler, given: Given, details: FieldDetailsList
) -> Single:
    name, separator, _ = str(given.value).partition(":")
    compiler.bindings.depends_on(given, _kind_part)
    kind = compiler.vocabulary.ontology.nodes.get(name) if separator else None
    if kind is None:
        return _by_key(root.kind, compiler, given, plain, details)
    return _by_key(kind, compiler, given, lambda value: str(value).partition(":")[2], details)


def _by_key(
    kind: NodeType, compiler: SelectionCompiler, given: Given, read: Convert, details: FieldDetailsList
) -> Single:
    """The node with a key; among several kinds it is the key that each has in the place of an old one."""
    bindings = compiler.bindings
    if not kind.abstract:
        lookup = Lookup(kind, bindings.bind_key(given, read, kind.name))
    else:
        key = bindings.bind(given, read)
        moved = bindings.moved(given, read, kind.concrete)
        lookup = Lookup(
            kind, key, instead=tuple((name, bindings.bind_key(given, read, name)) for name in moved)
        )
    return Single(lookup, compiler.projection(kind, details))


def _kind_part(key: object) -> str:
    """What stands before the colon of ``Kind:KEY``, or nothing."""
    name, separator, _ = str(key).partition(":")
    return name if separator else ""


def _kind_name(identifier: object) -> str:
    return decode_id(str(identifier), "id")[0]


def _kind_named(vocabulary: Vocabulary, name: str, text: str, argument: str) -> NodeType:
    kind = vocabulary.ontology.nodes.get(name)
    if kind is None or kind.abstract:
        raise InvalidIdError(
            f"'{text[:80]}' in the argument '{argument}' is the id of nothing that this graph can hold.",
            argument=argument,
            value=text[:80],
        )
    return kind


def _parts(vocabulary: Vocabulary, value: object) -> list[tuple[str, str]]:
    ids = cast("list[object]", value if isinstance(value, list) else [value])
    if len(ids) > MAX_IDS:
        raise LimitExceededError(
            f"'ids' has {len(ids)} ids; at most {MAX_IDS} are looked up.",
            argument="ids",
            value=len(ids),
            limit=MAX_IDS,
        )
    found = [decode_id(str(each), "ids") for each in ids]
    for (kind, _), each in zip(found, ids, strict=True):
        _kind_named(vocabulary, kind, str(each), "ids")
    return found
