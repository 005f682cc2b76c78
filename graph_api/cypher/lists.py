"""Ordered pages: sort and cut before projecting, inside the subquery."""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.cypher.names import Scope, Variables, parameter
from graph_api.cypher.predicates import after, operand, where
from graph_api.plan.tree import OrderKey, Page, Stored


@dataclass(frozen=True, slots=True)
class OrderedPage:
    """The clauses that sort and cut, and the expressions of the order keys after them."""

    clauses: str
    keys: tuple[str, ...]


def ordered_page(
    page: Page, scope: Scope, variables: Variables, *, distinct: bool
) -> tuple[list[str], OrderedPage]:
    """The conditions that a page adds to its match, and the clauses that follow the match.

    Computed keys (counts, related values) get names first; stored ones are compared where they are,
    so that an index can serve them.
    """
    texts = [operand(key.operand, scope, variables) for key in page.order]
    computed = {
        index: f"o{index}" for index, key in enumerate(page.order) if not isinstance(key.operand, Stored)
    }
    names = [computed.get(index, text) for index, text in enumerate(texts)]
    condition = after(page.after, names) if page.after is not None else ""
    carried = [name for name in (scope.node, scope.edge) if name]
    word = "WITH DISTINCT" if distinct else "WITH"
    conditions, clauses = [], ""
    if computed:
        aliases = [f"{texts[index]} AS {name}" for index, name in computed.items()]
        clauses += f" WITH {variables.carried(*carried, *aliases)}{where([condition])}"
    elif condition:
        conditions.append(condition)
    kept = variables.carried(*carried, *computed.values())
    order = ", ".join(term for key, name in zip(page.order, names, strict=True) for term in _terms(key, name))
    clauses += f" {word} {kept} ORDER BY {order} LIMIT {parameter(page.limit)}"
    return conditions, OrderedPage(clauses, tuple(names))


def _terms(key: OrderKey, name: str) -> list[str]:
    direction = " DESC" if key.descending else ""
    placed = f"{name} IS NULL DESC" if key.nulls_first else f"{name} IS NULL"
    return [*([placed] if key.operand.nullable else []), f"{name}{direction}"]
