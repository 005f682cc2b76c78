"""The query page keeps its content policy, and would ask no other host where nothing forbade it.

Both are needed: under the policy no other host can be asked, so only a browser that ignores the policy
shows whether the page tries; and that browser reports no violation.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.async_api import Page, expect

from tests.browser.editors import QUERY, VARIABLES, answer, editor, run, write
from tests.browser.open_page import OpenPage

WORKERS = {"editor.worker.js", "graphql.worker.js", "json.worker.js"}
ELSEWHERE = "http://elsewhere.invalid/"
ASK_ELSEWHERE = f"fetch('{ELSEWHERE}').then(() => 'answered', () => 'refused')"
ASK_FROM_WORKER = f"""() => new Promise((resolve) => {{
    const source = new Blob(["fetch('{ELSEWHERE}').catch(() => postMessage('refused'))"]);
    const worker = new Worker(URL.createObjectURL(source));
    worker.onmessage = ({{ data }}) => resolve(data);
    worker.onerror = () => resolve('worker refused');
}})"""


async def type_with_completion(page: Page) -> None:
    """Type a query, taking the field from the list that pops up."""
    await write(page, QUERY, "query Typed ")
    await page.keyboard.type("{ he")
    proposed = page.locator(".suggest-widget.visible")
    await expect(proposed).to_contain_text("hello")
    await page.keyboard.press("Tab")
    await expect(proposed).to_be_hidden()
    await expect(editor(page, QUERY)).to_contain_text("query Typed { hello")


async def validate_variables(page: Page) -> None:
    """Give a variable a value of another type, and see it marked; then one of its type."""
    await write(page, QUERY, "query Hello($name: String!) { hello(name: $name) }")
    await write(page, VARIABLES, '{"name": 5}')
    marked = editor(page, VARIABLES).locator(".squiggly-error, .squiggly-warning")
    await expect(marked.first).to_be_visible()
    await write(page, VARIABLES, '{"name": "Grace"}')
    await expect(marked).to_have_count(0)


async def use_everything(page: Page, address: str) -> None:
    """Use each part that brings code, styles, a font or a worker of its own."""
    await page.goto(address)
    await expect(page.get_by_label("Stored questions")).to_have_value("greeting")
    await page.get_by_label("Show Documentation Explorer").click()
    await page.get_by_role("link", name="Query", exact=True).click()
    await expect(page.get_by_text("The header that says who asks.")).to_be_visible()
    await type_with_completion(page)
    await validate_variables(page)
    await run(page)
    await expect(answer(page)).to_contain_text("Hello, Grace!")
    await page.get_by_role("button", name="Prettify query").click()
    await expect(editor(page, QUERY).locator(".view-line", has_text="hello(name")).to_have_text(
        "hello(name: $name)"
    )
    await editor(page, QUERY).locator(".view-lines").click()
    await page.keyboard.press("F1")
    await expect(page.locator(".quick-input-widget")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+F")
    await expect(page.locator(".find-widget.visible")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_label("Show History").click()
    await expect(page.get_by_role("button", name="Hello", exact=True)).to_be_visible()
    await page.get_by_label("Open settings dialog").click()
    await page.get_by_role("button", name="Dark").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_the_page_keeps_the_content_policy(opened: OpenPage, toy_site: str) -> None:
    await use_everything(opened.page, f"{toy_site}/graphql")

    # then nothing was refused or missing, and the workers are files of the server
    assert opened.violations == []
    assert opened.complaints == []
    assert {url.removeprefix(f"{toy_site}/web/query/assets/") for url in opened.workers} == WORKERS


async def test_the_page_asks_no_other_host(unguarded: OpenPage, toy_site: str) -> None:
    await use_everything(unguarded.page, f"{toy_site}/graphql")

    assert unguarded.hosts == {urlsplit(toy_site).netloc}
    assert unguarded.complaints == []


async def test_a_breach_of_the_policy_would_be_noticed(opened: OpenPage, toy_site: str) -> None:
    await opened.page.goto(f"{toy_site}/graphql")
    assert await opened.page.evaluate(ASK_ELSEWHERE) == "refused"
    assert await opened.page.evaluate(ASK_FROM_WORKER) == "worker refused"

    assert opened.violations == [f"connect-src: {ELSEWHERE}", "worker-src: blob"]
    assert any("Content Security Policy" in complaint for complaint in opened.complaints)


async def test_asking_another_host_would_be_noticed(unguarded: OpenPage, toy_site: str) -> None:
    # given a page that may ask anybody, and does so
    await unguarded.page.goto(f"{toy_site}/graphql")
    assert await unguarded.page.evaluate(ASK_ELSEWHERE) == "refused"
    assert urlsplit(ELSEWHERE).netloc in unguarded.hosts

    # and when a worker of it does so
    unguarded.hosts.clear()
    assert await unguarded.page.evaluate(ASK_FROM_WORKER) == "refused"
    assert urlsplit(ELSEWHERE).netloc in unguarded.hosts
