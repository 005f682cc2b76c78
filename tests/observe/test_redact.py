"""Secrets are taken out by their form, and by the names they have."""

from __future__ import annotations

import pytest

from graph_api.observe.redact import MAX_TEXT, REDACTED, redacted, redacted_value

SECRET = "s3cr3t-Marker.x"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {SECRET}",
        f"authorization={SECRET}",
        f'{{"authorization": "Basic {SECRET}"}}',
        f"[(b'authorization', b'Bearer {SECRET}')]",
        f"it sent bearer {SECRET} and more",
        f"neo4j://reader:{SECRET}@db.example:7687 refused",
        f"neo4j://reader:p@ss:{SECRET}@db.example:7687",
        f"redis://:{SECRET}@cache:6379/0",
        f"GET /graphql?access_token={SECRET}&x=1",
        f'{{"password": "{SECRET}"}}',
        f"key_{SECRET}".replace(".", "_"),
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzM2NyM3QtTWFya2VyIn0.s3cr3t-Marker",
        "x" * (MAX_TEXT - 20) + f" Authorization: Bearer {SECRET}" + "y" * 9000,
    ],
)
def test_a_secret_is_not_written(text: str) -> None:
    written = redacted(text)

    assert "s3cr3t" not in written
    assert "Marker" not in written
    assert len(written) <= MAX_TEXT


def test_what_was_redacted_can_be_told() -> None:
    assert (
        redacted("no login at neo4j://reader:pw@db:7687") == f"no login at neo4j://reader:{REDACTED}@db:7687"
    )
    assert redacted("Authorization: Bearer abc, next") == f"Authorization: Bearer {REDACTED}, next"
    assert redacted("key key_0123456789 unknown") == f"key key_{REDACTED} unknown"


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Film {key: $key_0}) WHERE n.year >= $p0 RETURN n.monkey_business",
        "Ready at http://127.0.0.1:8000/",
        "neo4j://reader@db:7687",
        "The token 'x' is not expected here.",
        "mail to somebody@example.org",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text


def test_values_are_looked_through_at_any_depth() -> None:
    given = {
        "headers": {"Authorization": SECRET, "X-API-Key": SECRET, "accept": "text/html"},
        "tried": [("neo4j://a:" + SECRET + "@b", 3)],
        "raw": b"Bearer " + SECRET.encode(),
        f"key_{'a' * 20}": None,
    }

    assert redacted_value("request", given) == {
        "headers": {"Authorization": REDACTED, "X-API-Key": REDACTED, "accept": "text/html"},
        "tried": [[f"neo4j://a:{REDACTED}@b", 3]],
        "raw": f"Bearer {REDACTED}",
        f"key_{REDACTED}": None,
    }


@pytest.mark.parametrize("piece", ["://a:", "eyJaaaa-", "authorization", "bearer ", "://a:@", "password="])
def test_a_text_made_to_be_slow_ends(piece: str) -> None:
    assert len(redacted(piece * 200_000)) <= MAX_TEXT
