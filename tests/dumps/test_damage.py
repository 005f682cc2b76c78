"""Dumps that were cut or altered, and databases that they must not go into."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from random import Random

import pytest

from graph_api.cypher.statement import Statement
from graph_api.dumps import files, load
from graph_api.dumps.files import check_dump
from graph_api.dumps.lines import Trailer, encoded
from graph_api.dumps.load import check_whole, load_dump
from graph_api.dumps.statements import MARK
from graph_api.engine.bolt import BoltStore
from graph_api.errors import DatabaseNotEmptyError, UnfinishedLoadError, UnusableDumpError
from tests.dumps.graphs import count, dumped, emptied, fill_randomly, silent
from tests.imports.library_domain import library
from tests.toy.ontology import TOY

DUMP = "dump"


@pytest.fixture(scope="module")
async def whole(store: BoltStore, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a dump."""
    await emptied(store)
    await fill_randomly(store, Random(5), nodes=12, edges=12)
    path = tmp_path_factory.mktemp("whole") / DUMP
    await dumped(store, path)
    return path.read_bytes()


def sealed(lines: list[bytes]) -> bytes:
    """Lines with a trailer that belongs to them."""
    body = b"".join(lines)
    return body + encoded(Trailer(len(lines), hashlib.sha256(body).hexdigest()))


async def test_a_cut_dump_is_refused(store: BoltStore, whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / DUMP
    await emptied(store)
    ends = {0, 1, len(whole) - 1, *range(0, len(whole), 97), whole.rindex(b'{"lines"')}
    for end in sorted(ends):
        path.write_bytes(whole[:end])
        with pytest.raises(UnusableDumpError):
            await load_dump(store, TOY, path, silent)
    assert await count(store) == 0


async def test_an_altered_dump_is_refused(store: BoltStore, whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / DUMP
    await emptied(store)
    for place in range(0, len(whole), 41):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(UnusableDumpError):
            await load_dump(store, TOY, path, silent)
    assert await count(store) == 0


def test_a_damaged_compressed_dump_is_refused(whole: bytes, tmp_path: Path) -> None:
    packed = gzip.compress(whole)
    path = tmp_path / DUMP
    for damaged in (packed[:-9], packed[:100], packed[:50] + b"\0\0\0" + packed[53:], packed + b"more"):
        path.write_bytes(damaged)
        with pytest.raises(UnusableDumpError):
            check_dump(path)
    path.write_bytes(packed)
    assert check_dump(path).header.nodes["GraphVersion"] == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda lines: lines[1:], "begins with its header"),
        (lambda lines: [lines[0], *lines], "begins with its header"),
        (lambda lines: lines[:-1], "header says"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "order"),
        (lambda lines: [lines[0], lines[1], *lines[1:]], "order"),
        (lambda lines: [lines[0], lines[-1], *lines[1:-1]], "order"),
        (lambda lines: [*lines, b"\xff\xfe\n"], "no JSON"),
    ],
)  # fmt: skip
def test_a_dump_of_other_lines_is_refused_though_its_checksum_is_right(
    whole: bytes, tmp_path: Path, change: object, reason: str
) -> None:
    assert callable(change)
    path = tmp_path / DUMP
    path.write_bytes(sealed(change(whole.splitlines(keepends=True)[:-1])))

    with pytest.raises(UnusableDumpError, match=reason):
        check_dump(path)


def test_what_comes_after_the_end_is_refused(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / DUMP
    path.write_bytes(whole + b"\n")

    with pytest.raises(UnusableDumpError, match="after its end"):
        check_dump(path)


def test_an_endless_line_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_LINE", 1000)
    path = tmp_path / DUMP
    path.write_bytes(gzip.compress(b"{" * 1_000_000))

    with pytest.raises(UnusableDumpError, match="has no end"):
        check_dump(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableDumpError, match="No such file"):
        check_dump(tmp_path / DUMP)


async def test_a_dump_of_another_ontology_is_refused_unless_it_is_allowed(
    store: BoltStore, whole: bytes, tmp_path: Path
) -> None:
    path = tmp_path / DUMP
    path.write_bytes(whole)
    await emptied(store)

    with pytest.raises(UnusableDumpError, match="another ontology"):
        await load_dump(store, library, path, silent)
    assert await count(store) == 0

    await load_dump(store, library, path, silent, any_ontology=True)
    assert await count(store) == 13


async def test_a_database_that_is_not_empty_is_left_as_it_is(
    store: BoltStore, whole: bytes, tmp_path: Path
) -> None:
    path = tmp_path / DUMP
    path.write_bytes(whole)
    await emptied(store)
    await store.write([Statement("CREATE (n:Other {key: 'mine'})")])

    with pytest.raises(DatabaseNotEmptyError):
        await load_dump(store, TOY, path, silent)
    assert await count(store) == 1

    await load_dump(store, TOY, path, silent, replace=True)
    await dumped(store, tmp_path / "after")
    assert (tmp_path / "after").read_bytes() == whole


async def test_a_load_that_was_ended_is_seen_and_begun_anew(
    store: BoltStore, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a load that ends after two batches
    path = tmp_path / DUMP
    path.write_bytes(whole)
    await emptied(store)
    monkeypatch.setattr(load, "BATCH", 5)

    def tire(label: str, done: int, total: int) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load_dump(store, TOY, path, tire)

    # then the part is not taken for a graph
    assert await count(store) == 1 + 10
    with pytest.raises(UnfinishedLoadError, match="dump into this database was not finished"):
        await check_whole(store)

    # and loading again needs no permission and leaves nothing of it
    await load_dump(store, TOY, path, silent)
    await check_whole(store)
    await dumped(store, tmp_path / "after")
    assert (tmp_path / "after").read_bytes() == whole


async def test_edges_to_nowhere_leave_a_mark(store: BoltStore, whole: bytes, tmp_path: Path) -> None:
    # given a dump whose edge leads to a node that it does not hold, with a right checksum
    path = tmp_path / DUMP
    lines = whole.splitlines(keepends=True)[:-1]
    last = lines[-1].replace(b'"to":["Odd","N-', b'"to":["Odd","P-')
    last = last.replace(b'"to":["Reference","N-', b'"to":["Reference","P-')
    path.write_bytes(sealed([*lines[:-1], last]))
    await emptied(store)

    with pytest.raises(UnusableDumpError, match="ends it does not hold"):
        await load_dump(store, TOY, path, silent)

    assert (await store.read(Statement(f"MATCH (m:{MARK}) RETURN count(m)")))[0][0] == 1
    with pytest.raises(UnfinishedLoadError):
        await check_whole(store)
