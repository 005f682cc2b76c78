"""The machinery has no word of the domain it serves, so that another domain needs no other machinery."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import MODULES, PACKAGE, ROOT, module_name

_WORDS = """
    organization organisation network dialogue ngo untoc theme thematic region regional country countries
    membership steering coordinator stakeholder counterpart ecosoc secretariat firearm trafficking nacsa
    iso3 m49 sdg unodc
"""
WORDS = frozenset(_WORDS.split())
PRODUCT = "net4u"
NAMES_THE_PRODUCT = {"graph_api.settings", "graph_api.cli.main"}
"""The one place for the names of environment variables, and the program that people call."""

NOT_OF_THE_DOMAIN = {("graph_api.engine.neo4j_install", "network"): "what connects computers"}

_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*")


def words_of(text: str) -> Iterator[tuple[int, str]]:
    """Every word with its line; names are taken apart at humps and underscores."""
    for number, line in enumerate(text.splitlines(), 1):
        for part in _PART.findall(line):
            yield number, part.lower()


def is_of_the_domain(word: str) -> bool:
    return word in WORDS or word.removesuffix("s") in WORDS


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_has_no_word_of_the_domain(path: Path) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {word}"
        for line, word in words_of(path.read_text())
        if is_of_the_domain(word) and (module_name(path), word) not in NOT_OF_THE_DOMAIN
    ]

    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_the_product_is_named_in_few_places(path: Path) -> None:
    if module_name(path) not in NAMES_THE_PRODUCT:
        assert PRODUCT not in path.read_text().lower()


def test_names_are_taken_apart() -> None:
    text = "OrganizationThemesWhere region_of HTTPNetwork COUNTRIES memberships"

    assert [word for _, word in words_of(text) if is_of_the_domain(word)] == [
        "organization",
        "themes",
        "region",
        "network",
        "countries",
        "memberships",
    ]


def test_there_are_modules() -> None:
    assert len(MODULES) > 60
    assert PACKAGE.is_dir()
