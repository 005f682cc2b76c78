"""What a role is answered over HTTP: exports, reconciliation, duplicates, the history, search, matching ...

What differs between any two graphs is taken out of the texts: the graph's id, its times, and the times of
exports. Files of spreadsheets are unpacked, since packing them writes the time.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import httpx

from schema import ontology
from tests.visibility.asked_answers import questions
from tests.visibility.marked_graph import MARK

_PER_GRAPH = (
    # Ids of graphs, times to the second or finer, and digests of both.
    (re.compile(r"\b[0-9a-f]{32}\b"), "ID"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?"), "TIME"),
)
KEYS = ("k-1", "a.2", "row-researcher-1", "row-csu-1", "row-csu-2", "row-admin-1", "row-admin-2", "SECRET-1")
_WHOLE_SPREADSHEETS = ("organizations", "applications", "changes", "governmentCounterparts")
_CHANGES = """{ changes(first: 100, orderBy: [{ number: ASC }]) { totalCount edges { cursor node {
  key name number command actor role reason undoes undoneBy sources { key }
  entities { totalCount edges { before after relations node { __typename key name } } } } } } }"""
_OF_ENTITIES = """{ organizations { nodes { key changes { totalCount edges { before after relations
  node { key name reason } } } } } applications { nodes { key changes { totalCount nodes { key } } } }
  sources { nodes { key changes { totalCount nodes { key } } } } }"""
_PAIRS = """query ($kind: String, $key: String, $judged: Boolean!) {
  duplicates(kind: $kind, key: $key, threshold: 0.5, first: 200, judged: $judged) { totalCount
    pageInfo { endCursor hasNextPage } pairs { id score entities { __typename key name sources { key }
      ... on Organization { contactName applications { totalCount nodes { name } } identityJudgements {
        nodes { name } } changes { totalCount } } } reasons { kind contribution detail } } } }"""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: by POST when it has a form or a body."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    body: Mapping[str, object] | None = None

    def __str__(self) -> str:
        return f"{self.path} {dict(self.query)} {self.form or ''} {self.body or ''}"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to requests, by what was asked."""

    texts: Mapping[str, str]

    def differences(self, other: Answered) -> list[str]:
        """What was answered in other texts."""
        assert self.texts.keys() == other.texts.keys()
        return [
            f"{asked}\n  {text}\n  {other.texts[asked]}"
            for asked, text in self.texts.items()
            if text != other.texts[asked]
        ]

    @property
    def marked(self) -> list[str]:
        """What was answered with a mark that was not in the question."""
        return [asked for asked, text in self.texts.items() if MARK in text and MARK not in asked]

    @property
    def broken(self) -> list[str]:
        """What was answered by a defect."""
        return [f"{asked} {text}" for asked, text in self.texts.items() if text.startswith("5")]

    @property
    def with_content(self) -> int:
        """How many were answered with what they asked for."""
        return sum(text.startswith("200") for text in self.texts.values())


