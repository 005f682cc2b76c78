"""The query page sends the key it is given, and keeps it nowhere."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.editors import HEADERS, QUERY, answer, run, show_headers, write
from tests.browser.open_page import OpenPage
from tests.browser.toy_site import NO_KEY

KEY = "n4u.Zm9v-YmFy_~+/="
CALLER = "query Caller { caller }"
STORED = """(text) => new Promise((resolve) => {
    const look = () => (localStorage.getItem('graphiql:tabState') ?? '').includes(text)
        ? resolve(JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]))
        : setTimeout(look, 20);
    look();
})"""


async def open_with(page: Page, address: str, query: str, tab: str) -> None:
    await page.goto(f"{address}/graphql")
    await expect(page.get_by_label("Stored questions")).to_have_value("greeting")
    await write(page, QUERY, query)
    await expect(page.get_by_role("tab", name=tab)).to_be_visible()


async def stored_after_all(page: Page) -> str:
    """Everything the browser keeps for the site, once all that was done before is in it.

    The page writes half a second after each change, in their order: the question chosen here comes last.
    """
    await page.get_by_label("Stored questions").select_option("sum")
    return str(await page.evaluate(STORED, "sum(left: 2"))


async def test_the_key_is_sent_and_kept_nowhere(opened: OpenPage, toy_site: str) -> None:
    # when a key is given and a query runs
    await open_with(opened.page, toy_site, CALLER, "Caller")
    await opened.page.get_by_label("Access key").fill(KEY)
    await run(opened.page)

    # then the server got it, and the browser stored the query without it
    await expect(answer(opened.page)).to_contain_text(f"Bearer {KEY}")
    stored = await stored_after_all(opened.page)
    assert CALLER in stored
    assert "graphiql:queries" in stored
    assert KEY not in stored

    # and the next visit has none
    await opened.page.reload()
    await expect(opened.page.get_by_label("Access key")).to_have_value("")
    assert opened.complaints == []


async def test_a_key_typed_as_a_header_is_kept_nowhere_either(opened: OpenPage, toy_site: str) -> None:
    await open_with(opened.page, toy_site, CALLER, "Caller")
    await opened.page.get_by_label("Access key").fill("another")
    await show_headers(opened.page)
    await write(opened.page, HEADERS, f'{{"authorization": "Bearer {KEY}"}}')
    await run(opened.page)

    # the header goes before the field
    await expect(answer(opened.page)).to_contain_text(f"Bearer {KEY}")

    # and a query that is run when the header has long been there is remembered without it
    await write(opened.page, QUERY, "query Again { caller }")
    await expect(opened.page.get_by_role("tab", name="Again")).to_be_visible()
    await run(opened.page)
    await expect(answer(opened.page)).to_contain_text(f"Bearer {KEY}")
    stored = await stored_after_all(opened.page)
    assert "graphiql:queries" in stored
    assert KEY not in stored


async def test_a_new_key_reads_the_schema_again_with_it(opened: OpenPage, toy_site: str) -> None:
    await open_with(opened.page, toy_site, CALLER, "Caller")
    async with opened.page.expect_request("**/graphql") as asked:
        await opened.page.get_by_label("Access key").fill(KEY)
        await opened.page.keyboard.press("Enter")

    request = await asked.value
    assert "__schema" in str(request.post_data)
    assert (await request.all_headers())["authorization"] == f"Bearer {KEY}"


async def test_a_subscription_sends_the_key_with_its_connection(opened: OpenPage, toy_site: str) -> None:
    await open_with(opened.page, toy_site, "subscription Calls { calls(times: 1) }", "Calls")
    await opened.page.get_by_label("Access key").fill(KEY)
    await run(opened.page)

    await expect(answer(opened.page)).to_contain_text(f"1: Bearer {KEY}")


@pytest.mark.parametrize("text", ["two words", "ключ", "a\u00e9b"])
async def test_what_no_key_can_be_is_marked_and_not_sent(opened: OpenPage, toy_site: str, text: str) -> None:
    await open_with(opened.page, toy_site, CALLER, "Caller")
    await opened.page.get_by_label("Access key").fill(text)
    await run(opened.page)

    await expect(answer(opened.page)).to_contain_text(NO_KEY)
    assert await opened.page.get_by_label("Access key").evaluate("field => field.matches(':invalid')")
    assert opened.complaints == []
