"""Database addresses."""

from __future__ import annotations

import pytest

from graph_api.engine.connection import SCHEMES, ConnectionSettings, parse_database_url
from graph_api.errors import InvalidSettingError


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_is_kept(scheme: str) -> None:
    settings = parse_database_url(f"{scheme}://ann:secret@db.example:7777/graph")

    assert settings == ConnectionSettings(f"{scheme}://db.example:7777", "ann", "secret", "graph")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("neo4j://a:b@host", ConnectionSettings("neo4j://host:7687", "a", "b")),
        ("neo4j://a:b@host/", ConnectionSettings("neo4j://host:7687", "a", "b")),
        (" bolt://a:@host ", ConnectionSettings("bolt://host:7687", "a", "")),
        ("bolt://host", ConnectionSettings("bolt://host:7687")),
        ("bolt://a:b@[::1]:1", ConnectionSettings("bolt://[::1]:1", "a", "b")),
        (
            "bolt://a%40x:p%2F%3A%23%40%C3%A9@h/g%20h",
            ConnectionSettings("bolt://h:7687", "a@x", "p/:#@é", "g h"),
        ),
    ],
)
def test_parts_are_read(url: str, expected: ConnectionSettings) -> None:
    assert parse_database_url(url) == expected


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "must begin with"),
        ("http://a:hidden@host", "must begin with"),
        ("neo4j://a:hidden@", "names no host"),
        ("neo4j://a:hidden@host:port", "port that is no number"),
        ("neo4j://a:hidden@host:99999", "port that is no number"),
        ("neo4j://a:hidden@[::1", "cannot be read"),
        ("neo4j://a:hidden@host/one/two", "something after"),
        ("neo4j://a:hid?den@host", "written %2F, %3F and %23"),
        ("neo4j://a:hid#den@host", "written %2F, %3F and %23"),
        ("neo4j://a:12/hidden@host", "written %2F, %3F and %23"),
        ("neo4j://a:b@host/graph?policy=one", "something after"),
        ("neo4j://:hidden@host", "no user name"),
        ("neo4j://a@host", "no password"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(url: str, reason: str) -> None:
    with pytest.raises(InvalidSettingError, match=reason) as caught:
        parse_database_url(url)

    assert "hid" not in caught.value.one_line()
    assert caught.value.__cause__ is None


def test_settings_never_show_the_password() -> None:
    assert "hidden" not in repr(parse_database_url("neo4j://a:hidden@host"))


def test_only_addresses_of_clusters_are_routed() -> None:
    assert parse_database_url("neo4j+s://host").routed
    assert not parse_database_url("bolt://host").routed
