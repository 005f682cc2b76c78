"""A page in the browser, and what it complained about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize

DESKTOP = ViewportSize(width=1280, height=720)
# A page has to be asked to listen before it can break its policy.
TELL_VIOLATIONS = """addEventListener('securitypolicyviolation', (violation) =>
    policyViolated(`${violation.effectiveDirective}: ${violation.blockedURI}`))"""


@dataclass
class OpenPage:
    """A page, everything its console and its requests complained about, and the hosts it asked.

    ``workers`` are the addresses of all it started: an editor ends and starts its own as it likes.
    ``violations`` are breaches of the content policy by the page; those in a worker are complaints.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    workers: set[str] = field(default_factory=set)

    def violated(self, violation: str) -> None:
        self.violations.append(violation)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data":
            self.hosts.add(address.netloc or request.url)

    def answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")


@asynccontextmanager
async def open_page(
    browser: Browser, viewport: ViewportSize = DESKTOP, *, guarded: bool = True
) -> AsyncIterator[OpenPage]:
    """An empty page with a memory of its own, closed with the block; ``guarded`` by the content policy."""
    context = await browser.new_context(viewport=viewport, bypass_csp=not guarded)
    page = await context.new_page()
    opened = OpenPage(page)
    await page.expose_function("policyViolated", opened.violated)
    await page.add_init_script(TELL_VIOLATIONS)
    page.on("console", opened.heard)
    page.on("pageerror", lambda error: opened.complaints.append(error.message))
    context.on("request", opened.asked)
    page.on("response", opened.answered)
    page.on("worker", lambda worker: opened.workers.add(worker.url))
    yield opened
    await context.close()
