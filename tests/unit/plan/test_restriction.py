"""The check of single nodes reaches everything that a plan touches, and only kinds that need it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from graph_api.cypher.render import render
from graph_api.plan.policy import Policy
from graph_api.plan.restriction import Restriction
from graph_api.plan.tree import (
    ALWAYS,
    NEVER,
    And,
    Connection,
    ConnectionColumn,
    Counted,
    Groups,
    HierarchySet,
    Holder,
    IdColumn,
    InSet,
    Listed,
    Lookup,
    LookupMany,
    NodeList,
    Not,
    OfKind,
    OneColumn,
    Or,
    OrderKey,
    Page,
    Parameter,
    PlanNode,
    Predicate,
    Projection,
    Quantified,
    Quantifier,
    Related,
    RelationAxis,
    RootPlan,
    Scan,
    Seen,
    Single,
    SourcesColumn,
    Stored,
    TotalCount,
    Traverse,
)
from tests.toy.ontology import TOY

LEVEL = Parameter("level")
SEEN = Seen(LEVEL)
KEY = OrderKey(Stored(Holder.NODE, "key", nullable=False), descending=False)


def policy(*kinds: str) -> Policy:
    restriction = Restriction(TOY, frozenset(kinds), LEVEL) if kinds else None
    return Policy(TOY, "", restriction)


def traverse(kind: str, field: str) -> Traverse:
    relation = next(found for found in TOY.node(kind).relations if found.end.field == field)
    return Traverse(relation, TOY.node(relation.target))


def projection(kind: str, *columns: OneColumn | ConnectionColumn | SourcesColumn) -> Projection:
    found = TOY.node(kind)
    concrete = [TOY.node(name) for name in found.concrete]
    by_kind = tuple((each, (IdColumn("id"), *columns)) for each in concrete)
    return Projection(by_kind, tagged=found.abstract)


def listed(source: Scan | Traverse, kind: str, predicate: Predicate = ALWAYS, *order: OrderKey) -> Connection:
    parts = (NodeList("nodes", projection(kind)), TotalCount("total"))
    page = Page((*order, KEY), Parameter("limit"), None)
    return Connection("T", source, predicate, page, parts, "signature", with_cursor=False)


def found_in(node: object, kind: type[PlanNode]) -> Iterator[PlanNode]:
    if isinstance(node, kind):
        yield node
    if isinstance(node, PlanNode):
        for field in fields(node):  # type: ignore[arg-type]  # every PlanNode is a dataclass
            yield from found_in(getattr(node, field.name), kind)
    elif isinstance(node, tuple):
        for item in node:
            yield from found_in(item, kind)


def films() -> RootPlan:
    """A list that touches nodes in every way that a list can."""
    city = OneColumn("city", traverse("Person", "birthplace"), projection("City"))
    cast = Connection(
        "T",
        traverse("Film", "cast"),
        Quantified(Quantifier.NONE, traverse("Person", "awards"), ALWAYS),
        Page((KEY,), Parameter("limit"), None),
        (NodeList("nodes", projection("Person", city)), TotalCount("total")),
        "signature",
        with_cursor=False,
    )
    sources = SourcesColumn("sources", Holder.NODE, TOY.node("Reference"), projection("Reference"))
    parts = (
        NodeList("nodes", projection("Film", ConnectionColumn("cast", cast), sources)),
        TotalCount("total"),
        Groups("groups", (RelationAxis(traverse("Film", "settings"), TOY.edges["LocatedIn"]),), ()),
    )
    order = (
        OrderKey(Counted(traverse("Film", "makers")), descending=False),
        OrderKey(Related(traverse("Film", "original"), KEY.operand), descending=False),
        KEY,
    )
    inside = Quantified(
        Quantifier.SOME,
        traverse("Film", "settings"),
        And((InSet(0), Quantified(Quantifier.EVERY, traverse("Place", "ancestors"), NEVER))),
    )
    page = Page(order, Parameter("limit"), None)
    films = Connection("T", Scan(TOY.node("Film")), inside, page, parts, "signature", with_cursor=False)
    places = HierarchySet(
        0, TOY.edges["LocatedIn"], TOY.node("Place"), TOY.node("Place"), Parameter("places")
    )
    return RootPlan(films, (places,))


def test_without_restricted_kinds_the_text_is_what_it_was() -> None:
    assert render(policy().applied(films())) == render(films())
    assert render(policy("Award").applied(films())) != render(films()), "the filter looks at awards"
    assert "restricted_level" not in render(policy().applied(films()))


def test_every_way_to_a_node_is_checked() -> None:
    checked = policy(*(kind.name for kind in TOY.kinds())).applied(films())

    steps = [each for each in found_in(checked, Traverse) if isinstance(each, Traverse)]
    assert len(steps) > 7
    for each in steps:
        condition = each.through if each.relation.transitive else each.visible
        assert condition is not None
        assert list(found_in(condition, Seen))
    for kind in (SourcesColumn, HierarchySet, RelationAxis):
        (found,) = found_in(checked, kind)
        assert list(found_in(found, Seen)), kind
    assert isinstance(checked.selection, Connection)
    assert isinstance(checked.selection.predicate, And)
    assert checked.selection.predicate.parts[-1] == SEEN


@pytest.mark.parametrize(
    ("kinds", "checked"),
    [
        (("Film",), {"original"}),
        (("City",), {"birthplace", "settings", "ancestors"}),
        (("Studio",), {"makers"}),
        (("Award",), {"awards"}),
    ],
)
def test_kinds_without_restricted_nodes_cost_nothing(kinds: tuple[str, ...], checked: set[str]) -> None:
    found = found_in(policy(*kinds).applied(films()), Traverse)

    steps = [each for each in found if isinstance(each, Traverse) and (each.visible or each.through)]
    # An award needs its city, so that a hidden city hides it.
    needed = {"awards"} if "City" in kinds else set()
    needing = {"city"} if "City" in kinds else set()
    assert {each.relation.end.field for each in steps} == checked | needed | needing


def test_look_ups_are_checked() -> None:
    thing, key = TOY.node("Thing"), Parameter("key")
    single = RootPlan(Single(Lookup(thing, key), projection("Thing")))
    many = RootPlan(Listed(LookupMany(thing, Parameter("kinds"), key), projection("Thing")))

    for plan in (single, many):
        text = render(policy("Film").applied(plan))
        assert text.count("restricted_level") == 1, "other kinds are looked up as before"
        assert "restricted_level" not in render(policy().applied(plan))


def test_a_node_is_hidden_with_the_one_that_it_cannot_be_without() -> None:
    condition = policy("City").restriction.of(TOY.node("Award"))  # type: ignore[union-attr]  # it is there

    assert isinstance(condition, And)
    (needed,) = condition.parts
    assert isinstance(needed, Quantified)
    assert (needed.quantifier, needed.traverse.relation.end.field) == (Quantifier.SOME, "city")
    assert needed.traverse.visible == SEEN


def test_among_several_kinds_only_those_that_need_it_are_hidden_with_it() -> None:
    award = TOY.node("Award")
    condition = policy("City").restriction.of(award, TOY.node("Film"))  # type: ignore[union-attr]  # it is there

    assert isinstance(condition, Or)
    assert condition.parts[0] == Not(OfKind(award, ALWAYS))


def test_a_hierarchy_is_followed_through_visible_nodes_alone() -> None:
    step = listed(traverse("City", "ancestors"), "Land")
    text = render(
        policy("Land").applied(
            RootPlan(
                Single(
                    Lookup(TOY.node("City"), Parameter("k")), projection("City", ConnectionColumn("a", step))
                )
            )
        )
    )

    assert "-[:LOCATED_IN*1..]->" in text
    assert text.count("IN nodes(q") == 2, "the rows and the total"
