"""A short text that is the same for two ontologies exactly when they store the same things."""

from __future__ import annotations

import hashlib
import json

from graph_api.ontology.model import EdgeType, NodeType, Ontology, Property


def ontology_digest(ontology: Ontology) -> str:
    """The SHA-256 of everything that decides what is stored: kinds, edges, properties, vocabularies.

    Descriptions and who may see what are no part of it.
    """
    stored = {
        "languages": [each.name for each in ontology.languages or ()],
        "kinds": {kind.name: _kind(kind) for kind in ontology.nodes.values()},
        "edges": {edge.type: _edge(edge) for edge in ontology.edges.values()},
    }
    return hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()


def _kind(kind: NodeType) -> dict[str, object]:
    return {
        "concrete": sorted(kind.concrete),
        "properties": {found.name: _property(found) for found in kind.properties},
    }


def _edge(edge: EdgeType) -> dict[str, object]:
    return {
        "ends": [edge.source, edge.target],
        "cardinality": edge.forward.cardinality.value,
        "dated": edge.dated,
        "hierarchical": edge.hierarchical,
        "properties": {found.name: _property(found) for found in edge.properties},
    }


def _property(found: Property) -> list[object]:
    members = [] if found.enum is None else [member.name for member in found.enum]
    return [found.type.value, found.required, found.unique, found.localized, found.folded, members]
