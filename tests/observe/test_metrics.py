"""What is counted can be read by Prometheus, and strangers cannot make more of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from prometheus_client.openmetrics import parser as openmetrics

from graph_api import __version__
from graph_api.observe.metrics import MAX_LABELS, OTHER, Cache, Metrics, StatementKind, Transport
from tests.observe.exposition import Samples, samples


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(["film", "films"], engine="neo4j", pool_size=50)


def read(metrics: Metrics) -> Samples:
    return samples(metrics.render("text/plain")[0].decode())


def test_a_request_is_counted_from_its_begin_to_its_end(metrics: Metrics) -> None:
    metrics.request_began()
    metrics.request_began()
    during = read(metrics)
    metrics.request_ended(Transport.HTTP, 200, 0.004)
    metrics.request_ended(Transport.SERVER_SENT_EVENTS, 503, 0.2)
    after = read(metrics)

    assert during["graph_requests_in_flight", ()] == 2
    assert after["graph_requests_in_flight", ()] == 0
    assert after["graph_requests_total", ("200", "http")] == 1
    assert after["graph_requests_total", ("503", "sse")] == 1
    assert after["graph_request_seconds_count", ("http",)] == 1
    assert after["graph_request_seconds_bucket", ("0.0025", "http")] == 0
    assert after["graph_request_seconds_bucket", ("0.005", "http")] == 1


def test_root_fields_are_those_of_the_schema(metrics: Metrics) -> None:
    metrics.field_answered("films", 0.25)
    for number in range(50):
        metrics.field_answered(f"made up {number}", 1.0)

    found = read(metrics)
    fields = {labels[0] for name, labels in found if name == "graph_field_seconds_count"}
    assert fields == {"films", OTHER}
    assert found["graph_field_seconds_sum", ("films",)] == 0.25
    assert found["graph_field_seconds_count", (OTHER,)] == 50


def test_the_number_of_codes_is_bounded(metrics: Metrics) -> None:
    for number in range(MAX_LABELS + 50):
        metrics.error_met(f"CODE_{number}")
        metrics.rejected(f"limit_{number}")
        metrics.request_began()
        metrics.request_ended(Transport.HTTP, number, 0)

    found = read(metrics)
    for metric in ("graph_errors_total", "graph_rejected_total", "graph_requests_total"):
        assert len([name for name, _ in found if name == metric]) == MAX_LABELS + 1
    assert found["graph_errors_total", (OTHER,)] == 50
    assert found["graph_requests_total", (OTHER, OTHER)] == 50


def test_ways_and_caches(metrics: Metrics) -> None:
    metrics.row_shaped(compiled=True)
    metrics.row_shaped(compiled=True)
    metrics.row_shaped(compiled=False)
    metrics.lane_taken(short=True)
    metrics.looked_up(Cache.RESPONSE, hit=True)
    metrics.looked_up(Cache.PLAN, hit=False)

    found = read(metrics)
    assert found["graph_rows_total", ("compiled",)] == 2
    assert found["graph_rows_total", ("completed",)] == 1
    assert found["graph_operations_total", ("short",)] == 1
    assert found["graph_operations_total", ("whole",)] == 0
    lookups = {
        labels: value for (name, labels), value in found.items() if name == "graph_cache_lookups_total"
    }
    assert lookups == {
        (cache, result): float((cache, result) in {("response", "hit"), ("plan", "miss")})
        for cache in ("response", "plan", "document")
        for result in ("hit", "miss")
    }


def test_statements(metrics: Metrics) -> None:
    metrics.statement_began()
    metrics.statement_began()
    metrics.statement_ended(StatementKind.READ, 0.03, None)
    metrics.statement_began()
    metrics.statement_ended(StatementKind.WRITE, 2.0, "DATABASE_CONFLICT")

    found = read(metrics)
    assert found["graph_statements_running", ()] == 1
    assert found["graph_statement_seconds_sum", ("read",)] == 0.03
    assert found["graph_statement_seconds_count", ("write",)] == 1
    assert found["graph_statement_errors_total", ("DATABASE_CONFLICT",)] == 1


def test_what_is_open_and_what_runs(metrics: Metrics) -> None:
    metrics.connection_opened(Transport.WEBSOCKET)
    metrics.connection_opened(Transport.WEBSOCKET)
    metrics.connection_closed(Transport.WEBSOCKET)
    metrics.subscription_began()
    metrics.subscription_began()
    metrics.subscription_ended()
    metrics.graph_version(42)

    found = read(metrics)
    assert found["graph_connections_open", ("ws",)] == 1
    assert found["graph_subscriptions_open", ()] == 1
    assert found["graph_version", ()] == 42
    assert found["graph_server_info", ("neo4j", __version__)] == 1
    assert found["graph_database_pool_size", ()] == 50
    assert found["process_resident_memory_bytes", ()] > 0


def test_every_metric_is_in_the_documentation(metrics: Metrics) -> None:
    body = metrics.render("")[0].decode()
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(graph_\w+)`", page, re.MULTILINE)) == set(
        re.findall(r"^# HELP (graph_\w+)", body, re.MULTILINE)
    )


@pytest.mark.parametrize("accept", ["", "*/*", "nonsense;;=,", "text/plain;version=0.0.4"])
def test_the_format_is_text_unless_asked_otherwise(metrics: Metrics, accept: str) -> None:
    body, media_type = metrics.render(accept)

    assert media_type.startswith("text/plain; version=0.0.4")
    assert not [line for line in body.decode().splitlines() if "_created" in line]


def test_open_metrics_on_request(metrics: Metrics) -> None:
    metrics.error_met("INTERNAL")

    body, media_type = metrics.render("application/openmetrics-text; version=1.0.0")

    assert media_type.startswith("application/openmetrics-text; version=1.0.0")
    found = openmetrics.text_string_to_metric_families(body.decode())  # type: ignore[no-untyped-call]
    families = {family.name: family for family in found}
    assert [sample.value for sample in families["graph_errors"].samples] == [1.0]
