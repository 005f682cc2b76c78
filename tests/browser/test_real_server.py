"""From the landing page to an answer, as a visitor of the real server goes."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from schema import ontology
from tests.browser.editors import VARIABLES, answer, run, write
from tests.browser.open_page import OpenPage, open_page
from tests.programs import Server
from tests.serve.questions import EXAMPLES

PHONE = ViewportSize(width=360, height=740)
FIRST = EXAMPLES["members-covering"]


async def choose_and_run(page: Page, name: str) -> None:
    await page.get_by_label("Stored questions").select_option(name)
    await expect(page.locator(".stored-description")).to_have_text(EXAMPLES[name].description)
    await run(page)


async def is_wider_than_the_screen(page: Page) -> bool:
    return bool(
        await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


async def test_a_visitor_finds_the_query_page_and_the_members(opened: OpenPage, service: Server) -> None:
    # given a visitor who starts at the landing page
    await opened.page.goto(service.address)
    await expect(opened.page.get_by_role("heading", level=1)).to_have_text(ontology.title)
    await expect(opened.page.get_by_text("made up for demonstration")).to_be_visible()

    # when the visitor goes on to the query page, chooses a question and runs it
    await opened.page.get_by_role("link", name="Query page").click()
    await choose_and_run(opened.page, FIRST.name)

    # then the answer names the members, and nothing was refused, missing or fetched from elsewhere
    shown = answer(opened.page)
    await expect(shown).to_contain_text("Demo Delta Wildlife Rangers")
    await expect(shown).to_contain_text('"totalCount": 7')
    assert opened.complaints == []
    assert opened.violations == []
    assert opened.hosts == {service.address.split("/")[2]}


async def test_a_question_on_the_landing_page_opens_with_its_example(
    opened: OpenPage, service: Server
) -> None:
    await opened.page.goto(service.address)
    await opened.page.get_by_role("link", name=EXAMPLES["trainings"].title).click()

    await expect(opened.page.get_by_label("Stored questions")).to_have_value("trainings")
    await run(opened.page)
    await expect(answer(opened.page)).to_contain_text("SE4U-2023-KENYA")
    assert opened.complaints == []
    assert opened.violations == []


async def test_the_documentation_is_a_click_away(opened: OpenPage, service: Server) -> None:
    await opened.page.goto(service.address)
    await opened.page.get_by_role("link", name="Documentation").click()
    await opened.page.get_by_role("link", name=re.compile("ontology", re.IGNORECASE)).click()

    await expect(opened.page.get_by_role("heading", name="Organization", exact=True)).to_be_visible()
    assert opened.complaints == []
    assert opened.violations == []


async def test_an_error_is_shown_with_its_code(opened: OpenPage, service: Server) -> None:
    await opened.page.goto(f"{service.address}graphql#{FIRST.name}")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value(FIRST.name)
    await write(opened.page, VARIABLES, json.dumps({"theme": "FIREARMS", "region": "AFRIKA"}))
    await run(opened.page)

    shown = answer(opened.page)
    await expect(shown).to_contain_text("UNKNOWN_KEY")
    await expect(shown).to_contain_text("AFRIKA")


@pytest.mark.parametrize("path", ["", "docs/", "docs/ontology"])
async def test_a_page_fits_on_a_phone(path: str, browser: Browser, service: Server) -> None:
    async with open_page(browser, PHONE) as phone:
        await phone.page.goto(service.url(path))

        await expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
        assert not await is_wider_than_the_screen(phone.page)
        assert phone.complaints == []
        assert phone.violations == []


async def test_a_question_can_be_asked_on_a_phone(browser: Browser, service: Server) -> None:
    async with open_page(browser, PHONE) as phone:
        await phone.page.goto(service.address)
        await phone.page.get_by_role("link", name=FIRST.title).click()
        await choose_and_run(phone.page, FIRST.name)

        shown = answer(phone.page)
        await shown.scroll_into_view_if_needed()
        await expect(shown).to_contain_text('"totalCount": 7')
        await expect(shown).to_be_in_viewport()
        await shown.hover()
        await phone.page.mouse.wheel(0, 200)
        await expect(shown).to_contain_text("Demo Delta Wildlife Rangers")
        assert not await is_wider_than_the_screen(phone.page)
        assert phone.complaints == []
        assert phone.violations == []
