"""Ordered pages: sort and cut before projecting, inside the subquery."""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.cypher.names import Scope, Variables, identifier, parameter
from graph_api.cypher.predicates import after, operand, where
from graph_api.plan.tree import Holder, KindName, OrderKey, Page, Stored


@dataclass(frozen=True, slots=True)
class OrderedPage:
    """What a page adds to a match: conditions on it, and the clauses after it that sort and cut.

    ``keys`` are the expressions of the order keys after the clauses; ``computed`` those of them that
    are variables; ``terms`` are the terms of an ORDER BY that sorts the page's rows again.
    """

    conditions: tuple[str, ...]
    clauses: str
    keys: tuple[str, ...]
    computed: tuple[str, ...]
    terms: str


def ordered_page(
    page: Page, scope: Scope, variables: Variables, *, distinct: bool, walked: bool
) -> OrderedPage:
    """The parts of a match that is sorted and cut.

    Computed keys (counts, related values) get names first; stored ones are compared where they are,
    so that an index can serve them, and kinds, so that the keys before them are. ``walked`` asks for
    the conditions that let one.
    """
    texts = [operand(key.operand, scope, variables) for key in page.order]
    computed = {
        # Named after the node: Neo4j refuses a nested list that names its keys as an outer one does.
        index: f"{scope.node}_{index}"
        for index, key in enumerate(page.order)
        if not isinstance(key.operand, Stored | KindName)
    }
    names = [computed.get(index, text) for index, text in enumerate(texts)]
    condition = after(page.after, names) if page.after is not None else ""
    carried = [name for name in (scope.node, scope.edge) if name]
    word = "WITH DISTINCT" if distinct else "WITH"
    conditions = _walkable(page, scope) if walked else []
    clauses = ""
    if computed:
        aliases = [f"{texts[index]} AS {name}" for index, name in computed.items()]
        clauses += f" {word} {variables.carried(*carried, *aliases)}{where([condition])}"
        word = "WITH"
    elif condition:
        conditions.append(condition)
    kept = variables.carried(*carried, *computed.values())
    terms = ", ".join(term for key, name in zip(page.order, names, strict=True) for term in _terms(key, name))
    clauses += f" {word} {kept} ORDER BY {terms} LIMIT {parameter(page.limit)}"
    return OrderedPage(tuple(conditions), clauses, tuple(names), tuple(computed.values()), terms)


def is_walkable(page: Page) -> bool:
    """Whether an index holds the order: stored keys of the node that are never null."""
    return all(
        isinstance(key.operand, Stored) and not key.operand.nullable and key.operand.holder is Holder.NODE
        for key in page.order
    )


def _walkable(page: Page, scope: Scope) -> list[str]:
    """Conditions that let the planner walk the index of the order instead of sorting all nodes.

    They hold for every stored node; without them Neo4j does not use an index for an order.
    """
    if not is_walkable(page):
        return []
    stored = [key.operand for key in page.order if isinstance(key.operand, Stored)]
    return [f"{scope.node}.{identifier(each.name)} IS NOT NULL" for each in stored]


def _terms(key: OrderKey, name: str) -> list[str]:
    direction = " DESC" if key.descending else ""
    placed = f"{name} IS NULL DESC" if key.nulls_first else f"{name} IS NULL"
    return [*([placed] if key.operand.nullable else []), f"{name}{direction}"]
