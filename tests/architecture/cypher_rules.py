"""Forms of Cypher that one of the engines answers wrongly, slowly or not at all; no text may have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A form that is forbidden, why, and a text that has it."""

    pattern: re.Pattern[str]
    reason: str
    example: str


def _rule(pattern: str, reason: str, example: str) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), reason, example)


RULES = (
    _rule(
        r"(?<!UNION )\b(any|all|none|single)\s*\(",
        "inside a function or CASE the embedded engine replaces the whole expression, silently",
        "MATCH (n:A) WHERE any(x IN n.tags WHERE x = $p0) RETURN n",
    ),
    _rule(
        r"\$\w+\s+IS\s+(NOT\s+)?NULL",
        "an optional condition makes Neo4j scan the label: leave it out when compiling",
        "MATCH (n:A) WHERE $p0 IS NULL OR n.key = $p0 RETURN n",
    ),
    _rule(
        r"ORDER BY [^{}]*\b(toLower|toUpper|lower|upper|trim|replace)\s*\(",
        "computed texts are ordered by another rule than stored ones: store a normalized copy",
        "MATCH (n:A) RETURN n ORDER BY toLower(n.name)",
    ),
    _rule(
        r":\$",
        "a label or type from a parameter is ignored by the embedded engine",
        "MATCH ()-[r:$(t)]->() RETURN r",
    ),
    _rule(
        r"\bSET\s+\w+\s*=\s*(?!properties\b)\w+\b(?!\s*\()",
        "Cypher 25 refuses to copy a node as it is: SET b = properties(a)",
        "MATCH (a), (b) SET b = a",
    ),
    _rule(
        r"\bCALL\s*\{",
        "a subquery without a scope clause is deprecated: CALL (a) { ... }",
        "CALL { RETURN 1 AS x } RETURN x",
    ),
    _rule(r"//|/\*", "a comment makes a new text, and a new text is planned anew", "RETURN 1 // one"),
    _rule(r"\b(apoc|gds)\.", "procedures that only some servers have", "RETURN apoc.version()"),
    _rule(
        r"^\s*(CYPHER|USE|EXPLAIN|PROFILE)\b",
        "prefixes that the embedded engine does not know",
        "CYPHER 25 RETURN 1",
    ),
    _rule(
        r"\b(FULLTEXT|VECTOR|LOOKUP)\s+INDEX\b",
        "the embedded engine creates these another way",
        "CREATE VECTOR INDEX v FOR (n:A) ON (n.v)",
    ),
    _rule(
        r"\bSHORTEST\s+\d", "the embedded engine does not know it", "MATCH p = SHORTEST 1 (a)--+(b) RETURN p"
    ),
    _rule(
        r"shortestPath\s*\(.*\)\s*WHERE\b",
        "a condition after shortestPath drops paths on the embedded engine",
        "MATCH p = shortestPath((a)-[:T*..6]-(b)) WHERE length(p) > 1 RETURN p",
    ),
    _rule(
        r"\b(id|elementId)\s*\(",
        "the ids of an engine change when nodes do",
        "MATCH (n) WHERE id(n) = 1 RETURN n",
    ),
    _rule(r"\bNone\b", "a name that the compiler did not have", "MATCH (n:A) WHERE None.key = $p0 RETURN n"),
)
_LITERAL = re.compile(r"'[^']*'|\"([^\"]*)\"")
_SEPARATOR = ":"
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)


def broken_rules(text: str) -> Iterator[str]:
    """The reasons for which a text is forbidden."""
    for rule in RULES:
        if rule.pattern.search(text):
            yield f"{rule.reason}: {text[:300]}"


def literals(text: str) -> Iterator[str]:
    """Texts in quotes that are no names of the ontology: values belong into parameters.

    The separator of ``Kind:KEY`` is part of the compiler, like the names around it.
    """
    for found in _LITERAL.finditer(text):
        if found.group(1) is None or not (_NAME.fullmatch(found.group(1)) or found.group(1) == _SEPARATOR):
            yield found.group()
