"""Rows of edge types: what each creates or changes, in the light of what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from graph_api.imports.mapping.targets import ENDS
from graph_api.imports.records import BrokenRowError, EdgeRecord, NodeRef, Raw, RowPlace, StoredEdge
from graph_api.imports.rows.decision import Decision, decided, differences, rejected
from graph_api.imports.rows.drafts import Draft
from graph_api.imports.rows.images import EdgeImage, Images, Properties, raw_of, texts_of
from graph_api.imports.rows.judge_nodes import SOURCES, SYNTHETIC, Defaults, stated_sources
from graph_api.imports.validate import stored_edge
from graph_api.ontology import Ontology
from graph_api.ontology.declare import Cardinality
from graph_api.ontology.model import EdgeType, ScalarType

_SINCE, _UNTIL = "since", "until"


@dataclass(slots=True)
class Hierarchies:
    """Which nodes are within which, of the hierarchies that an import adds to."""

    wider: dict[str, dict[NodeRef, set[NodeRef]]] = field(default_factory=dict)

    def leads_round(self, edge: str, narrower: NodeRef, wider: NodeRef) -> bool:
        """Whether the wider node is within the narrower one already."""
        known = self.wider.get(edge, {})
        seen: set[NodeRef] = set()
        sought = [wider]
        while sought:
            node = sought.pop()
            if node == narrower:
                return True
            if node not in seen:
                seen.add(node)
                sought += known.get(node, ())
        return False

    def add(self, edge: str, narrower: NodeRef, wider: NodeRef) -> None:
        """Remember that a node is within another."""
        self.wider.setdefault(edge, {}).setdefault(narrower, set()).add(wider)


@dataclass(slots=True)
class EdgeJudge:
    """Decides about rows of edge types. ``new`` are the edges of earlier rows of the same batch."""

    ontology: Ontology
    defaults: Defaults
    hierarchies: Hierarchies
    new: dict[tuple[str, NodeRef], list[StoredEdge]] = field(default_factory=lambda: defaultdict(list))

    def decide(self, draft: Draft, images: Images) -> Decision:
        """The decision for a row whose ends are resolved."""
        edge = draft.target.edge
        if edge is None or not all(draft.resolved.get(name) for name in ENDS):
            return rejected(draft)
        (source,), (target,) = draft.resolved["source"], draft.resolved["target"]
        draft.key = f"{source.key} -> {target.key}"
        there = _same(edge, draft, images.between(edge.name, source, target))
        before = there.properties if there is not None else None
        record = EdgeRecord(edge.name, source, target, self._given(draft, edge, before))
        try:
            found = stored_edge(self.ontology, record, RowPlace(draft.sheet, draft.row))
        except BrokenRowError as problem:
            return rejected(draft, problem.errors)
        if before is None:
            self._check_new(draft, edge, found, images)
        if draft.problems:
            return rejected(draft)
        names = [each.name for each in edge.properties if not each.unique]
        changes = differences(names, before or {}, found.properties)
        if before is not None and changes and self._adds_source(draft, before):
            sources = [*texts_of(before.get(SOURCES)), self.defaults.source]
            record = EdgeRecord(edge.name, source, target, {**record.properties, SOURCES: sources})
            found = stored_edge(self.ontology, record, RowPlace(draft.sheet, draft.row))
            changes = differences(names, before, found.properties)
        of = f"{edge.name} {found.key}"
        return decided(draft, of, changes, (), (found,), created=before is None)

    def take(self, edges: Iterable[StoredEdge]) -> None:
        """Remember the edges of a row that will be stored."""
        for each in edges:
            self.new[each.edge, each.source].append(each)
            if self.ontology.edges[each.edge].hierarchical:
                self.hierarchies.add(each.edge, each.source, each.target)

    def _given(self, draft: Draft, edge: EdgeType, before: Properties | None) -> dict[str, Raw]:
        stated: dict[str, Raw] = {**draft.values, **stated_sources(draft)}
        if before is None:
            own: dict[str, Raw] = {SOURCES: [self.defaults.source]} if self.defaults.source else {}
            return {SYNTHETIC: self.defaults.synthetic, **own, **stated}
        known = {
            each.name: raw_of(before[each.name])
            for each in edge.properties
            if not each.unique and before.get(each.name) is not None
        }
        return {**known, **stated}

    def _adds_source(self, draft: Draft, before: Properties) -> bool:
        mine = self.defaults.source
        return bool(mine) and SOURCES not in draft.ends and mine not in texts_of(before.get(SOURCES))

    def _check_new(self, draft: Draft, edge: EdgeType, found: StoredEdge, images: Images) -> None:
        """It may not be a second one where there is one only, a spell within another, or a ring."""
        stored = images.edges.get((edge.name, found.source), [])
        if edge.forward.cardinality is not Cardinality.MANY:
            others = [each.other for each in stored]
            others += [each.target for each in self.new[edge.name, found.source]]
            if others:
                reason = f"{found.source} already has another {edge.forward.field}"
                shown = "" if others[0] in images.hidden else f"it is {others[0].key}"
                draft.wrong("target", found.target.key, reason, shown)
        if edge.dated:
            self._check_spells(draft, edge, found, images)
        if edge.hierarchical and self.hierarchies.leads_round(edge.name, found.source, found.target):
            draft.wrong("target", found.target.key, f"{edge.name} would lead round")

    def _check_spells(self, draft: Draft, edge: EdgeType, found: StoredEdge, images: Images) -> None:
        telling = _telling(edge)
        spells = [each.properties for each in images.between(edge.name, found.source, found.target)]
        spells += [
            each.properties for each in self.new[edge.name, found.source] if each.target == found.target
        ]
        for each in spells:
            alike = all(each.get(name) == found.properties.get(name) for name in telling)
            if alike and _overlap(edge, each, found.properties):
                since, until = each.get(_SINCE), each.get(_UNTIL)
                held = f"since {since}" if since else "since a day that is not known"
                held += f" until {until}" if until else ""
                draft.wrong(
                    _SINCE, found.properties.get(_SINCE),
                    f"it holds already, {held}: one spell of {edge.name} cannot begin within another",
                    f"state {_SINCE} {since} to change that one" if since else "",
                )  # fmt: skip
                return


def _telling(edge: EdgeType) -> list[str]:
    return [each.name for each in edge.properties if each.required and each.type is ScalarType.ENUM]


def _same(edge: EdgeType, draft: Draft, there: list[EdgeImage]) -> EdgeImage | None:
    """The stored edge that a row is about: alike in its required vocabularies and its beginning."""
    telling = _telling(edge) + ([_SINCE] if edge.dated else [])
    for each in there:
        if all((each.properties.get(name) or None) == (draft.values.get(name) or None) for name in telling):
            return each
    return None


def _overlap(edge: EdgeType, one: Properties, other: Properties) -> bool:
    """Whether two spells overlap for certain, however imprecise their dates are."""
    since, until = edge.property_named(_SINCE), edge.property_named(_UNTIL)

    def begin(spell: Properties) -> date:
        found = spell.get(since.last_day)
        return found if isinstance(found, date) else date.min

    def end(spell: Properties) -> date:
        found = spell.get(until.first_day)
        return found if isinstance(found, date) else date.max

    return begin(one) < end(other) and begin(other) < end(one)
