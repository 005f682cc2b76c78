"""The query page in a real browser: the stored questions and their tabs."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.editors import QUERY, VARIABLES, answer, editor, run, write
from tests.browser.open_page import OpenPage


async def test_first_visit_shows_the_first_question_and_runs_it(opened: OpenPage, toy_site: str) -> None:
    # when a visitor opens the page and presses the button
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page).to_have_title("NET4U knowledge graph — query page")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await expect(editor(opened.page, VARIABLES)).to_contain_text('"name": "Ada"')
    await run(opened.page)

    # then the stored document ran with its stored variables
    await expect(answer(opened.page)).to_contain_text("Hello, Ada!")


async def test_choosing_a_question_opens_it_in_its_own_tab(opened: OpenPage, toy_site: str) -> None:
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await opened.page.get_by_label("Stored questions").select_option("sum")
    await expect(opened.page.get_by_role("tab", name="Sum")).to_be_visible()
    await run(opened.page)
    await expect(answer(opened.page)).to_contain_text('"sum": 42')

    # and choosing one that is open already goes back to its tab, with its variables
    await opened.page.get_by_label("Stored questions").select_option("greeting")
    await expect(opened.page.get_by_role("tab")).to_have_count(2)
    await expect(editor(opened.page, QUERY)).to_contain_text("hello(name: $name)")
    await run(opened.page)
    await expect(answer(opened.page)).to_contain_text("Hello, Ada!")


async def test_an_edited_question_is_left_alone(opened: OpenPage, toy_site: str) -> None:
    # given a question that its reader changed
    await opened.page.goto(f"{toy_site}/graphql#sum")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("sum")
    await write(opened.page, QUERY, "{ sum(left: 1, right: 1) }")

    # then the list no longer claims to show it, and no tab was added behind the reader's back
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("")
    await expect(opened.page.get_by_role("tab")).to_have_count(1)
    await run(opened.page)
    await expect(answer(opened.page)).to_contain_text('"sum": 2')


async def test_an_address_names_a_question_on_a_later_visit_too(opened: OpenPage, toy_site: str) -> None:
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await opened.page.goto(f"{toy_site}/")
    await opened.page.goto(f"{toy_site}/graphql#sum")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("sum")
    await expect(editor(opened.page, QUERY)).to_contain_text("sum(left: 2, right: 40)")


async def test_an_address_that_changes_opens_what_it_names(opened: OpenPage, toy_site: str) -> None:
    await opened.page.goto(f"{toy_site}/graphql#sum")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("sum")
    await opened.page.goto(f"{toy_site}/graphql#greeting")

    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await expect(opened.page.get_by_role("tab")).to_have_count(2)


async def test_missing_questions_are_said_and_the_page_still_works(opened: OpenPage, toy_site: str) -> None:
    # given a server that cannot list its questions
    await opened.page.route("**/questions.json", lambda route: route.fulfill(status=500))
    await opened.page.goto(f"{toy_site}/graphql")

    # then the page says so and still answers what is typed
    said = opened.page.get_by_role("banner").get_by_role("alert")
    await expect(said).to_contain_text("the server answered 500")
    await write(opened.page, QUERY, "{ sum(left: 1, right: 2) }")
    await expect(opened.page.get_by_role("button", name=re.compile("Execute query"))).to_be_visible()
    await run(opened.page)
    await expect(answer(opened.page)).to_contain_text('"sum": 3')


async def test_subscriptions_run_at_the_same_address(opened: OpenPage, toy_site: str) -> None:
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await write(opened.page, QUERY, "subscription Calls { calls(times: 3) }")
    await expect(opened.page.get_by_role("tab", name="Calls")).to_be_visible()
    await run(opened.page)

    await expect(answer(opened.page)).to_contain_text('"calls": "3: nobody"')
    assert opened.complaints == []
    assert opened.violations == []


async def test_a_lost_subscription_is_said_at_once(opened: OpenPage, toy_site: str) -> None:
    # given a server without the protocol of subscriptions
    await opened.page.route_web_socket("**/graphql", lambda socket: socket.close(code=4406, reason="none"))
    await opened.page.goto(f"{toy_site}/graphql")
    await expect(opened.page.get_by_label("Stored questions")).to_have_value("greeting")
    await write(opened.page, QUERY, "subscription Calls { calls(times: 3) }")
    await expect(opened.page.get_by_role("tab", name="Calls")).to_be_visible()
    await run(opened.page)

    await expect(answer(opened.page)).to_contain_text("Socket closed with event 4406 none")
