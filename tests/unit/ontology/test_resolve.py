from __future__ import annotations

from enum import Enum

import pytest

from graph_api.errors import InvalidOntologyError
from graph_api.ontology import Edge, Hierarchy, Node, derived, many, one, prop, resolve
from graph_api.ontology.model import Direction, ScalarType
from tests.toy.ontology import TOY


class Colour(Enum):
    """Colours."""

    RED = "Red."


class Root(Node, abstract=True):
    """Anything."""

    key: str = prop("Its key.", unique=True)


class Paper(Root, plural="papers"):
    """What facts rest on."""


class Twin(Root, plural="papers"):
    """Wants the plural of another kind."""

    cited: str = prop("Clashes with the backward field of an edge.")


class Silent(Root, plural="silents"):
    loud: str = prop("")


class Stranger(Node, plural="strangers"):
    """Does not implement the root, and has no key."""


class Ghost(Root, plural="ghosts"):
    """Is never declared."""


class Empty(Root, abstract=True):
    """Nothing implements it."""


class Cites(
    Edge[Paper, Twin], forward=many("cites", "What it cites."), backward=many("cited", "Who cites it.")
):
    """A paper cites a twin."""

    node: str = prop("Clashes with the field of every edge.")


class Haunts(Edge[Paper, Ghost], forward=many("haunts", "What it haunts.")):
    """An edge to a kind that is not declared."""


def test_all_clashes_are_reported_at_once() -> None:
    with pytest.raises(InvalidOntologyError) as caught:
        resolve(
            title="t",
            summary="s",
            root=Root,
            source=Paper,
            nodes=(Root, Paper, Twin, Silent, Stranger, Empty),
            edges=(Cites, Haunts),
        )

    message = str(caught.value)
    for clash in (
        "Haunts ends at Ghost, which is not declared",
        "nothing implements the abstract Empty",
        "Stranger does not implement Root",
        "Stranger needs exactly one unique property",
        "Twin has 2 fields called cited",
        "Cites cannot have a field called node",
        "2 kinds want the root field papers",
        "Silent has no docstring",
        "Silent.loud has no text",
    ):
        assert clash in message


def test_a_property_of_an_unknown_type_is_refused() -> None:
    class Odd(Root, plural="odds"):
        """Has a property that cannot be stored."""

        when: bytes = prop("Bytes.")

    with pytest.raises(InvalidOntologyError, match=r"Odd\.when has a type that cannot be stored"):
        resolve(title="t", summary="s", root=Root, source=Paper, nodes=(Root, Paper, Odd), edges=())


def test_an_edge_without_ends_is_refused() -> None:
    class Loose(Edge, forward=many("loose", "Loose ends.")):  # type: ignore[type-arg]  # that is the point
        """Says nothing about its ends."""

    with pytest.raises(InvalidOntologyError, match="Loose does not say which kinds it links"):
        resolve(title="t", summary="s", root=Root, source=Paper, nodes=(Root, Paper), edges=(Loose,))


def test_types_are_read_from_annotations() -> None:
    film = TOY.node("Film")
    types = {found.name: (found.type, found.required) for found in film.properties}

    assert types["name"] == (ScalarType.STRING, True)
    assert types["genre"] == (ScalarType.ENUM, False)
    assert types["released"] == (ScalarType.PARTIAL_DATE, False)
    assert types["premiere"] == (ScalarType.DATE, False)
    assert types["minutes"] == (ScalarType.INT, False)
    assert types["rating"] == (ScalarType.FLOAT, False)
    assert types["restored"] == (ScalarType.BOOLEAN, False)
    assert types["tags"] == (ScalarType.STRINGS, True)


def test_interfaces_know_what_implements_them() -> None:
    assert TOY.node("Contributor").concrete == ("Person", "Studio")
    assert TOY.node("Person").interfaces == ("Thing", "Contributor")
    assert TOY.node("Thing").abstract
    assert [kind.name for kind in TOY.kinds() if kind.abstract] == []


def test_relations_of_an_interface_belong_to_its_kinds() -> None:
    for name in ("Contributor", "Person", "Studio"):
        fields = {relation.end.field for relation in TOY.node(name).relations}
        assert {"works", "awards"} <= fields


def test_dated_edges_have_a_time() -> None:
    worked, acted = TOY.edges["WorkedFor"], TOY.edges["ActedIn"]

    assert [found.name for found in worked.properties if found.type is ScalarType.PARTIAL_DATE] == [
        "since",
        "until",
    ]
    assert "since" not in [found.name for found in acted.properties]


def test_a_hierarchy_goes_up_and_down_by_one_step_and_by_many() -> None:
    land, city = TOY.node("Land"), TOY.node("City")
    ways = {relation.end.field: (relation.direction, relation.transitive) for relation in land.relations}

    assert ways["lands"] == (Direction.FORWARD, False)
    assert ways["ancestors"] == (Direction.FORWARD, True)
    assert ways["places"] == (Direction.BACKWARD, False)
    assert ways["descendants"] == (Direction.BACKWARD, True)
    assert city.hierarchy == land.hierarchy == TOY.edges["LocatedIn"]
    assert "descendants" not in {relation.end.field for relation in city.relations}


def test_an_end_without_a_name_is_seen_from_one_side_only() -> None:
    assert "awards" not in {relation.end.field for relation in TOY.node("City").relations}
    assert "city" in {relation.end.field for relation in TOY.node("Award").relations}


def test_a_derived_property_reads_stored_ones() -> None:
    label = next(found for found in TOY.node("Film").derived if found.name == "label")

    assert [read.name for read in label.reads] == ["name", "released"]
    assert label.compute("Alba", "1968") == "Alba (1968)"
    assert label.required


def test_declarations_are_of_python_too() -> None:
    class Leaf(Root, plural="leaves"):
        """A leaf."""

        size: int = derived("Its size.", reads=("key",), compute=len)

    class Grows(Hierarchy[Leaf, Leaf], up=one("branch", "Its branch."), down=many("leaves", "Its leaves.")):
        """A leaf grows on a leaf."""

    made = resolve(
        title="t",
        summary="s",
        root=Root,
        source=Paper,
        nodes=(Root, Paper, Leaf),
        edges=(Grows,),
    )

    assert made.edges["Grows"].type == "GROWS"
    assert not made.edges["Grows"].dated
