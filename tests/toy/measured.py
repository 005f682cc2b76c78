"""The network of the world of films: people, studios and films; who worked for a studio is of its group."""

from __future__ import annotations

from graph_api.metrics.declare import MeasuredDeclaration
from tests.toy.edges import ActedIn, MadeBy, WorkedFor
from tests.toy.kinds import Film, Person, Studio

measured = MeasuredDeclaration(
    field="filmMetrics",
    type_name="FilmMetrics",
    kinds=(Film, Person, Studio),
    edges=(ActedIn, WorkedFor, MadeBy),
    groups=WorkedFor,
    listed=(Person,),
)
