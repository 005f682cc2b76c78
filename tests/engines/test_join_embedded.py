"""A second client of the embedded engine that another program runs."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from graph_api.cypher.dialect import EMBEDDED
from graph_api.cypher.statement import Statement
from graph_api.engine.embedded import EmbeddedStore, join_embedded
from graph_api.engine.embedded_directory import DataDirectory, published
from graph_api.errors import DataDirectoryInUseError
from tests.engines.test_embedded_supervisor import COUNT_NOTES, held_engine

ADD_NOTE = Statement("CREATE (:Note {text: $text})", {"text": "a guest's"})


async def test_a_guest_reads_and_writes_and_leaves_the_engine_on(tmp_path: Path) -> None:
    host = await EmbeddedStore.start(tmp_path)
    try:
        guest = await join_embedded(tmp_path)
        assert guest.dialect is EMBEDDED
        await guest.write([ADD_NOTE])
        assert await host.read(COUNT_NOTES) == [[1]]
        await host.write([ADD_NOTE])
        assert await guest.read(COUNT_NOTES) == [[2]]
        await guest.close()

        assert await host.read(COUNT_NOTES) == [[2]]
    finally:
        await host.close()

    assert published(tmp_path) is None


async def test_a_guest_of_another_process(tmp_path: Path) -> None:
    with held_engine(tmp_path):
        guest = await join_embedded(tmp_path)
        await guest.write([ADD_NOTE])

        assert await guest.read(COUNT_NOTES) == [[1]]
        await guest.close()


async def test_only_the_owner_of_the_directory_can_read_how_to_join(tmp_path: Path) -> None:
    host = await EmbeddedStore.start(tmp_path)
    try:
        for name in ("engine-address", "password"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        assert "127.0.0.1" in (tmp_path / "engine-address").read_text()
    finally:
        await host.close()


async def test_nobody_runs_an_engine(tmp_path: Path) -> None:
    with pytest.raises(DataDirectoryInUseError):
        await join_embedded(tmp_path)


async def test_an_engine_that_was_killed_left_an_address_where_nothing_answers(tmp_path: Path) -> None:
    (tmp_path / "engine-address").write_text("bolt://127.0.0.1:1")
    (tmp_path / "password").write_text("secret")

    with pytest.raises(DataDirectoryInUseError):
        await join_embedded(tmp_path)

    # and the next one takes it away before its own engine answers
    directory = await DataDirectory.claim(tmp_path)
    assert published(tmp_path) is None
    directory.release()
