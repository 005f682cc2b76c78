"""Reviews of the implementation of the Convention, and their clusters."""

from __future__ import annotations

from graph_api.ontology import prop
from schema.kinds.entity import Entity


class CountryReview(Entity, plural="countryReviews"):
    """The review of one party's implementation by two others."""

    group: int | None = prop("The review group, where known.", default=None)
    step: str | None = prop("The step that the review has reached, where known.", default=None)


class ReviewCluster(Entity, plural="reviewClusters"):
    """Articles that are reviewed together. Clusters have no reliable order."""

    order_note: str | None = prop(
        "What sources say about the order.", default=None, filtered=False, ordered=False
    )
