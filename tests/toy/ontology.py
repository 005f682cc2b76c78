"""The toy ontology, resolved."""

from __future__ import annotations

from graph_api.ontology import resolve
from tests.toy import edges, kinds

TOY = resolve(
    title="world of films",
    summary="Films, their people, studios, places and awards.",
    root=kinds.Thing,
    source=kinds.Reference,
    languages=kinds.Language,
    nodes=(
        kinds.Thing,
        kinds.Contributor,
        kinds.Place,
        kinds.Film,
        kinds.Person,
        kinds.Studio,
        kinds.City,
        kinds.Land,
        kinds.Award,
        kinds.Reference,
    ),
    edges=(
        edges.LocatedIn,
        edges.ActedIn,
        edges.WorkedFor,
        edges.MadeBy,
        edges.Won,
        edges.ShownIn,
        edges.BornIn,
        edges.SeatedIn,
        edges.HandedOutIn,
        edges.RemakeOf,
    ),
)
