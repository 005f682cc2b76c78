"""Predicates and operands as Cypher expressions."""

from __future__ import annotations

from graph_api.cypher.names import Scope, Variables, identifier, kind_name, labels, parameter
from graph_api.cypher.patterns import bare_step, step, validity
from graph_api.ontology.model import RESTRICTED_LEVEL
from graph_api.plan.order import holds_days
from graph_api.plan.tree import (
    After,
    And,
    Compare,
    Computed,
    Counted,
    Holder,
    InSet,
    IsNull,
    KindName,
    Length,
    Not,
    OfKind,
    Operand,
    Operator,
    Or,
    OrderKey,
    Parameter,
    Predicate,
    Quantified,
    Quantifier,
    Related,
    Seen,
    Stored,
    Traverse,
)


def operand(found: Operand, scope: Scope, variables: Variables) -> str:
    """The value of an operand, as an expression."""
    match found:
        case Stored():
            holder = scope.node if found.holder is Holder.NODE else scope.edge
            return f"{holder}.{identifier(found.name)}"
        case Length():
            return f"size({operand(found.stored, scope, variables)})"
        case Counted():
            return _counted(found, scope, variables)
        case KindName():
            return kind_name(scope.node, found.kinds)
        case Computed():
            return f"{parameter(found.values)}[{scope.node}.key]"
        case Related():
            pattern, end = step(found.traverse, scope, variables)
            where = _where(reached(found.traverse, end, variables))
            value = operand(found.operand, end, variables)
            return f"head(COLLECT {{ MATCH {pattern}{where} RETURN {value} LIMIT 1 }})"


def reached(traverse: Traverse, end: Scope, variables: Variables) -> list[str]:
    """The conditions on a step beside its pattern: the edge holds, the nodes may be seen."""
    visible = permitted(traverse.visible, end, variables)
    passed = [along(traverse.through, end.path, variables)] if traverse.through and end.path else []
    return [*validity(traverse, end), *visible, *passed]


def permitted(visible: Predicate | None, scope: Scope, variables: Variables) -> list[str]:
    """The condition that a node may be seen, as a list of none or one."""
    condition = predicate(visible, scope, variables) if visible is not None else ""
    return [condition] if condition else []


def along(found: Predicate, path: str, variables: Variables) -> str:
    """That a predicate holds for every node of a path."""
    node = variables.new("x")
    condition = predicate(found, Scope(node), variables)
    return f"size([{node} IN nodes({path}) WHERE NOT coalesce({condition}, false)]) = 0"


def shown(found: Operand, expression: str) -> str:
    """The expression as it stands in a row: days as texts, so that no driver's type comes back."""
    return f"toString({expression})" if holds_days(found) else expression


def _counted(found: Counted, scope: Scope, variables: Variables) -> str:
    if found.traverse.valid_on is None and found.traverse.visible is None:
        return f"COUNT {{ {bare_step(found.traverse, scope)} }}"
    pattern, end = step(found.traverse, scope, variables)
    return f"COUNT {{ MATCH {pattern}{_where(reached(found.traverse, end, variables))} }}"


def predicate(found: Predicate, scope: Scope, variables: Variables) -> str:
    """A predicate as an expression; empty when it always holds."""
    match found:
        case And():
            return _joined(" AND ", found.parts, scope, variables)
        case Or():
            return _joined(" OR ", found.parts, scope, variables) if found.parts else "false"
        case Not():
            inner = predicate(found.part, scope, variables)
            return f"NOT coalesce({inner}, false)" if inner else "false"
        case Compare():
            return _compare(found, operand(found.operand, scope, variables))
        case IsNull():
            return f"{operand(found.operand, scope, variables)} IS NULL"
        case InSet():
            return f"{scope.node} IN {set_name(found.index)}"
        case Seen():
            return f"coalesce({scope.node}.{RESTRICTED_LEVEL}, 0) <= {parameter(found.level)}"
        case OfKind():
            condition = predicate(found.predicate, scope, variables)
            test = f"{scope.node}:{labels(found.kind)}"
            return f"{test} AND ({condition})" if condition else test
        case Quantified():
            return _quantified(found, scope, variables)
        case After():
            expressions = [operand(key.operand, scope, variables) for key in found.keys]
            return after(found, expressions)


