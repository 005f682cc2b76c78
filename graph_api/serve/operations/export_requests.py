"""From an address to an export: what is asked for, read as a viewer.

An address and a command say the same: a target (``films``, ``questions/NAME`` or ``graph``), a format, and
parameters as texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

import orjson

from graph_api.changes.version import GraphVersion, read_version, version_of
from graph_api.errors import GraphError, InvalidArgumentError
from graph_api.exports.facts import GRAPHS, TABLES, Format, format_named
from graph_api.exports.graphs import GraphExport, GraphRequest, export_graph
from graph_api.exports.reading import Json, Reader, data_of
from graph_api.exports.tables import AnswerRequest, ListRequest, TableExport, export_answer, export_list
from graph_api.ontology import Ontology
from graph_api.ontology.model import NodeType
from graph_api.serve.execution.inside import within
from graph_api.serve.operations.answer import QUERIES, Asking, Operation, answer
from graph_api.serve.questions import Question, coerce_answers, question_named
from graph_api.serve.runtime import Runtime

GRAPH: Final = "graph"
QUESTIONS: Final = "questions/"
_OF_LISTS: Final = ("where", "orderBy", "asOf", "columns", "escape")
_OF_GRAPHS: Final = ("kinds", "where", "keys", "relations", "asOf")
_ESCAPE: Final = "escape"
Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class RuntimeReader(Reader):
    """Reads for a viewer as the API answers them."""

    runtime: Runtime
    asking: Asking

    @property
    def role(self) -> str:
        """The viewer's role."""
        return self.asking.viewer.role

    async def ask(self, document: str, variables: Json) -> Json:
        """The data of an answer; raises its first error."""
        return await self._answer(self.runtime, document, variables)

    async def ask_for_all(self, document: str, variables: Json) -> Json:
        """The data of an answer to a question of our own, without the limits of clients."""
        return await self._answer(within(self.runtime), document, variables)

    async def _answer(self, runtime: Runtime, document: str, variables: Json) -> Json:
        reply = await answer(runtime, Operation(document, None, variables), self.asking, QUERIES)
        payload = reply.payload
        return data_of(payload.get("data"), cast("list[object]", payload.get("errors") or []))

    async def version(self) -> GraphVersion | None:
        """The version of the graph now."""
        return version_of(await self.runtime.store.read(read_version()))


@dataclass(frozen=True, slots=True)
class Target:
    """What to export, in which format, with what; ``most`` bounds its rows."""

    name: str
    form: Format
    parameters: Parameters = field(default_factory=dict)
    most: int | None = None

    @property
    def escapes(self) -> bool:
        """Whether CSV keeps spreadsheets from running its texts."""
        return self.one(_ESCAPE) != "false"

    def one(self, name: str) -> str | None:
        """The last value of a parameter; nothing when it is not given, or empty."""
        values = self.parameters.get(name)
        return values[-1] or None if values else None

    def several(self, name: str) -> list[str]:
        """The values of a parameter, however they are separated."""
        return [part.strip() for text in self.parameters.get(name, ()) for part in text.split(",") if part]

    def json(self, name: str, kind: type) -> object:
        """A parameter as JSON of this kind; raises ``InvalidArgumentError``."""
        text = self.one(name)
        if text is None:
            return None
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError as problem:
            raise self._unreadable(name, f"is no JSON: {problem}", text) from None
        if not isinstance(value, kind):
            raise self._unreadable(name, "is JSON of another kind", text)
        return value

    def check_names(self, known: Sequence[str]) -> None:
        """Raise ``InvalidArgumentError`` for an unknown parameter: a typing error must not go unseen."""
        for name in self.parameters:
            if name not in known:
                raise InvalidArgumentError(
                    f"There is no parameter {name!r:.60} here.",
                    remedy=f"There are: {', '.join(known)}.",
                    argument=name[:60],
                )

    def _unreadable(self, name: str, reason: str, text: str) -> InvalidArgumentError:
        return InvalidArgumentError(
            f"The parameter {name} {reason}.",
            remedy="Write it as the API's input in JSON, percent-encoded in an address.",
            argument=name,
            value=text[:100],
        )


async def export(
    ontology: Ontology, questions: Mapping[str, Question], reader: Reader, target: Target
) -> TableExport | GraphExport:
    """Read what a target names.

    Raises ``UnknownQuestionError``, ``InvalidArgumentError`` for a list or parameters that there are not,
    and like ``export_list``.
    """
    if target.name.startswith(QUESTIONS):
        question = question_named(questions, target.name.removeprefix(QUESTIONS))
        return await export_answer(ontology, reader, _answer_request(question, target))
    if target.name == GRAPH:
        return await export_graph(ontology, reader, _graph_request(ontology, target))
    kind = kind_named(ontology, target.name)
    if target.form in (Format.GEXF, Format.GRAPHML):
        return await export_graph(ontology, reader, _graph_of_list(kind, target))
    target.check_names(_OF_LISTS)
    request = ListRequest(
        kind,
        cast("Json | None", target.json("where", dict)),
        cast("list[Json] | None", _order(target)),
        target.one("asOf"),
        target.several("columns") or None,
        target.most,
    )
    return await export_list(ontology, reader, request)


def kind_named(ontology: Ontology, name: str) -> NodeType:
    """The kind with this plural, or of this name; raises ``InvalidArgumentError``."""
    for kind in ontology.kinds():
        if name in (kind.plural, kind.name):
            return kind
    raise InvalidArgumentError(
        f"There is no list {name!r:.60}.",
        remedy=f"There are: {', '.join(kind.plural for kind in ontology.kinds())}.",
        argument="list",
        value=name[:60],
    )


def _order(target: Target) -> object:
    try:
        return target.json("orderBy", list)
    except GraphError:
        return [target.json("orderBy", dict)]


def _answer_request(question: Question, target: Target) -> AnswerRequest:
    format_named(target.form, TABLES)
    target.check_names([*(each.name for each in question.variables), _ESCAPE])
    return AnswerRequest(
        question.name, question.document, coerce_answers(question, target.parameters), target.most
    )


def _graph_request(ontology: Ontology, target: Target) -> GraphRequest:
    format_named(target.form, GRAPHS)
    target.check_names(_OF_GRAPHS)
    names = target.several("kinds")
    kinds = [kind_named(ontology, name) for name in names] if names else list(ontology.kinds())
    return GraphRequest(
        list(dict.fromkeys(kinds)),
        cast("Mapping[str, Json]", target.json("where", dict) or {}),
        target.several("keys"),
        target.several("relations") or None,
        target.one("asOf"),
        target.most,
    )


def _graph_of_list(kind: NodeType, target: Target) -> GraphRequest:
    target.check_names(("where", "asOf"))
    where = cast("Json | None", target.json("where", dict))
    return GraphRequest(
        [kind], {kind.plural: where} if where else {}, as_of=target.one("asOf"), most=target.most
    )
