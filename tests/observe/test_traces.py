"""What a collector receives; and that nothing is loaded and nothing happens when there is none."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from graph_api import __version__
from graph_api.errors import DatabaseTimeoutError, InvalidSettingError
from graph_api.observe.traces import Traces, endpoint_of
from graph_api.settings import settings_from
from tests.observe.collector import Collector, collecting
from tests.programs import free_port

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = "b7ad6b7169203331"
TEXT = "MATCH (n:Film {key: $p0}) RETURN n.title"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as found:
        yield found


@pytest.fixture
def traces(collector: Collector) -> Traces:
    return Traces.of(settings_from({"traces": collector.address}), known={"Films"}, service="films")


async def test_a_span_an_operation_and_one_for_each_statement_below(
    traces: Traces, collector: Collector
) -> None:
    document = "query Films { films { nodes { key } } }"
    with traces.operation("query", "Films", document), traces.statement("read", "neo4j", TEXT):
        pass
    await traces.close()

    statement, operation = collector.spans
    assert operation.name == "query Films"
    assert operation.kind == "SERVER"
    assert operation.parent_id == ""
    assert operation.attributes == {
        "graphql.operation.type": "query",
        "graphql.operation.name": "Films",
        "graphql.document.hash": f"sha256:{hashlib.sha256(document.encode()).hexdigest()}",
    }
    assert (statement.trace_id, statement.parent_id) == (operation.trace_id, operation.span_id)
    assert (statement.name, statement.kind) == ("read neo4j", "CLIENT")
    assert statement.attributes == {
        "db.system.name": "neo4j",
        "db.operation.name": "read",
        "db.query.text": TEXT,
    }
    assert not statement.failed
    assert operation.service["service.name"] == "films"
    assert operation.service["service.version"] == __version__
    assert [path for path, _ in collector.requests] == ["/v1/traces"]


@pytest.mark.parametrize("name", [None, "SomebodysSecret", ""])
async def test_names_of_clients_are_not_told(traces: Traces, collector: Collector, name: str | None) -> None:
    with traces.operation("SomebodysSecret", name, 'query SomebodysSecret { a(b: "SomebodysSecret") }'):
        pass
    await traces.close()

    assert collector.span.name == "query anonymous"
    assert b"SomebodysSecret" not in collector.requests[0][1]


async def test_a_client_s_trace_is_continued(traces: Traces, collector: Collector) -> None:
    headers = {"traceparent": f"00-{TRACE}-{PARENT}-01", "baggage": "who=SomebodysSecret"}
    with traces.operation("query", None, "{ a }", headers):
        pass
    await traces.close()

    assert (collector.span.trace_id, collector.span.parent_id) == (TRACE, PARENT)
    assert b"SomebodysSecret" not in collector.requests[0][1]


@pytest.mark.parametrize(
    "given", ["", "nonsense", f"00-{'0' * 32}-{PARENT}-01", f"ff-{TRACE}-{PARENT}-01", "é"]
)
async def test_a_broken_traceparent_is_none(traces: Traces, collector: Collector, given: str) -> None:
    with traces.operation("query", None, "{ a }", {"traceparent": given, "tracestate": "=,="}):
        pass
    await traces.close()

    assert collector.span.parent_id == ""
    assert collector.span.trace_id not in {TRACE, "0" * 32}


async def test_operations_at_once_have_statements_of_their_own(traces: Traces, collector: Collector) -> None:
    turn = asyncio.Barrier(2)

    async def answer(kind: str) -> None:
        with traces.operation(kind, None, "{ a }"):
            await turn.wait()
            with traces.statement(kind, "neo4j", TEXT):
                await turn.wait()

    await asyncio.gather(*(asyncio.create_task(answer(each)) for each in ("query", "mutation")))
    await traces.close()

    spans = {span.name: span for span in collector.spans}
    for kind in ("query", "mutation"):
        assert spans[f"{kind} neo4j"].parent_id == spans[f"{kind} anonymous"].span_id
    assert spans["query anonymous"].trace_id != spans["mutation anonymous"].trace_id


async def test_an_error_is_recorded_by_its_code_alone(traces: Traces, collector: Collector) -> None:
    with pytest.raises(DatabaseTimeoutError), traces.statement("read", "neo4j", TEXT):
        raise DatabaseTimeoutError("SomebodysSecret took too long")
    with pytest.raises(ValueError, match="Somebody"), traces.statement("read", "neo4j", TEXT):
        raise ValueError("SomebodysSecret")
    with pytest.raises(asyncio.CancelledError), traces.statement("read", "neo4j", TEXT):
        raise asyncio.CancelledError
    with traces.operation("query", None, "{ a }") as span:
        span.failed("INVALID_ID")
    await traces.close()

    codes = ["DATABASE_TIMEOUT", "ValueError", "CANCELLED", "INVALID_ID"]
    assert [span.attributes["error.type"] for span in collector.spans] == codes
    assert [span.status for span in collector.spans] == codes
    assert all(span.failed for span in collector.spans)
    assert b"SomebodysSecret" not in collector.requests[0][1]


async def test_what_the_operator_says_of_the_service_holds(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "mine")
    traces = Traces.of(settings_from({"traces": collector.address}))
    with traces.operation("query", None, "{ a }"):
        pass
    await traces.close()

    assert collector.span.service["service.name"] == "mine"


async def test_a_collector_that_is_not_there_harms_nobody() -> None:
    traces = Traces.of(settings_from({"traces": f"http://127.0.0.1:{free_port()}"}))
    with traces.operation("query", None, "{ a }"), traces.statement("read", "neo4j", TEXT):
        pass

    await traces.close()


async def test_off_it_is_one_object_that_does_nothing() -> None:
    traces = Traces.of(settings_from({}))

    with (
        traces.operation("query", "Films", "{ a }") as operation,
        traces.statement("read", "neo4j", "") as statement,
    ):
        operation.failed("INTERNAL")
    await traces.close()

    assert not traces.on
    assert operation is statement


def test_off_nothing_of_open_telemetry_is_loaded() -> None:
    program = (
        "import sys; from graph_api.observe import store, traces\n"
        "from graph_api.settings import settings_from\n"
        "traces.Traces.of(settings_from({}))\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry', 'google', 'requests'))])"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert printed.stdout.strip() == "[]"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graph_api.observe.spans", None)

    with pytest.raises(InvalidSettingError, match="not installed") as refused:
        Traces.of(settings_from({"traces": "http://127.0.0.1:4318"}))

    assert "opentelemetry-sdk" in refused.value.remedy
    assert refused.value.place["setting"] == "traces"


def test_a_variable_that_open_telemetry_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "-1")

    with pytest.raises(InvalidSettingError, match="OTEL_"):
        Traces.of(settings_from({"traces": "http://127.0.0.1:4318"}))


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
        ("http://127.0.0.1:4318/", "http://127.0.0.1:4318/v1/traces"),
        (" https://[::1]:4318/otlp ", "https://[::1]:4318/otlp/v1/traces"),
        ("https://collector/v1/traces", "https://collector/v1/traces"),
    ],
)
def test_the_path_of_the_protocol_is_added(address: str, endpoint: str) -> None:
    assert endpoint_of(address) == endpoint


UNUSABLE = """
    x collector:4317 grpc://a:4317 http:// http://:1 http://[ http://a:99999 http://a:x http://a:0
    http://a/?b=c http://a/#b http://user:s3cr3t@a:4318 http://s3cr3t@a
"""


@pytest.mark.parametrize("address", UNUSABLE.split())
def test_an_address_that_cannot_be_used(address: str) -> None:
    with pytest.raises(InvalidSettingError) as refused:
        Traces.of(settings_from({"traces": address}))

    assert refused.value.place == {"setting": "traces"}
    assert "s3cr3t" not in refused.value.one_line()
