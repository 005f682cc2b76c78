"""JSON lines: an object a line (https://jsonlines.org), in UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson

from graph_api.errors import UnreadableFileError
from graph_api.imports.reading.encodings import encoding_of
from graph_api.imports.reading.sheets import CellFlaw, Counter, ReadLimits, Sheet, SheetRow, exceeded
from graph_api.imports.reading.values import number_text, truth_text
from graph_api.imports.values import LIST_SEPARATOR


def json_sheets(path: Path, limits: ReadLimits) -> Iterator[Sheet]:
    """The one sheet of a file; its headings are the names that any of its objects has.

    Raises ``UnreadableFileError`` naming the first line that is no object.
    """
    encoding_of(path, "utf-8")
    headings: dict[str, None] = {}
    for _, found in _objects(path):
        headings.update(dict.fromkeys(found))
        if len(headings) > limits.columns:
            raise exceeded("columns", "columns", len(headings), limits.columns)
    skipped = "" if headings else "it is empty"
    yield Sheet(path.stem, tuple(headings), _rows(path, Counter(limits)), skipped)


def _objects(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = cast(object, orjson.loads(line.removeprefix(b"\xef\xbb\xbf")))
            except orjson.JSONDecodeError as problem:
                raise UnreadableFileError(
                    f"Line {number} is no JSON: {problem.msg}.",
                    remedy="Write one object a line.",
                    line=number,
                ) from problem
            if not isinstance(found, dict):
                raise UnreadableFileError(
                    f"Line {number} is no object.", remedy="Write one object a line.", line=number
                )
            yield number, found


def _rows(path: Path, counter: Counter) -> Iterator[SheetRow]:
    for number, found in _objects(path):
        counter.count()
        cells: dict[str, str] = {}
        flaws: list[CellFlaw] = []
        for name, value in found.items():
            text = _text(value)
            if text is None:
                flaws.append(
                    CellFlaw(
                        name, str(value)[:200], "a text, a number, true, false or a list of texts is expected"
                    )
                )
            elif text.strip():
                cells[name] = text.strip()
                if len(text) > counter.limits.cell_characters:
                    limit = counter.limits.cell_characters
                    raise exceeded("cell_characters", "characters in a cell", len(text), limit)
        yield SheetRow(number, cells, tuple(flaws))


def _text(value: object) -> str | None:
    """The cell for a value; None for one that no cell holds."""
    match value:
        case None:
            return ""
        case bool():
            return truth_text(value)
        case int():
            return str(value)
        case float():
            return number_text(value)
        case str():
            return value
        case list():
            parts = [_text(each) for each in value if not isinstance(each, list)]
            texts = [part for part in parts if part is not None]
            return LIST_SEPARATOR.join(texts) if len(texts) == len(value) else None
        case _:
            return None
