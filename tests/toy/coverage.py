"""What is counted in the world of films: people by where they were born, and films by genre."""

from __future__ import annotations

from graph_api.coverage.declare import AxisOf, CountedKind, CoverageDeclaration
from tests.toy.kinds import City, Film, Land, Person, Studio

coverage = CoverageDeclaration(
    counted=(
        CountedKind(
            Person,
            (
                AxisOf("STUDIO", "The studios that they worked for.", "employments"),
                AxisOf("BIRTH_LAND", "The lands that they were born in.", "birthplace", lines=Land),
                AxisOf("FILM", "The films that they played in.", "roles"),
            ),
        ),
        CountedKind(
            Film,
            (
                AxisOf("GENRE", "The genre.", "genre"),
                AxisOf("LAND", "The lands that it plays in.", "settings", lines=Land),
                AxisOf("CITY", "The cities that it plays in.", "settings", lines=City),
                AxisOf("MAKER", "The studios that made it.", "makers", lines=Studio),
            ),
        ),
    )
)
