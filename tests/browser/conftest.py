"""A real browser and, for the query page alone, a small server with a toy schema.

The pages are served under the content policy of the real server; a page that breaks it says so, and
``OpenPage`` collects what the console, the network and the policy said.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.open_page import OpenPage, open_page
from tests.browser.toy_site import toy_application

# The machine may be busy with the engines of other tests; what does not come in this time never will.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def toy_site() -> Iterator[str]:
    """The address of a server with the toy schema; it stops with the session."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(toy_application(), log_level="warning", ws="websockets-sansio")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started:
            assert thread.is_alive(), "the toy server ended while starting"
            assert time.monotonic() < deadline, "the toy server did not start in 10 s"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; missing, it fails the test (scripts/ensure_tools brings it)."""
    chromium = shutil.which("chromium")
    assert chromium is not None, "chromium is not on the PATH: run scripts/ensure_tools chromium"
    # Chromium refuses to run its sandbox as root, which is who CI is.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
    ]
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=[*sandbox, *quiet])
        yield running
        await running.close()


@pytest_asyncio.fixture
async def opened(browser: Browser) -> AsyncIterator[OpenPage]:
    """An empty page of a desktop computer."""
    async with open_page(browser) as page:
        yield page


@pytest_asyncio.fixture
async def unguarded(browser: Browser) -> AsyncIterator[OpenPage]:
    """The same in a browser that keeps no content policy: nothing stops a page from asking another host."""
    async with open_page(browser, guarded=False) as page:
        yield page
