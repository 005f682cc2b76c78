"""What a running server answers at its addresses."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import httpx
import pytest

from graph_api.serve.http.messages import PLAIN_POLICY, QUERY_PAGE_POLICY
from schema import ontology
from tests.programs import ROOT, Server, net4u
from tests.serve.questions import EXAMPLES

SCHEMA = (ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8")
HEADERS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
HELLO = '{ country(key: "KEN") { name } }'


class Links(HTMLParser):
    """The addresses that a page leads to or is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def links_of(page: httpx.Response) -> list[str]:
    """The addresses on this server that a page leads to."""
    parser = Links()
    parser.feed(page.text)
    absolute = (urldefrag(urljoin(str(page.url), link))[0] for link in parser.found)
    return [link for link in dict.fromkeys(absolute) if httpx.URL(link).port == page.url.port]


def followed(address: str) -> httpx.Response:
    return httpx.get(address, follow_redirects=True, headers={"Accept": "text/html"})


def test_it_lives_and_is_ready_and_was_not_before_the_seeds_were_in(service: Server) -> None:
    assert service.get("health/live").json() == {"status": "live"}
    ready = service.get("health/ready").json()
    assert ready["status"] == "ready"
    assert ready["version"] > 0
    assert service.seen[-1] == 200
    assert set(service.seen[:-1]) == {503}


def test_the_landing_page_says_what_this_is_and_what_is_made_up(service: Server) -> None:
    page = service.get("/")

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert ontology.title in page.text
    assert "synthetic: made up for demonstration" in page.text
    for name in EXAMPLES:
        assert f'href="graphql#{name}"' in page.text


def test_every_page_that_can_be_reached_from_the_landing_page_is_there(service: Server) -> None:
    visited: dict[str, int] = {}
    to_visit = [service.address]
    # Pages that link each other by the names of their files lead there by way of another address.
    found = set(to_visit)
    while to_visit:
        page = followed(to_visit.pop())
        visited[str(page.url)] = page.status_code
        if page.headers["content-type"].startswith("text/html"):
            new = [link for link in links_of(page) if link not in found]
            found.update(new)
            to_visit += new

    missing = {address: status for address, status in visited.items() if status != 200}
    assert not missing
    shown = {address.removeprefix(service.address) for address in visited}
    pages = {f"docs/{page.stem}" for page in (ROOT / "docs").glob("*.md")}
    assert {"", "graphql", "schema.graphql", "docs/"} | pages <= shown


def test_a_page_of_the_documentation_by_the_name_of_its_file(service: Server) -> None:
    assert followed(service.url("docs/ontology.md")).url == service.url("docs/ontology")


def test_the_schema_is_the_committed_one(service: Server) -> None:
    page = service.get("schema.graphql")

    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    assert page.text == SCHEMA


def test_the_stored_questions_are_listed_with_examples(service: Server) -> None:
    listed = service.get("questions.json").json()

    assert [question["name"] for question in listed] == list(EXAMPLES)
    for question in listed:
        assert question["title"]
        assert question["description"]
        assert question["variables"] == EXAMPLES[question["name"]].example()
        assert question["document"] == EXAMPLES[question["name"]].document


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_stored_question_runs_over_http(name: str, service: Server) -> None:
    answer = service.ask(EXAMPLES[name].document, EXAMPLES[name].example())

    assert "errors" not in answer
    assert answer["data"]


def test_a_question_over_http_is_answered_as_on_the_command_line(service: Server) -> None:
    question = EXAMPLES["network-offices"]

    asked = net4u("ask", question.name, "--as-of", "2023-11-15", "--format", "json", "--url", service.address)

    assert (
        httpx.Response(200, text=asked.out).json()
        == service.ask(question.document, {"asOf": "2023-11-15"})["data"]
    )


def test_a_query_can_also_be_sent_with_get(service: Server) -> None:
    answer = httpx.get(service.url("graphql"), params={"query": HELLO})

    assert answer.json()["data"] == {"country": {"name": "Kenya"}}


def test_a_browser_gets_the_query_page(service: Server) -> None:
    page = service.get("graphql", Accept="text/html")

    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "query page" in page.text


def test_what_is_no_operation_is_refused_with_a_reason(service: Server) -> None:
    unknown_field = service.ask('{ country(key: "KEN") { president } }')
    no_json = httpx.post(service.url("graphql"), content=b"{", headers={"Content-Type": "application/json"})

    errors = unknown_field["errors"]
    assert isinstance(errors, list)
    assert "Cannot query field 'president'" in errors[0]["message"]
    assert no_json.status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 200),
        ("graphql", 200),
        ("schema.graphql", 200),
        ("questions.json", 200),
        ("docs/", 200),
        ("docs/ontology", 200),
        ("docs/ontology.md", 307),
        ("docs/no-such-page", 404),
        ("docs/..%2FREADME", 404),
        ("docs/%2e%2e/README.md", 404),
        ("health/live", 200),
        ("health/ready", 200),
        ("web/landing/landing.css", 200),
        ("web/..%2fapp.py", 404),
        ("no-such-page", 404),
    ],
)
def test_every_answer_carries_the_headers_that_keep_browsers_safe(
    path: str, status: int, service: Server
) -> None:
    answer = service.get(path, Accept="text/html")

    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers[name].startswith(value)


@pytest.mark.parametrize("path", ["", "questions.json", "web/query/assets/graphql.worker.js", "no-such-page"])
def test_every_page_but_the_query_page_has_the_strict_policy(path: str, service: Server) -> None:
    answer = service.get(path, Accept="text/html")

    assert answer.headers.get_list("content-security-policy") == [PLAIN_POLICY]
    assert "unsafe" not in PLAIN_POLICY


def test_the_query_page_alone_may_have_styles_in_its_markup(service: Server) -> None:
    page = service.get("graphql", Accept="text/html")
    answer = httpx.get(service.url("graphql"), params={"query": HELLO})

    assert page.headers.get_list("content-security-policy") == [QUERY_PAGE_POLICY]
    assert answer.headers.get_list("content-security-policy") == [PLAIN_POLICY]


def test_a_method_that_a_page_does_not_have(service: Server) -> None:
    answer = httpx.post(service.url("schema.graphql"))

    assert answer.status_code == 405
    assert HEADERS.keys() <= answer.headers.keys()


def test_the_server_is_reached_from_this_machine_alone(service: Server) -> None:
    shown = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout

    [line] = [line for line in shown.splitlines() if f"pid={service.process.pid}," in line]
    assert line.split()[3] == service.address.removeprefix("http://").rstrip("/")
