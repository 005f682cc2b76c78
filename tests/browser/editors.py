"""What a reader does in GraphiQL: types into its editors, runs, and reads the answer."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

QUERY = "Operation Editor"
VARIABLES = "Variables"
HEADERS = "Headers"


def editor(page: Page, name: str) -> Locator:
    """The text area of an editor, by the label of its section."""
    return page.get_by_role("region", name=name, exact=True).locator(".graphiql-editor:not(.hidden)")


def answer(page: Page) -> Locator:
    """The part of the answer that is in view."""
    return page.locator(".graphiql-response .view-lines")


async def write(page: Page, name: str, text: str) -> None:
    """Type a line in place of what is in an editor, which closes brackets and quotes itself."""
    await editor(page, name).locator(".view-lines").click()
    await page.keyboard.press("Control+A")
    await page.keyboard.press("Delete")  # a bracket would be put around what is selected
    await page.keyboard.type(text)


async def run(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("Execute query")).click()


async def show_headers(page: Page) -> None:
    await page.get_by_role("button", name="Headers", exact=True).click()
    await expect(page.get_by_role("region", name=HEADERS, exact=True)).to_be_visible()
