"""A page in the browser, and what it complained about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize


@dataclass
class OpenPage:
    """A page and everything its console and its requests complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def asked(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.hosts.add(request.url.split("/")[2])

    def answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")


@asynccontextmanager
async def open_page(browser: Browser, viewport: ViewportSize | None = None) -> AsyncIterator[OpenPage]:
    """An empty page with a memory of its own, closed with the block."""
    page = await browser.new_page(viewport=viewport) if viewport else await browser.new_page()
    opened = OpenPage(page)
    page.on("console", opened.heard)
    page.on("pageerror", lambda error: opened.complaints.append(error.message))
    page.on("request", opened.asked)
    page.on("response", opened.answered)
    yield opened
    await page.close()
