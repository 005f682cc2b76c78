from __future__ import annotations

from dataclasses import replace

import pytest

from graph_api.ontology.model import Ontology
from graph_api.plan.sight import Visibility, visibility_of
from tests.toy.ontology import TOY

ROLES = ("PUBLIC", "STAFF", "CHIEF")


@pytest.fixture
def guarded() -> Ontology:
    """The toy ontology with roles, and awards that are always checked."""
    award = replace(TOY.node("Award"), rows_restricted=True)
    return replace(TOY, roles=ROLES, nodes={**TOY.nodes, "Award": award})


@pytest.mark.parametrize("role", ["PUBLIC", "STAFF"])
def test_kinds_are_checked_that_hold_restricted_nodes_or_always_are(guarded: Ontology, role: str) -> None:
    found = visibility_of(guarded, role, ["Film", "Ghost", "Thing"])

    assert found == Visibility(role, ROLES.index(role), frozenset({"Film", "Award"}))


def test_who_sees_everything_is_spared_the_check(guarded: Ontology) -> None:
    assert visibility_of(guarded, "CHIEF", ["Film"]).restricted == frozenset()


def test_without_roles_nothing_is_restricted() -> None:
    assert visibility_of(TOY, "", ["Film"]) == Visibility("")
