"""Loading: a file as a whole or not at all, twice the same as once, on every engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store
from graph_api.errors import RejectedFileError
from graph_api.imports import FileReport, FileStatus, ImportFile, count_graph, load
from graph_api.imports.canonical import edge_table, node_table
from tests.imports.dump import dump
from tests.imports.library_domain import BOOKS, HEADER, books_file, library

TWO_BOOKS = HEADER + "B-1,One,10,S-1\nB-2,Two,,S-1\n"
FACTS = "synthetic,sources"
PAPERS = "key,name,synthetic\nCATALOGUE,Catalogue,false\n"


def canonical(directory: Path, of: str, text: str) -> ImportFile:
    table = node_table(library, of) if of in library.nodes else edge_table(library, of)
    return books_file(directory, text, table, f"{of}.csv")


async def load_one(store: Store, file: ImportFile, *, reload: bool = False) -> FileReport:
    (report,) = (await load(store, library, [file], reload=reload)).files
    return report


async def names(store: Store, kind: str) -> list[object]:
    return [row[0] for row in await store.read(Statement(f"MATCH (n:{kind}) RETURN n.name ORDER BY n.key"))]


async def test_rows_become_nodes_and_edges(empty_store: Store, tmp_path: Path) -> None:
    report = await load_one(empty_store, books_file(tmp_path, TWO_BOOKS))
    assert (report.status, report.rows, report.loaded, report.nodes, report.edges) == ("loaded", 2, 2, 4, 2)
    nodes, edges = await dump(empty_store)
    assert nodes["Book", "B-1"] == {
        "key": "B-1", "name": "One", "name_folded": "one", "pages": 10, "tags": [], "synthetic": False,
        "sources": ["CATALOGUE"],
    }  # fmt: skip
    assert edges["STANDS_ON", "Book B-2", "Shelf S-1", "B-2|S-1"] == {
        "key": "B-2|S-1", "synthetic": False, "sources": ["CATALOGUE"],
    }  # fmt: skip
    counted = await count_graph(empty_store, library)
    assert dict(counted.nodes) == {"Book": 2, "Person": 0, "Press": 0, "Shelf": 1, "Paper": 1}
    assert dict(counted.edges) == {"MadeBy": 0, "StandsOn": 2, "PartOfShelf": 0}
    assert (counted.node_total, counted.edge_total) == (4, 2)


async def test_loading_twice_is_loading_once(empty_store: Store, tmp_path: Path) -> None:
    file = books_file(tmp_path, TWO_BOOKS)
    await load_one(empty_store, file)
    once = await dump(empty_store)
    assert (await load_one(empty_store, file, reload=True)).status is FileStatus.LOADED
    assert await dump(empty_store) == once


async def test_an_unchanged_file_is_not_read_again(
    empty_store: Store, tmp_path: Path, statements: list[Statement]
) -> None:
    file = books_file(tmp_path, TWO_BOOKS + "J-1,Journal of Shelves,5,S-1\n")
    first = await load_one(empty_store, file)
    statements.clear()
    again = await load_one(empty_store, file)
    assert len(statements) == 1
    assert again == replace(first, status=FileStatus.UNCHANGED)
    assert [str(found) for found in again.set_aside] == [
        "books.csv:4, title: set aside: journals are no books (value: 'Journal of Shelves')"
    ]


@pytest.mark.parametrize("change", ["content", "version", "looked up"])
async def test_a_changed_file_is_loaded_again(empty_store: Store, tmp_path: Path, change: str) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a")
    file = replace(books_file(tmp_path, TWO_BOOKS), rests_on=(other,))
    await load_one(empty_store, file)
    if change == "content":
        file.path.write_text(TWO_BOOKS.replace("One", "Uno"))
    elif change == "version":
        file = replace(file, table=replace(BOOKS, version="2"))
    else:
        other.write_text("b")
    assert (await load_one(empty_store, file)).status is FileStatus.LOADED
    assert await names(empty_store, "Book") == ["Uno" if change == "content" else "One", "Two"]


async def test_what_a_new_version_no_longer_says_is_gone(empty_store: Store, tmp_path: Path) -> None:
    await load_one(empty_store, books_file(tmp_path, TWO_BOOKS))
    await load_one(empty_store, books_file(tmp_path, TWO_BOOKS.replace("10", "")))
    nodes, _ = await dump(empty_store)
    book = nodes["Book", "B-1"]
    assert isinstance(book, dict)
    assert "pages" not in book


async def test_a_mention_leaves_a_described_node_as_it_is(empty_store: Store, tmp_path: Path) -> None:
    await load_one(
        empty_store, canonical(tmp_path, "Paper", PAPERS.replace("Catalogue", "The whole catalogue"))
    )
    await load_one(empty_store, books_file(tmp_path, TWO_BOOKS))
    assert await names(empty_store, "Paper") == ["The whole catalogue"]


async def test_a_broken_row_leaves_nothing_of_its_file(empty_store: Store, tmp_path: Path) -> None:
    good = books_file(tmp_path, HEADER + "B-9,Nine,1,S-9\n", label="good.csv")
    bad = books_file(tmp_path, TWO_BOOKS + "B-3,Three,many,S-1\nJ-1,Journal,1,S-1\n")
    report = await load(empty_store, library, [bad, good])
    assert await names(empty_store, "Book") == ["Nine"]
    rejected = report.files[0]
    assert rejected.status is FileStatus.REJECTED
    assert (rejected.rows, rejected.loaded, rejected.rejected_rows, rejected.held_back) == (4, 0, 1, 2)
    assert len(rejected.set_aside) == 1
    assert list(report.lines()) == [
        "books.csv:5, title: set aside: journals are no books (value: 'Journal')",
        "books.csv:4, pages: a whole number is expected (value: 'many')",
    ]
    with pytest.raises(RejectedFileError) as refused:
        report.raise_if_rejected()
    assert refused.value.place == {"file": "books.csv", "line": 4, "column": "pages", "value": "many"}


async def test_a_file_that_cannot_be_read_is_rejected(empty_store: Store, tmp_path: Path) -> None:
    report = await load_one(empty_store, ImportFile("missing.csv", tmp_path / "missing.csv", BOOKS))
    assert report.status is FileStatus.REJECTED
    assert [str(error) for error in report.rejected] == [
        "missing.csv:0: it cannot be read: No such file or directory"
    ]


async def test_an_end_that_does_not_exist_rejects_the_file(empty_store: Store, tmp_path: Path) -> None:
    shelves = f"key,name,wider,{FACTS}\nS-1,One,,false,CATALOGUE\nS-2,Two,S-1 ; S-7,false,CATALOGUE\n"
    await load_one(empty_store, canonical(tmp_path, "Paper", PAPERS))
    before = await dump(empty_store)
    report = await load_one(empty_store, canonical(tmp_path, "Shelf", shelves))
    assert [str(error) for error in report.rejected] == [
        "Shelf.csv:3, target: PartOfShelf needs the Shelf S-7, which does not exist (value: 'S-7')"
    ]
    assert await dump(empty_store) == before


async def test_a_source_that_does_not_exist_rejects_the_file(empty_store: Store, tmp_path: Path) -> None:
    shelves = f"key,name,{FACTS}\nS-1,One,false,HEARSAY\n"
    report = await load_one(empty_store, canonical(tmp_path, "Shelf", shelves))
    assert [str(error) for error in report.rejected] == [
        "Shelf.csv:2, sources: the source does not exist (value: 'HEARSAY')"
    ]
    assert await dump(empty_store) == ({}, {})


async def test_a_hierarchy_that_leads_round_rejects_the_file(empty_store: Store, tmp_path: Path) -> None:
    shelves = f"key,name,wider,{FACTS}\n" + "".join(
        f"S-{number},{number},S-{number % 3 + 1},false,CATALOGUE\n" for number in (1, 2, 3)
    )
    await load_one(empty_store, canonical(tmp_path, "Paper", PAPERS))
    report = await load_one(empty_store, canonical(tmp_path, "Shelf", shelves))
    (error,) = report.rejected
    assert error.reason.startswith("PartOfShelf leads round: Shelf S-")
    assert await names(empty_store, "Shelf") == []


async def test_a_hierarchy_that_leads_round_names_only_what_was_written(
    empty_store: Store, tmp_path: Path
) -> None:
    rows = ("S-3,3,,false,CATALOGUE", "S-2,2,S-3,false,CATALOGUE", "S-1,1,S-2,false,CATALOGUE")
    shelves = "\n".join((f"key,name,wider,{FACTS}", *rows, ""))
    await load_one(empty_store, canonical(tmp_path, "Paper", PAPERS))
    await load_one(empty_store, canonical(tmp_path, "Shelf", shelves))

    report = await load_one(
        empty_store, canonical(tmp_path, "Shelf", f"key,name,wider,{FACTS}\nS-3,3,S-1,false,CATALOGUE\n")
    )

    (error,) = report.rejected
    named = set(error.reason.removeprefix("PartOfShelf leads round: ").split(" -> "))
    assert named == {"Shelf S-1", "Shelf S-3", "..."}
    assert error.value == "S-1"


async def test_a_second_edge_of_a_to_one_relation_rejects_the_file(
    empty_store: Store, tmp_path: Path
) -> None:
    await load_one(empty_store, books_file(tmp_path, TWO_BOOKS))
    before = await dump(empty_store)
    moved = await load_one(empty_store, books_file(tmp_path, HEADER + "B-1,One,10,S-2\n", label="moved.csv"))
    assert [str(error) for error in moved.rejected] == [
        "moved.csv:2, shelf: the Book already has another shelf (value: 'B-1')"
    ]
    assert await dump(empty_store) == before


async def test_a_required_relation_has_to_be_there(empty_store: Store, tmp_path: Path) -> None:
    books = f"key,name,shelf,{FACTS}\nB-1,One,,false,CATALOGUE\nB-2,Two,S-1 ; S-2,false,CATALOGUE\n"
    report = await load_one(empty_store, canonical(tmp_path, "Book", books))
    assert [(error.place.line, error.reason) for error in report.rejected] == [
        (3, "a Book can have only one shelf"),
        (3, "a Book can have only one shelf"),
        (2, "a Book needs one shelf"),
    ]


async def test_two_rows_may_not_say_different_things_of_one_key(empty_store: Store, tmp_path: Path) -> None:
    report = await load_one(empty_store, books_file(tmp_path, TWO_BOOKS + "B-1,Uno,10,S-1\n"))
    assert [str(error) for error in report.rejected] == [
        "books.csv:4, key: line 2 says something else about the same Book (value: 'B-1')"
    ]


async def test_more_rows_than_a_batch_holds(empty_store: Store, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    text = HEADER + "".join(f"B-{number},Book {number},1,S-1\n" for number in range(1203))
    file = books_file(tmp_path, text)
    await load(empty_store, library, [file], lambda *told: seen.append(told))
    assert (await count_graph(empty_store, library)).edges["StandsOn"] == 1203
    assert seen[-1] == ("books.csv", 2408, 2408)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


async def test_hostile_texts_are_values(empty_store: Store, tmp_path: Path) -> None:
    title = "'}) DETACH DELETE n //`\\u0027 $rows 🙂"
    await load_one(empty_store, books_file(tmp_path, f'{HEADER}B-1,"{title}",1,S-1\n'))
    assert await names(empty_store, "Book") == [title]


async def test_texts_stay_the_same_for_a_kind(
    empty_store: Store, tmp_path: Path, statements: list[Statement]
) -> None:
    await load_one(empty_store, books_file(tmp_path, HEADER + "B-1,One,1,S-1\n"))
    first = {statement.text for statement in statements}
    statements.clear()
    await load_one(empty_store, books_file(tmp_path, HEADER + "B-2,Two,2,S-2\nB-3,Three,3,S-3\n"))
    assert {statement.text for statement in statements} <= first
