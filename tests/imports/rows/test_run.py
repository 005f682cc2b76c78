"""Importing spreadsheets: one outcome a row, the same in a dry run, all or nothing, and twice is once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.protocol import Store
from graph_api.errors import InvalidArgumentError, RejectedFileError, UnreadableFileError
from graph_api.imports.records import NodeRef, StoredNode
from graph_api.imports.rows.decision import PossibleDuplicate
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.outcomes import Mode, OutcomeKind, PropertyChange
from tests.imports.dump import dump_facts as dump
from tests.imports.rows.importing import outcomes, problems, run, short, with_shelves
from tests.imports.spreadsheets import write_xlsx

BOOKS = "key,name,pages,shelf\nB-1,One,10,S-1\nB-2,Two,,S-2\n"


async def version(store: Store) -> object:
    rows = await store.read(Statement("MATCH (v:GraphVersion) RETURN v.version"))
    return rows[0][0] if rows else None


async def test_a_dry_run_says_what_would_be_and_changes_nothing(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    before, number = await dump(empty_store), await version(empty_store)
    report = await run(empty_store, tmp_path, "books.csv", BOOKS, Mode.DRY_RUN)

    assert not report.stored
    assert report.count(OutcomeKind.CREATE) == 2
    assert await dump(empty_store) == before
    assert await version(empty_store) == number


async def test_the_real_run_has_the_same_outcomes(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "books.csv", BOOKS, Mode.DRY_RUN)
    promised = outcomes(tmp_path)
    report = await run(empty_store, tmp_path, "books.csv", BOOKS)

    assert report.stored
    assert outcomes(tmp_path) == promised
    nodes, edges = await dump(empty_store)
    assert nodes["Book", "B-1"] == {
        "key": "B-1", "name": "One", "name_folded": "one", "pages": 10, "tags": [], "synthetic": False,
        "sources": ["CATALOGUE"],
    }  # fmt: skip
    assert ("STANDS_ON", "Book B-2", "Shelf S-2", "B-2|S-2") in edges


async def test_twice_is_once(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "books.csv", BOOKS)
    once, number = await dump(empty_store), await version(empty_store)
    report = await run(empty_store, tmp_path, "books.csv", None)

    assert report.count(OutcomeKind.UNCHANGED) == report.rows == 2
    assert not report.changes_something
    assert await dump(empty_store) == once
    assert await version(empty_store) == number


async def test_changes_say_from_what_to_what(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "books.csv", BOOKS)
    await run(empty_store, tmp_path, "books.csv", "key,pages,shelf,tags\nB-1,12,S-2,a;b\nB-2,,,\n")
    changed, unchanged = outcomes(tmp_path)

    assert changed.kind is OutcomeKind.CHANGE
    assert changed.changes == (
        PropertyChange("pages", 10, 12),
        PropertyChange("tags", [], ["a", "b"]),
        PropertyChange("shelf", "S-1", "S-2"),
    )
    assert unchanged.kind is OutcomeKind.UNCHANGED
    nodes, edges = await dump(empty_store)
    assert isinstance(nodes["Book", "B-1"], dict)
    assert nodes["Book", "B-1"]["name"] == "One"
    assert [key for key in edges if key[1] == "Book B-1"] == [
        ("STANDS_ON", "Book B-1", "Shelf S-2", "B-1|S-2")
    ]


async def test_an_empty_cell_takes_away_only_when_asked(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "books.csv", BOOKS)
    emptied = "key,pages\nB-1,\n"

    assert (await run(empty_store, tmp_path, "books.csv", emptied)).count(OutcomeKind.UNCHANGED) == 1
    await run(empty_store, tmp_path, "books.csv", emptied, clears=True)
    assert outcomes(tmp_path)[0].changes == (PropertyChange("pages", 10, None),)


async def test_a_change_adds_the_source_that_it_rests_on(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "papers.csv", "key,name\nLETTER,A letter\n")
    await run(empty_store, tmp_path, "books.csv", BOOKS)
    letter = Defaults(source="LETTER")
    await run(empty_store, tmp_path, "books.csv", "key,pages\nB-1,11\nB-2,\n", defaults=letter)

    assert [each.changes for each in outcomes(tmp_path)] == [
        (PropertyChange("pages", 10, 11), PropertyChange("sources", ["CATALOGUE"], ["CATALOGUE", "LETTER"])),
        (),
    ]


async def test_a_rejected_row_takes_everything_back(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    before = await dump(empty_store)
    report = await run(empty_store, tmp_path, "books.csv", BOOKS + "B-3,Three,many,S-1\n")

    assert not report.stored
    assert short(tmp_path) == [(2, "CREATE"), (3, "CREATE"), (4, "REJECTED")]
    assert await dump(empty_store) == before
    with pytest.raises(RejectedFileError, match="1 of 3 rows are rejected, nothing is stored"):
        report.raise_if_not_stored()


async def test_row_by_row_the_good_ones_stay(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    report = await run(empty_store, tmp_path, "books.csv", BOOKS + "B-3,Three,many,S-1\n", Mode.ROWS)

    assert report.stored
    nodes, _ = await dump(empty_store)
    assert {key for kind, key in nodes if kind == "Book"} == {"B-1", "B-2"}


async def test_everything_that_is_wrong_is_said_with_its_place(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    text = (
        "key,Title,pages,lent,bought,printed,binding,shelf\n"
        "B-1,One,1 200,yes,15/06/2023,45092,leather,S-1\n"
        "B 2,Two,,,,,clth,S-9\n"
        "B-3,,,,2023,,,Upper shelf\n"
        "B-4,Four,,,,,,\n"
    )
    await run(empty_store, tmp_path, "books.csv", text, columns=["Title=name"])

    assert problems(tmp_path) == [
        (2, "pages", "a whole number is expected", "1200?"),
        (2, "lent", "true or false is expected", "true?"),
        (2, "bought", "'15/06/2023' is not a date. Write 2023, 2023-06 or 2023-06-15.", "2023-06-15?"),
        (2, "printed", "'45092' is not a date. Write 2023, 2023-06 or 2023-06-15.",
         "2023-06-15, if it is the number of a day? Format the cells as dates."),
        (2, "binding", "expected one of CLOTH, PAPER", ""),
        (3, "shelf", "no Shelf has this key", ""),
        (3, "key", "a key is up to 120 letters, digits, dots, hyphens and underscores", ""),
        (3, "binding", "expected one of CLOTH, PAPER", "CLOTH?"),
        (4, "shelf", "no Shelf has this key", "S-1 (Upper shelf)?"),
        (4, "Title", "a value is required", ""),
        (4, "bought", "the date has to name a day", ""),
        (5, "shelf", "a Book needs one", ""),
    ]  # fmt: skip


async def test_names_are_taken_for_keys_when_asked(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    report = await run(
        empty_store, tmp_path, "books.csv", "key,name,shelf\nB-1,One,etagere du HAUT\n", by_name=True
    )

    assert report.stored
    _, edges = await dump(empty_store)
    assert [key[2] for key in edges] == ["Shelf S-1"]


async def test_the_same_key_twice(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    text = BOOKS + "B-1,One,10,S-1\nB-2,Deux,,S-2\n"
    report = await run(empty_store, tmp_path, "books.csv", text)

    assert short(tmp_path)[2:] == [(4, "DUPLICATE"), (5, "REJECTED")]
    assert outcomes(tmp_path)[2].like == "row 2"
    assert problems(tmp_path) == [(5, "key", "row 3 says something else about the same", "")]
    assert not report.stored


async def test_a_node_that_may_be_there_already_is_held_back(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)

    async def alike(nodes: Sequence[StoredNode]) -> Mapping[NodeRef, PossibleDuplicate]:
        return {
            each.ref: PossibleDuplicate("B-0", "Zero", 0.93, "the same name")
            for each in nodes
            if each.ref.key == "B-1"
        }

    await run(empty_store, tmp_path, "books.csv", BOOKS, find_duplicates=alike)
    first = outcomes(tmp_path)[0]
    assert (first.kind, first.like) == (OutcomeKind.DUPLICATE, "B-0")
    assert first.problems[0].reason == "it may be B-0 (Zero), 93%: the same name"
    nodes, _ = await dump(empty_store)
    assert ("Book", "B-1") not in nodes
    await run(empty_store, tmp_path, "books.csv", None, find_duplicates=alike, takes_duplicates=True)
    assert short(tmp_path) == [(2, "CREATE"), (3, "UNCHANGED")]


async def test_a_row_may_name_what_a_later_one_creates(empty_store: Store, tmp_path: Path) -> None:
    sheets: dict[str, Sequence[Sequence[str]]] = {
        "books": [["key", "name", "shelf", "sources"], ["B-1", "One", "S-7", "LIST"]],
        "shelves": [
            ["key", "name", "wider", "sources"],
            ["S-7", "Seven", "S-8", "LIST"],
            ["S-8", "Eight", "", "LIST"],
        ],
        "papers": [["key", "name"], ["LIST", "A list"]],
    }
    write_xlsx(tmp_path / "all.xlsx", dict(sheets))
    report = await run(empty_store, tmp_path, "all.xlsx", None, defaults=Defaults())

    assert report.stored
    assert [each.counts for each in report.sheets] == [{"CREATE": 1}, {"CREATE": 2}, {"CREATE": 1}]


async def test_a_row_without_a_source_is_rejected(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "shelves.csv", "key,name\nS-3,Third\n", defaults=Defaults())

    assert problems(tmp_path) == [(2, "sources", "at least one source has to be named", "")]


async def test_a_source_that_does_not_exist_is_an_error_before_anything_is_read(
    empty_store: Store, tmp_path: Path
) -> None:
    with pytest.raises(InvalidArgumentError, match="No Paper has the key HEARSAY"):
        await run(empty_store, tmp_path, "shelves.csv", "key,name\nS-3,Third\n", defaults=Defaults("HEARSAY"))


async def test_keys_are_made_of_names_when_asked(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    text = "name,shelf\nÉté à Zürich!,S-1\n"
    await run(empty_store, tmp_path, "books.csv", text, key_prefix="B")
    assert [each.of for each in outcomes(tmp_path)] == ["Book B-ETE-A-ZURICH"]
    report = await run(empty_store, tmp_path, "books.csv", text, key_prefix="B")
    assert report.count(OutcomeKind.UNCHANGED) == 1


async def test_words_of_vocabularies_and_truths_may_be_spelled_otherwise(
    empty_store: Store, tmp_path: Path
) -> None:
    await with_shelves(empty_store, tmp_path)
    text = "key,name,binding,lent,shelf\nB-1,One,Cloth,TRUE,S-1\n"
    report = await run(empty_store, tmp_path, "books.csv", text)

    assert report.stored
    nodes, _ = await dump(empty_store)
    assert isinstance(nodes["Book", "B-1"], dict)
    assert (nodes["Book", "B-1"]["binding"], nodes["Book", "B-1"]["lent"]) == ("CLOTH", True)


async def test_unknown_columns_are_listed_or_refused(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    text = "key,name,shelf,colour\nB-1,One,S-1,red\n"
    report = await run(empty_store, tmp_path, "books.csv", text, Mode.DRY_RUN)
    assert report.sheets[0].ignored == ("colour",)
    with pytest.raises(InvalidArgumentError, match="columns that books do not have: colour"):
        await run(empty_store, tmp_path, "books.csv", None, strict=True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": ["Colour=name"]}, "No sheet has the heading 'Colour'"),
        ({"columns": ["name=title"]}, "books has no column 'title'"),
        ({"columns": ["name"]}, "maps nothing"),
        ({"target": "bokks"}, "Nothing that can be imported is called 'bokks'"),
        ({"columns": ["key="]}, "is the key of books"),
    ],
)
async def test_options_that_cannot_be_used_are_errors(
    empty_store: Store, tmp_path: Path, options: dict[str, object], words: str
) -> None:
    await with_shelves(empty_store, tmp_path)
    with pytest.raises(InvalidArgumentError, match=words):
        await run(empty_store, tmp_path, "books.csv", BOOKS, **options)  # type: ignore[arg-type]  # the tests' own


async def test_a_file_that_is_for_nothing_is_refused(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    with pytest.raises(UnreadableFileError, match="nothing tells what its rows are"):
        await run(empty_store, tmp_path, "list.csv", "a,b\n1,2\n")


async def test_remarks_of_a_template_are_no_rows(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    report = await run(
        empty_store, tmp_path, "books.csv", "key,name\n#help The key.,The name.\n#example B,x\n"
    )

    assert (report.rows, report.sheets[0].remarks) == (0, 2)


async def test_formulas_are_texts(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "books.csv", "key,name,shelf\nB-1,\"=cmd|' /C calc'!A0\",S-1\n")
    nodes, _ = await dump(empty_store)
    assert isinstance(nodes["Book", "B-1"], dict)
    assert nodes["Book", "B-1"]["name"] == "=cmd|' /C calc'!A0"


async def test_more_rows_than_a_batch_holds(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    seen: list[int] = []
    text = "key,name,shelf\n" + "".join(f"B-{number},Book {number},S-1\n" for number in range(1203))
    (tmp_path / "books.csv").write_text(text)
    report = await run(empty_store, tmp_path, "books.csv", None, progress=seen.append)

    assert report.count(OutcomeKind.CREATE) == 1203
    assert seen == sorted(seen)
    assert seen[-1] == 1203


async def test_a_node_that_the_role_may_not_see_is_neither_named_nor_changed(
    empty_store: Store, tmp_path: Path
) -> None:
    await with_shelves(empty_store, tmp_path)
    await run(empty_store, tmp_path, "books.csv", BOOKS)
    hide = "MATCH (n) WHERE n.key IN $keys SET n.restricted_level = 1"
    await empty_store.write([Statement(hide, {"keys": ["B-1", "S-1"]})])
    before = await dump(empty_store)
    await run(empty_store, tmp_path, "books.csv", "key,name,shelf\nB-1,Uno,S-2\nB-3,Three,S-1\n", Mode.ROWS)

    assert problems(tmp_path) == [
        (2, "key", "this key cannot be used", ""),
        (3, "shelf", "no Shelf has this key", ""),
    ]
    assert await dump(empty_store) == before


async def test_an_import_is_one_change_of_the_history(empty_store: Store, tmp_path: Path) -> None:
    await with_shelves(empty_store, tmp_path)
    report = await run(empty_store, tmp_path, "books.csv", BOOKS, actor="Ada", reason="The yearly list")
    changes = await empty_store.read(
        Statement("MATCH (c:Change) RETURN c.key, c.command, c.name, c.actor, c.reason ORDER BY c.key")
    )

    assert changes[-1] == [f"{changes[-1][0]}", "import", "books.csv imported", "Ada", "The yearly list"]
    assert report.change == await version(empty_store)
