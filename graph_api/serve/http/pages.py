"""The pages for people: the landing page, the documentation, the schema, the stored questions."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from string import Template

from markdown_it import MarkdownIt
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from graph_api.serve.http.service import Readiness, Service
from graph_api.serve.questions import Question

WEB = Path(__file__).parent.parent / "web"
QUERY_PAGE = WEB / "query" / "index.html"
_LANDING = WEB / "landing"
_DOCUMENT = Template(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<title>$title</title>\n'
    '<link rel="icon" href="../web/icon.svg" type="image/svg+xml">\n'
    '<link rel="stylesheet" href="../web/landing/landing.css">\n</head>\n<body>\n<main class="document">\n'
    '<p><a href="../">Start</a> · <a href="./">Documentation</a></p>\n$body</main>\n</body>\n</html>\n'
)


async def landing(request: Request) -> Response:
    """What this is, the ways in, what is in the graph now, and the first questions."""
    service: Service = request.app.state.service
    texts = {
        "language": "en",
        "title": html.escape(service.title),
        "summary": html.escape(service.summary),
        "links": "\n".join(_fill("link", link) for link in _links(service)),
        "figures": "\n".join(
            _fill("figure", {"label": label, "value": f"{value:,}"})
            for label, value in service.figures.items()
        ),
        "notice": html.escape(_notice(service)),
        "questions": "\n".join(
            _fill("question", _question_link(each, service)) for each in service.questions.values()
        ),
    }
    return HTMLResponse(Template((_LANDING / "index.html").read_text(encoding="utf-8")).substitute(texts))


def _links(service: Service) -> list[dict[str, str]]:
    links = []
    if service.query_page:
        note = "Write a question, or start from a stored one."
        links.append({"address": "graphql", "label": "Query page", "note": note})
    if service.schema_page:
        note = "Everything that can be asked, in GraphQL's words."
        links.append({"address": "schema.graphql", "label": "Schema", "note": note})
    if service.docs.is_dir():
        links.append(
            {"address": "docs/", "label": "Documentation", "note": "For researchers, officers, developers."}
        )
    return links


def _notice(service: Service) -> str:
    if service.readiness is not Readiness.READY:
        return "The data is still being loaded."
    if service.synthetic:
        return (
            f"{service.synthetic:,} of the nodes are synthetic: made up for demonstration, and marked so in "
            "every answer. They say nothing about the real world."
        )
    return ""


def _question_link(question: Question, service: Service) -> dict[str, str]:
    return {
        "address": f"graphql#{question.name}" if service.query_page else "questions.json",
        "title": question.title,
        "description": question.description,
    }


def _fill(template: str, texts: Mapping[str, str]) -> str:
    page = Template((_LANDING / f"{template}.html").read_text(encoding="utf-8").rstrip("\n"))
    return page.substitute({name: html.escape(text) for name, text in texts.items()})


async def schema_text(request: Request) -> Response:
    """The schema in the schema definition language, where it is told."""
    service: Service = request.app.state.service
    if not service.schema_page:
        raise HTTPException(404, "This server does not tell its schema.")
    return PlainTextResponse(service.sdl)


async def questions_list(request: Request) -> Response:
    """The stored questions with example values for their variables."""
    service: Service = request.app.state.service
    return JSONResponse(
        [
            {
                "name": each.name,
                "title": each.title,
                "description": each.description,
                "document": each.document,
                "variables": each.example(),
            }
            for each in service.questions.values()
        ]
    )


async def documents(request: Request) -> Response:
    """The list of the documentation's pages."""
    service: Service = request.app.state.service
    pages = sorted(service.docs.glob("*.md")) if service.docs.is_dir() else []
    items = "".join(f'<li><a href="{page.stem}">{html.escape(_title(page))}</a></li>\n' for page in pages)
    body = f"<h1>Documentation</h1>\n<ul>\n{items}</ul>\n"
    return HTMLResponse(_DOCUMENT.substitute(title="Documentation", body=body))


async def document(request: Request) -> Response:
    """One page of the documentation; pages link each other as ``name.md``."""
    service: Service = request.app.state.service
    name = str(request.path_params["name"])
    if name.endswith(".md"):
        return RedirectResponse(name.removesuffix(".md"))
    page = next((found for found in service.docs.glob("*.md") if found.stem == name), None)
    if page is None:
        raise HTTPException(404, f"No page of the documentation is called {name}.")
    body = MarkdownIt("commonmark").enable("table").render(page.read_text(encoding="utf-8"))
    return HTMLResponse(_DOCUMENT.substitute(title=html.escape(_title(page)), body=body))


def _title(page: Path) -> str:
    first = page.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("# ").strip() or page.stem
