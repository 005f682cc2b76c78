"""A domain of its own for the tests of imports: books, their authors and the shelves they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from pathlib import Path

from graph_api.imports import EdgeRecord, ImportFile, NodeRecord, NodeRef, Row, SetAside, Table
from graph_api.imports.records import Raw, Record
from graph_api.ontology import Edge, Hierarchy, Node, PartialDate, many, one, prop, resolve


class Tongue(Enum):
    DE = "German"
    FR = "French"


class Binding(Enum):
    CLOTH = "Cloth."
    PAPER = "Paper."


class Share(Enum):
    AUTHOR = "Wrote it."
    EDITOR = "Edited it."


class Item(Node, abstract=True):
    """Anything of the library."""

    key: str = prop("Key.", unique=True)
    name: str = prop("Name.", localized=True)


class Creator(Item, abstract=True):
    """Who makes books."""


class Book(Item, plural="books"):
    """A book."""

    pages: int | None = prop("Pages.", default=None)
    weight: float | None = prop("Kilograms.", default=None)
    lent: bool | None = prop("Whether it is lent.", default=None)
    bought: date | None = prop("When it was bought.", default=None)
    printed: PartialDate | None = prop("When it was printed.", default=None)
    binding: Binding | None = prop("Its binding.", default=None)
    tags: list[str] = prop("Its tags.")


class Person(Creator, plural="people"):
    """A person."""


class Press(Creator, plural="presses"):
    """A press."""


class Shelf(Item, plural="shelves"):
    """A shelf."""


class Paper(Item, plural="papers"):
    """What facts rest on."""


class MadeBy(
    Edge[Book, Creator], forward=many("creators", "Who made it."), backward=many("books", "What was made.")
):
    """Somebody made a book."""

    share: Share = prop("The share.")
    binding: Binding | None = prop("Of which binding.", default=None, tells_apart=True)


class StandsOn(
    Edge[Book, Shelf],
    forward=one("shelf", "Where it stands.", required=True),
    backward=many("books", "What stands on it."),
    dated=False,
):
    """A book stands on a shelf."""


class PartOfShelf(Hierarchy[Shelf, Shelf], up=many("wider", "Wider."), down=many("holds", "Narrower.")):
    """A shelf is a part of a wider one."""


library = resolve(
    title="Library",
    summary="Books.",
    root=Item,
    source=Paper,
    nodes=(Item, Creator, Book, Person, Press, Shelf, Paper),
    edges=(MadeBy, StandsOn, PartOfShelf),
    languages=Tongue,
)

FACTS: dict[str, Raw] = {"synthetic": False, "sources": ["CATALOGUE"]}


def convert(row: Row) -> Iterable[Record] | SetAside:
    """Books with the shelf that they stand on; journals are no books."""
    if row["title"].startswith("Journal"):
        return row.set_aside("title", "journals are no books")
    book = NodeRecord("Book", row["key"], {"name": row["title"], "pages": row["pages"], **FACTS})
    return (
        NodeRecord("Paper", "CATALOGUE", {"name": "Catalogue", "synthetic": False}, mention=True),
        NodeRecord("Shelf", row["shelf"], {"name": row["shelf"], **FACTS}, mention=True),
        book,
        EdgeRecord("StandsOn", book.ref, NodeRef("Shelf", row["shelf"]), FACTS),
    )


BOOKS = Table(convert, ("key", "title", "pages", "shelf"))
HEADER = "key,title,pages,shelf\n"


def books_file(directory: Path, text: str, table: Table = BOOKS, label: str = "books.csv") -> ImportFile:
    """A file with this text in the form of the books table."""
    path = directory / label
    path.write_text(text, encoding="utf-8", newline="")
    return ImportFile(label, path, table)
