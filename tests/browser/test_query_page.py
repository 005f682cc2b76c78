"""The query page in a real browser, under a strict content policy and with no other host to ask."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.open_page import OpenPage


async def query_text(page: Page) -> str:
    text = await page.locator(".graphiql-query-editor .CodeMirror").evaluate(
        "editor => editor.CodeMirror.getValue()"
    )
    return str(text)


async def run_query(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("Execute query")).click()


async def test_first_visit_shows_the_first_question_and_runs_it(opened: OpenPage, toy_site: str) -> None:
    # when a visitor opens the page and presses the button
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page).to_have_title("NET4U knowledge graph — query page")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await expect(opened.page.locator(".graphiql-editor-tool .graphiql-editor:not(.hidden)")).to_contain_text(
        '"name": "Ada"'
    )
    await run_query(opened.page)

    # then the stored document ran with its stored variables
    await expect(opened.page.locator(".graphiql-response")).to_contain_text("Hello, Ada!")


async def test_choosing_a_question_opens_it_in_its_own_tab(opened: OpenPage, toy_site: str) -> None:
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await opened.page.get_by_label("Stored questions").select_option("sum")
    await expect(opened.page.get_by_role("tab", name="Sum")).to_be_visible()
    await run_query(opened.page)
    await expect(opened.page.locator(".graphiql-response")).to_contain_text('"sum": 42')

    # and choosing one that is open already goes back to its tab
    await opened.page.get_by_label("Stored questions").select_option("greeting")
    await expect(opened.page.get_by_role("tab")).to_have_count(2)
    assert "hello(name: $name)" in await query_text(opened.page)


async def test_an_edited_question_is_left_alone(opened: OpenPage, toy_site: str) -> None:
    # given a question that its reader changed
    await opened.page.goto(f"{toy_site}/graphql#sum")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("sum")
    await opened.page.locator(".graphiql-query-editor .CodeMirror").evaluate(
        "editor => editor.CodeMirror.setValue('{ sum(left: 1, right: 1) }')"
    )

    # then the list no longer claims to show it, and no tab was added behind the reader's back
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("")
    await expect(opened.page.get_by_role("tab")).to_have_count(1)
    await run_query(opened.page)
    await expect(opened.page.locator(".graphiql-response")).to_contain_text('"sum": 2')


async def test_an_address_names_a_question_on_a_later_visit_too(opened: OpenPage, toy_site: str) -> None:
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await opened.page.goto(f"{toy_site}/")
    await opened.page.goto(f"{toy_site}/graphql#sum")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("sum")
    assert "sum(left: 2, right: 40)" in await query_text(opened.page)


async def test_missing_questions_are_said_and_the_page_still_works(opened: OpenPage, toy_site: str) -> None:
    # given a server that cannot list its questions
    await opened.page.route("**/questions.json", lambda route: route.fulfill(status=500))
    await opened.page.goto(f"{toy_site}/graphql")

    # then the page says so and still offers the schema
    await expect(opened.page.get_by_role("alert")).to_contain_text("the server answered 500")
    await expect(opened.page.get_by_role("button", name=re.compile("Execute query"))).to_be_visible()


async def test_the_page_keeps_the_content_policy_and_asks_no_other_host(
    opened: OpenPage, toy_site: str
) -> None:
    # when every part that brings code or styles of its own was used
    await opened.page.goto(f"{toy_site}/graphql")
    await run_query(opened.page)
    await opened.page.get_by_label("Show Documentation Explorer").click()
    await expect(
        opened.page.get_by_text("A greeting.").or_(opened.page.get_by_text("Query").first).first
    ).to_be_visible()
    await opened.page.get_by_label("Open settings dialog").click()
    await expect(opened.page.get_by_role("dialog")).to_be_visible()
    await opened.page.keyboard.press("Escape")

    # then nothing was refused, missing or fetched from elsewhere
    assert opened.complaints == []
    assert opened.hosts == {toy_site.removeprefix("http://")}
