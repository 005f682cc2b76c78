"""The files that are made from the ontology, and their checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.api_types.bare import without_descriptions
from tests.programs import ROOT, net4u


@pytest.mark.parametrize("name", ["schema", "ontology"])
def test_the_committed_file_is_fresh(name: str) -> None:
    checked = net4u(name, "--check")

    assert (checked.code, checked.out) == (0, "")
    assert "is fresh" in checked.err


def test_a_file_is_written(tmp_path: Path) -> None:
    written = net4u("ontology", "--file", tmp_path / "new" / "file")

    assert (written.code, written.out) == (0, "")
    assert "is written" in written.err
    assert (tmp_path / "new" / "file").read_text().startswith("# ")


def test_a_file_that_is_stale_fails_its_check_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("type Query { nothing: Int }\n")

    checked = net4u("schema", "--check", "--file", tmp_path / "file")

    assert (checked.code, checked.out) == (1, "")
    assert checked.error.startswith("STALE_FILE: ")
    assert (tmp_path / "file").read_text() == "type Query { nothing: Int }\n"


def test_a_release_is_written_without_descriptions(tmp_path: Path) -> None:
    written = net4u("schema", "--release", "--file", tmp_path / "released")

    assert (written.code, written.out) == (0, "")
    described = (ROOT / "schema" / "schema.graphql").read_text()
    assert (tmp_path / "released").read_text() == without_descriptions(described)


def test_a_release_goes_beside_the_schema() -> None:
    checked = net4u("schema", "--release", "--check")

    # It is fresh or stale: the schema may have moved on since the last release.
    assert "schema/released.graphql" in checked.err
