"""What sheets are for and what their headings mean: guessed from every spelling that a name has."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.errors import InvalidArgumentError
from graph_api.imports.mapping import choose_target, map_columns, overrides, target_named, targets_of
from graph_api.imports.reading import Sheet
from schema import ontology
from tests.imports.library_domain import library

TARGETS = targets_of(library)
BOOK = target_named(TARGETS, "books")


def sheet(name: str, *headings: str, target: str = "") -> Sheet:
    return Sheet(name, headings, iter(()), target=target)


@pytest.mark.parametrize(
    ("heading", "column", "how"),
    [
        ("pages", "pages", "exact"),
        ("Pages", "pages", "same name"),
        (" PAGES ", "pages", "same name"),
        ("name (fr)", "name_fr", "same name"),
        ("Name French", "name_fr", "same name"),
        ("nameFr", "name_fr", "same name"),
        ("bindng", "binding", "close"),
    ],
)
def test_a_heading_means_the_column_that_it_spells(heading: str, column: str, how: str) -> None:
    (match,) = map_columns(BOOK, [heading], {}).matches

    assert (match.column, match.how) == (column, how)
    assert (match.score == 100.0) == (how != "close")


@pytest.mark.parametrize("heading", ["Colour", "", "!!!", "price in euros"])
def test_a_heading_that_means_nothing_is_ignored(heading: str) -> None:
    assert map_columns(BOOK, [heading], {}).ignored == (heading,)


def test_of_two_headings_for_a_column_the_nearer_one_is_taken() -> None:
    mapping = map_columns(BOOK, ["pagess", "pages"], {})

    assert [match.heading for match in mapping.matches] == ["pages"]
    assert mapping.ignored == ("pagess",)


def test_what_is_given_is_taken_before_what_is_guessed() -> None:
    mapping = map_columns(BOOK, ["name", "Full title", "pages"], overrides(["Full title=name", "pages="]))

    assert [(each.heading, each.column, str(each.how)) for each in mapping.matches] == [
        ("Full title", "name", "given")
    ]
    assert mapping.ignored == ("name", "pages")


def test_a_column_that_does_not_exist_is_an_error_with_the_nearest() -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        map_columns(BOOK, ["Title"], {"Title": "nme"})
    assert refused.value.remedy.startswith("Did you mean name?")


@pytest.mark.parametrize("text", ["books", "Book", "BOOKS", "MadeBy", "made_by", "creators", "made by"])
def test_a_target_has_all_its_names(text: str) -> None:
    assert target_named(TARGETS, text).name in ("Book", "MadeBy")


def test_an_unknown_target_is_an_error_with_the_nearest() -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        target_named(TARGETS, "shelfs")
    assert refused.value.remedy.startswith("Did you mean shelves?")


@pytest.mark.parametrize(
    ("found", "file", "said", "target", "by"),
    [
        (sheet("Tabelle1", "a"), "f", "books", "Book", "as said"),
        (sheet("Tabelle1", "a", target="Shelf"), "f", "", "Shelf", "by the format"),
        (sheet("Shelves", "name", "pages"), "books", "", "Shelf", "by the name of the sheet"),
        (sheet("Tabelle1", "a"), "Books", "", "Book", "by the name of the file"),
        (sheet("books", "a"), "books", "", "Book", "by the name of the file"),
        (sheet("Tabelle1", "Name", "Pages", "Binding"), "f", "", "Book", "by the headings"),
        (sheet("Tabelle1", "source", "target", "share"), "f", "", "MadeBy", "by the headings"),
    ],
)
def test_what_a_sheet_is_for_is_guessed_and_said(
    found: Sheet, file: str, said: str, target: str, by: str
) -> None:
    chosen = choose_target(TARGETS, found, file, said)

    assert chosen is not None
    assert (chosen.target.name, str(chosen.by)) == (target, by)


@pytest.mark.parametrize("headings", [("name",), ("a", "b"), (), ("name", "x", "y", "z", "pages")])
def test_headings_that_do_not_tell_are_not_made_to(headings: tuple[str, ...]) -> None:
    assert choose_target(TARGETS, sheet("Tabelle1", *headings), "f", "") is None


def test_a_role_imports_only_what_it_sees() -> None:
    everything, public = targets_of(ontology), targets_of(ontology, ontology.public)
    described = target_named(everything, "organizations")

    assert described.column("contact_email") is not None
    assert target_named(public, "organizations").column("contact_email") is None
    assert {each.name for each in everything} - {each.name for each in public}


def test_every_canonical_table_of_the_seeds_is_mapped_exactly() -> None:
    targets = targets_of(ontology)
    for path in (Path(__file__).parents[3] / "seeds" / "demo").glob("*.csv"):
        headings = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
        chosen = choose_target(targets, sheet(path.stem, *headings), path.stem, "")
        if chosen is not None:
            assert map_columns(chosen.target, headings, {}).ignored == ()