def set_name(index: int) -> str:
    """The variable of a set that was resolved at the start of the statement."""
    return f"s{index}"


def _joined(word: str, parts: tuple[Predicate, ...], scope: Scope, variables: Variables) -> str:
    texts = [predicate(part, scope, variables) for part in parts]
    if word == " OR " and "" in texts:
        return ""
    given = [text for text in texts if text]
    return given[0] if len(given) == 1 else word.join(f"({text})" for text in given)


def _compare(found: Compare, left: str) -> str:
    right = parameter(found.parameter)
    if found.operator is Operator.HAS:
        return f"{right} IN {left}"
    return f"{left} {found.operator.value} {right}"


def _quantified(found: Quantified, scope: Scope, variables: Variables) -> str:
    pattern, end = step(found.traverse, scope, variables)
    holds = reached(found.traverse, end, variables)
    condition = predicate(found.predicate, end, variables)
    conditions = [*holds, *([condition] if condition else [])]
    match found.quantifier:
        case Quantifier.SOME:
            return f"EXISTS {{ MATCH {pattern}{_where(conditions)} }}"
        case Quantifier.NONE:
            return f"NOT EXISTS {{ MATCH {pattern}{_where(conditions)} }}"
        case Quantifier.EVERY:
            if not condition:
                return "true"
            failing = [*holds, f"NOT coalesce({condition}, false)"]
            return f"NOT EXISTS {{ MATCH {pattern}{_where(failing)} }}"
        case Quantifier.SINGLE:
            distinct = f"MATCH {pattern}{_where(conditions)} RETURN DISTINCT {end.edge or end.node}"
            return f"size(COLLECT {{ {distinct} }}) = 1"


def _where(conditions: list[str]) -> str:
    given = [f"({text})" if len(conditions) > 1 else text for text in conditions if text]
    return f" WHERE {' AND '.join(given)}" if given else ""


def where(conditions: list[str]) -> str:
    """`` WHERE a AND b``, or nothing for no conditions."""
    return _where([text for text in conditions if text])


def after(found: After, expressions: list[str]) -> str:
    """Whether a row comes after the cursor's row: equal in the first keys, later in the next one.

    Where nulls come last, only a null can follow a null, and a null follows every value; where they
    come first, every value follows a null.

    A key that is never null is compared as ``k >= $v AND (k <> $v OR ...)``: the range lets the index
    of the order begin at the cursor, and an inequality beside it keeps Neo4j 5 from splitting the
    alternative into two seeks, which would lose the order and read the whole rest of the list.
    """
    condition = ""
    steps = zip(found.keys, found.values, expressions, strict=True)
    for key, value, text in reversed(list(steps)):
        condition = _after_key(key, value, text, condition)
    return condition or "false"


def _after_key(key: OrderKey, value: Parameter | None, text: str, rest: str) -> str:
    """The condition of one key; ``rest`` is that of the keys after it, empty when nothing can follow."""
    later = _later(key, value, text)
    if value is not None and not rest:
        return later
    if value is not None and (key.nulls_first or not key.operand.nullable):
        bound = f"{text} {'<=' if key.descending else '>='} {parameter(value)}"
        return f"{bound} AND ({text} <> {parameter(value)} OR ({rest}))"
    equal = f"{text} IS NULL" if value is None else f"{text} = {parameter(value)}"
    alternatives = [f"({later})" if later else "", f"({equal} AND ({rest}))" if rest else ""]
    return " OR ".join(text for text in alternatives if text)


def _later(key: OrderKey, value: Parameter | None, text: str) -> str:
    if value is None:
        return f"{text} IS NOT NULL" if key.nulls_first else ""
    comparison = f"{text} {'<' if key.descending else '>'} {parameter(value)}"
    open_end = key.operand.nullable and not key.nulls_first
    return f"{comparison} OR {text} IS NULL" if open_end else comparison
