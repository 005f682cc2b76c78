"""Cypher as people read it. White space is all that changes: squeezed again, it is what was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"[^"]*"|\s+|\$?\w+|[^\w\s]')
_CLAUSES = {"MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "ORDER", "LIMIT", "CALL", "UNION"}
_SUBQUERY = {"COLLECT", "COUNT", "EXISTS"}
_STEP = "  "


def squeezed(text: str) -> str:
    """The text with single spaces, and none beside brackets and commas."""
    single = " ".join(text.split())
    return re.sub(r" ?([][(){},]) ?", r"\1", single)


def pretty(text: str) -> str:
    """The text with each clause on a line of its own, and subqueries indented."""
    return _Printer().printed(text)


@dataclass(slots=True)
class _Printer:
    lines: list[str] = field(default_factory=lambda: [""])
    open: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """The words of the current bracket, to tell a subquery from a map."""

    def printed(self, text: str) -> str:
        for token in _TOKEN.findall(text):
            self._take(token)
        return "\n".join(line.rstrip() for line in self.lines if line.strip()) + "\n"

    def _take(self, token: str) -> None:
        last = self.words[-1] if self.words else ""
        if token.isspace():
            self._write(" ")
        elif token in "{[(":
            subquery = token == "{" and (last in _SUBQUERY or last == "CALL()")
            self._write(token)
            self.open.append("subquery" if subquery else token)
            if subquery:
                self._break()
            if token == "(" and last == "CALL":
                self.words.append("CALL(")
        elif token in "}])":
            if self.open.pop() == "subquery":
                self._break()
            self._write(token)
            if "CALL(" in self.words and token == ")":
                self.words.append("CALL()")
        else:
            if token in _CLAUSES and self._at_clause(last):
                self._break()
            self._write(token)
            self.words.append(token)

    def _at_clause(self, last: str) -> bool:
        inside = self.open[-1] if self.open else "subquery"
        return inside == "subquery" and last not in ("STARTS", "UNION")

    def _break(self) -> None:
        self.lines.append("")

    def _write(self, text: str) -> None:
        if not self.lines[-1]:
            if text.isspace():
                return
            self.lines[-1] = _STEP * self.open.count("subquery")
        self.lines[-1] += text
