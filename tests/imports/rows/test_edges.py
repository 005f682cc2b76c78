"""Rows of edge types: spells, hierarchies, and ends that are of several kinds."""

from __future__ import annotations

from pathlib import Path

from graph_api.engine.protocol import Store
from graph_api.imports.rows.outcomes import Mode, OutcomeKind, PropertyChange
from tests.imports.dump import dump_facts as dump
from tests.imports.rows.importing import outcomes, problems, run, short, with_shelves

MAKERS = "key,name\nP-1,Ada\n"


async def with_books(store: Store, directory: Path) -> None:
    await with_shelves(store, directory)
    await run(store, directory, "books.csv", "key,name,shelf\nB-1,One,S-1\nB-2,Two,S-1\n")
    await run(store, directory, "people.csv", MAKERS)


async def test_spells_are_created_changed_and_left(empty_store: Store, tmp_path: Path) -> None:
    await with_books(empty_store, tmp_path)
    text = "Book,target,share,since,until\nB-1,Person:P-1,author,2001,2003\nB-1,P-1,AUTHOR,2005-02,\n"
    assert (await run(empty_store, tmp_path, "creators.csv", text)).stored
    assert short(tmp_path) == [(2, "CREATE"), (3, "CREATE")]
    assert outcomes(tmp_path)[0].of == "MadeBy B-1|P-1|AUTHOR|2001"

    ended = "source,target,share,since,until\nB-1,Person:P-1,AUTHOR,2005-02,2006\n"
    await run(empty_store, tmp_path, "creators.csv", ended)
    assert outcomes(tmp_path)[0].changes == (PropertyChange("until", None, "2006"),)
    report = await run(empty_store, tmp_path, "creators.csv", ended)
    assert report.count(OutcomeKind.UNCHANGED) == 1
    _, edges = await dump(empty_store)
    assert len([key for key in edges if key[0] == "MADE_BY"]) == 2


async def test_a_spell_within_another_is_rejected(empty_store: Store, tmp_path: Path) -> None:
    await with_books(empty_store, tmp_path)
    await run(
        empty_store, tmp_path, "creators.csv", "source,target,share,since\nB-1,Person:P-1,AUTHOR,2001\n"
    )
    text = (
        "source,target,share,since,until\nB-1,Person:P-1,AUTHOR,2003,\nB-1,Person:P-1,AUTHOR,,\n"
        "B-1,Person:P-1,EDITOR,2003,\nB-1,Person:P-1,AUTHOR,1990,1995\nB-1,Person:P-1,AUTHOR,1992,1993\n"
    )
    await run(empty_store, tmp_path, "creators.csv", text, Mode.ROWS)

    reason = "it holds already, since 2001: one spell of MadeBy cannot begin within another"
    assert problems(tmp_path) == [
        (2, "since", reason, "state since 2001 to change that one"),
        (3, "since", reason, "state since 2001 to change that one"),
        (6, "since", reason.replace("2001", "1990 until 1995"), "state since 1990 to change that one"),
    ]
    assert [kind for _, kind in short(tmp_path)] == ["REJECTED", "REJECTED", "CREATE", "CREATE", "REJECTED"]


async def test_an_end_before_the_beginning_is_rejected(empty_store: Store, tmp_path: Path) -> None:
    await with_books(empty_store, tmp_path)
    text = "source,target,share,since,until\nB-1,Person:P-1,AUTHOR,2003,2001\n"
    await run(empty_store, tmp_path, "creators.csv", text)

    assert problems(tmp_path) == [(2, "until", "it ends before it begins (2003)", "")]


async def test_unknown_ends_name_what_may_have_been_meant(empty_store: Store, tmp_path: Path) -> None:
    await with_books(empty_store, tmp_path)
    text = "source,target,share\nB-9,Ida,AUTHOR\n,Person:P-1,AUTHOR\nB-1,Book:B-2,AUTHOR\n"
    await run(empty_store, tmp_path, "creators.csv", text)

    assert problems(tmp_path) == [
        (2, "source", "no Book has this key", ""),
        (2, "target", "no Person or Press has this key", ""),
        (3, "source", "a value is required", ""),
        (4, "target", "no Person or Press has this key", ""),
    ]


async def test_a_ring_is_rejected_in_the_row_that_closes_it(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "shelves.csv", "key,name\nS-3,Third\n")
    text = "source,target\nS-1,S-2\nS-2,S-3\nS-3,S-1\nS-1,S-1\n"
    await run(empty_store, tmp_path, "PartOfShelf.csv", text, Mode.ROWS)

    assert problems(tmp_path) == [
        (4, "target", "PartOfShelf would lead round", ""),
        (5, "target", "PartOfShelf would lead round", ""),
    ]


async def test_a_second_edge_of_a_relation_to_one_is_rejected(empty_store: Store, tmp_path: Path) -> None:
    await with_books(empty_store, tmp_path)
    await run(empty_store, tmp_path, "StandsOn.csv", "source,target\nB-1,S-2\nB-1,S-1\n", Mode.ROWS)

    assert problems(tmp_path) == [(2, "target", "Book B-1 already has another shelf", "it is S-1")]
    assert short(tmp_path) == [(2, "REJECTED"), (3, "UNCHANGED")]