async def ask_all(client: httpx.AsyncClient, requests: list[Request], key: str | None) -> Answered:
    """The answers of a server to a viewer, who sends a key or none."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    texts: dict[str, str] = {}
    for request in requests:
        if request.form is None and request.body is None:
            answer = await client.get(request.path, params=request.query, headers=headers)
        else:
            answer = await client.post(request.path, data=request.form, json=request.body, headers=headers)
        texts[str(request)] = f"{answer.status_code} {_text(answer)}"
    return Answered(texts)


def _text(answer: httpx.Response) -> str:
    text = _unpacked(answer.content) if answer.content.startswith(b"PK") else answer.text
    for pattern, name in _PER_GRAPH:
        text = pattern.sub(name, text)
    return text


def _unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return "\n".join(f"{name}\n{found.read(name).decode()}" for name in sorted(found.namelist()))


def requests() -> list[Request]:
    """All of them, for graphs of the shipped ontology."""
    graphql = (*_graphql(), *_answers())
    return [*_lists(), *_refined_lists(), *_graphs(), *_questions(), *graphql, *_reconciliation()]


def _lists() -> Iterator[Request]:
    for kind in ontology.kinds():
        yield Request(f"/export/{kind.plural}.csv")
    for plural in _WHOLE_SPREADSHEETS:
        for form in ("xlsx", "jsonl", "gexf", "graphml"):
            yield Request(f"/export/{plural}.{form}")


def _refined_lists() -> Iterator[Request]:
    refined: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("organizations", {"columns": "name,contactName"}),
        ("organizations", {"columns": "applications.name,changes.name,identityJudgements.nameA"}),
        ("organizations", {"columns": "name,memberships.name,country.name,themes.name"}),
        ("organizations", {"where": '{"contactName": {"contains": "secret"}}'}),
        ("organizations", {"where": '{"applicationsCount": {"gte": 1}}'}),
        ("organizations", {"where": '{"changesCount": {"gte": 1}}', "columns": "name"}),
        ("organizations", {"orderBy": '[{"changesCount": "DESC"}]', "columns": "name"}),
        ("organizations", {"orderBy": '[{"contactName": "ASC"}]'}),
        ("organizations", {"asOf": "2024-01-01"}),
        ("regions", {"columns": "name,ancestors,descendants"}),
        ("countryReviews", {"columns": "focalPoints.name"}),
        ("applications", {"columns": "name,organization.name,event.name"}),
        ("changes", {"columns": "name,actor,reason,entities"}),
    )
    for plural, query in refined:
        yield Request(f"/export/{plural}.jsonl", query)


def _graphs() -> Iterator[Request]:
    for form in ("gexf", "graphml", "jsonl"):
        yield Request(f"/export/graph.{form}")
    part = {"kinds": "organizations,applications,changes,countryReviews,governmentCounterparts"}
    yield Request("/export/graph.jsonl", {**part, "relations": "AppliedBy,FocalPointFor,Changed"})
    yield Request("/export/graph.graphml", {"kinds": "organizations,applications", "keys": ",".join(KEYS)})
    where = '{"organizations": {"contactName": {"contains": "secret"}}}'
    yield Request("/export/graph.jsonl", {"kinds": "organizations", "where": where})


def _questions() -> Iterator[Request]:
    for name in ("review-focal-points", "network-offices", "attendance-claims", "trainings"):
        yield Request(f"/export/questions/{name}.csv")
    for key in KEYS:
        yield Request("/export/questions/organization-sources.jsonl", {"organization": key})


def _graphql() -> Iterator[Request]:
    for text in (_CHANGES, _OF_ENTITIES):
        yield Request("/graphql", body={"query": text})
    given: list[Mapping[str, object]] = [{"judged": False}, {"judged": True}, {"kind": "registerEntries"}]
    given += [{"key": key} for key in KEYS]
    for variables in given:
        yield Request("/graphql", body={"query": _PAIRS, "variables": {"judged": True, **variables}})


def _answers() -> Iterator[Request]:
    for text, variables in questions(KEYS):
        yield Request("/graphql", body={"query": text, "variables": variables})


def _reconciliation() -> Iterator[Request]:
    texts = ("secret", "SECRET 1 alpha", "row-csu-1", "Organization:row-admin-2", "alpha", "a", "é", "k-1")
    queries = {f"q{number}": {"query": text, "limit": 50} for number, text in enumerate(texts)}
    by_place = {"query": "a", "properties": [{"pid": "country", "v": "row-csu-1", "required": True}]}
    by_contact = {"query": "a", "properties": [{"pid": "contactName", "v": "secret", "required": True}]}
    for batch in (queries, {"place": by_place}, {"contact": by_contact}):
        yield Request("/reconcile", form={"queries": json.dumps(batch)})
    names = [{"matchType": "name", "propertyValue": text} for text in texts[:3]]
    yield Request("/reconcile/draft/match", body={"queries": [{"conditions": [each]} for each in names]})
    for what in ("entity", "property", "type"):
        for prefix in ("secret", "row", "a", "con", "app", ""):
            yield Request(f"/reconcile/suggest/{what}", {"prefix": prefix})
    yield Request("/reconcile/extend/propose", {"type": "Organization"})
    for kind in ("Organization", "RegisterEntry", "Application"):
        ids = [f"{kind}:{key}" for key in KEYS]
        for found in ids:
            yield Request("/reconcile/preview", {"id": found})
        for fields in _extended(kind):
            wanted = {"ids": ids, "properties": [{"id": name} for name in fields]}
            yield Request("/reconcile", form={"extend": json.dumps(wanted)})
            yield Request("/reconcile/draft/extend", body=wanted)


def _extended(kind: str) -> list[list[str]]:
    """The fields of a kind, those that all may see in one request and each other in one of its own."""
    declared = ontology.node(kind)
    open_fields = [each.field for each in declared.properties if each.visible_to is None]
    hidden = [each.field for each in declared.properties if each.visible_to is not None]
    relations = [each.end.field for each in declared.relations]
    open_fields = [each for each in open_fields if each != "sources"][:20]
    return [open_fields, *([each] for each in (*hidden, *relations))]
