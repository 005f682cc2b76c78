"""Every setting is in the documentation, with the default that it has."""

from __future__ import annotations

import re
from enum import Enum

import pytest

from graph_api.errors import ErrorCode
from graph_api.settings import PREFIX, Settings
from tests.docs.markdown import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DEVELOPERS = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")
# Codes that only commands end with.
OF_COMMANDS = {
    "INVALID_ONTOLOGY", "INVALID_SETTING", "REJECTED_FILE", "PORT_IN_USE",
    "DATA_DIRECTORY_IN_USE", "DATA_DIRECTORY_UNUSABLE", "MISSING_TOOL", "STALE_FILE",
    "DATABASE_LOGIN_REFUSED", "ENGINE_STOPPED",
    "UNUSABLE_DUMP", "UNDUMPABLE_GRAPH", "DATABASE_NOT_EMPTY", "UNFINISHED_LOAD",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_described(name: str) -> None:
    assert f"`{PREFIX}{name.upper()}" in OPERATIONS


@pytest.mark.parametrize(
    "row", re.findall(rf"^\| .*`({PREFIX}\w+)`.*\| `([\w.]+)` \|$", OPERATIONS, re.MULTILINE)
)
def test_a_default_that_is_shown_is_the_one_that_holds(row: tuple[str, str]) -> None:
    variable, shown = row
    default = Settings.model_fields[variable.removeprefix(PREFIX).lower()].default
    value = default.value if isinstance(default, Enum) else default

    assert shown in (str(value), f"{value:g}" if isinstance(value, float) else "", str(value).lower())


@pytest.mark.parametrize("code", sorted(set(ErrorCode) - OF_COMMANDS))
def test_every_code_that_clients_meet_is_described(code: str) -> None:
    assert f"`{code}`" in DEVELOPERS
