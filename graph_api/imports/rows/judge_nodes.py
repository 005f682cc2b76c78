"""Rows of kinds: what each creates or changes, in the light of what is stored."""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.imports.records import (
    BrokenRowError,
    EdgeRecord,
    NodeRecord,
    NodeRef,
    Raw,
    RowPlace,
    StoredEdge,
)
from graph_api.imports.rows.decision import Decision, RemovedEdge, decided, differences, rejected
from graph_api.imports.rows.drafts import Draft
from graph_api.imports.rows.images import EdgeImage, Images, Properties, raw_of, texts_of
from graph_api.imports.rows.outcomes import PropertyChange, Shown
from graph_api.imports.validate import stored_edge, stored_node
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import NodeType, Relation

SYNTHETIC = "synthetic"
SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What rows that do not say it are taken to say: their source, and whether they are made up."""

    source: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class NodeJudge:
    """Decides about rows of kinds."""

    ontology: Ontology
    defaults: Defaults

    def decide(self, draft: Draft, images: Images) -> Decision:
        """The decision for a row whose ends are resolved."""
        kind = draft.target.kind
        if kind is None or not draft.key:
            return rejected(draft)
        ref, place = NodeRef(kind.name, draft.key), RowPlace(draft.sheet, draft.row)
        before = images.nodes.get(ref)
        if ref in images.hidden:
            draft.wrong("key", draft.key, "this key cannot be used")
            return rejected(draft)
        given = self.given(draft, before, kind)
        try:
            node = stored_node(self.ontology, NodeRecord(kind.name, draft.key, given), place)
        except BrokenRowError as problem:
            return rejected(draft, problem.errors)
        names = declared_names(self.ontology, kind)
        changes = differences(names, before or {}, node.properties)
        edges, removed, more = self._relations(draft, ref, images, given)
        if draft.problems:
            return rejected(draft)
        if before is not None and (changes or more) and self._adds_source(draft, before):
            with_source = {**given, SOURCES: [*texts_of(before.get(SOURCES)), self.defaults.source]}
            node = stored_node(self.ontology, NodeRecord(kind.name, draft.key, with_source), place)
            changes = differences(names, before, node.properties)
        return decided(
            draft,
            str(ref),
            [*changes, *more],
            (node,),
            tuple(edges),
            created=before is None,
            removed=tuple(removed),
        )

    def given(self, draft: Draft, before: Properties | None, kind: NodeType) -> dict[str, Raw]:
        """All that holds of a node once the row is stored: what it was, and what the row states."""
        names = declared_names(self.ontology, kind)
        known = {name: raw_of(before[name]) for name in names if before and before.get(name) is not None}
        stated: dict[str, Raw] = {**draft.values, **stated_sources(draft)}
        if before is None:
            return {SYNTHETIC: self.defaults.synthetic, **self._own_source(), **stated}
        return {**known, **stated}

    def _own_source(self) -> dict[str, Raw]:
        return {SOURCES: [self.defaults.source]} if self.defaults.source else {}

    def _adds_source(self, draft: Draft, before: Properties) -> bool:
        mine = self.defaults.source
        return bool(mine) and SOURCES not in draft.ends and mine not in texts_of(before.get(SOURCES))

    def _relations(
        self, draft: Draft, ref: NodeRef, images: Images, given: dict[str, Raw]
    ) -> tuple[list[StoredEdge], list[RemovedEdge], list[PropertyChange]]:
        """The edges that the row's columns of relations add and take away."""
        edges: list[StoredEdge] = []
        removed: list[RemovedEdge] = []
        changes: list[PropertyChange] = []
        shared: dict[str, Raw] = {name: given.get(name) for name in (SYNTHETIC, SOURCES)}
        for column in draft.target.columns:
            if column.relation is None:
                continue
            there = images.edges.get((column.relation.edge.name, ref), [])
            wanted = draft.resolved.get(column.name, ())
            if not wanted:
                if column.required and not there and column.name not in draft.ends:
                    draft.wrong(column.name, None, f"a {ref.kind} needs one")
                continue
            added = [each for each in wanted if all(each != found.other for found in there)]
            given_up = _given_up(column.relation, there, wanted)
            if any(each.other in images.hidden for each in given_up):
                # What gives way to another would be lost without anybody having seen it.
                draft.wrong(column.name, None, f"a {ref.kind} can have only one")
                continue
            edges += self._edges(draft, column.relation, ref, added, shared)
            name = column.relation.edge.name
            removed += [RemovedEdge(name, each.key, ref, each.other) for each in given_up]
            if added or given_up:
                shown = [each for each in there if each.other not in images.hidden]
                changes.append(_edge_change(column.name, shown, given_up, added))
        return edges, removed, changes

    def _edges(
        self, draft: Draft, relation: Relation, ref: NodeRef, added: list[NodeRef], shared: dict[str, Raw]
    ) -> list[StoredEdge]:
        place = RowPlace(draft.sheet, draft.row)
        column = next(each.name for each in draft.target.columns if each.relation is relation)
        if relation.end.cardinality is not Cardinality.MANY and len(added) > 1:
            draft.wrong(column, None, f"a {ref.kind} can have only one")
            return []
        try:
            return [
                stored_edge(self.ontology, EdgeRecord(relation.edge.name, ref, each, shared), place)
                for each in added
            ]
        except BrokenRowError as problem:
            for error in problem.errors:
                draft.wrong(column, error.value, error.reason)
            return []


def stated_sources(draft: Draft) -> dict[str, Raw]:
    """The sources that a row names, where it names some."""
    return {SOURCES: list(draft.ends[SOURCES])} if draft.ends.get(SOURCES) else {}


def declared_names(ontology: Ontology, kind: NodeType) -> list[str]:
    """The names of the properties of a kind as they are declared, in each language, without the key."""
    names: list[str] = []
    for prop in kind.properties:
        if not prop.unique:
            names.append(prop.name)
            if prop.localized and ontology.languages is not None:
                names += [prop.in_language(each.name) for each in ontology.languages]
    return names


def _given_up(relation: Relation, there: list[EdgeImage], wanted: tuple[NodeRef, ...]) -> list[EdgeImage]:
    """Of a relation to one node, the edge to another than the one that is wanted."""
    if relation.end.cardinality is Cardinality.MANY:
        return []
    return [each for each in there if each.other not in wanted]


def _edge_change(
    column: str, there: list[EdgeImage], given_up: list[EdgeImage], added: list[NodeRef]
) -> PropertyChange:
    kept = [each.other.key for each in there if each not in given_up]
    return PropertyChange(
        column, _keys([each.other.key for each in there]), _keys([*kept, *(a.key for a in added)])
    )


def _keys(keys: list[str]) -> Shown:
    return (keys[0] if len(keys) == 1 else keys) if keys else None
