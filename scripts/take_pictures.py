"""Takes the pictures of the documentation from a real server on the seeds: python -m scripts.take_pictures

It starts a server of its own on a directory that is thrown away, and needs Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from tests.programs import ROOT, serving

PICTURES = ROOT / "docs" / "pictures"
SIZE = ViewportSize(width=1280, height=800)
LARGEST_BYTES = 200_000


def landing(page: Page, address: str, file: Path) -> None:
    """The landing page."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.screenshot(path=file)


def query_page(page: Page, address: str, file: Path) -> None:
    """The query page with the answer to the first question."""
    page.goto(f"{address}graphql#members-covering")
    expect(page.get_by_label("Stored questions")).to_have_value("members-covering")
    page.get_by_role("button", name=re.compile("Execute query")).click()
    expect(page.locator(".graphiql-response")).to_contain_text("Demo ")
    page.mouse.move(0, 0)
    page.screenshot(path=file)


def take(address: str, chromium: str) -> Sequence[Path]:
    """Take all pictures of the server at this address."""
    files = {PICTURES / "landing.png": landing, PICTURES / "query-page.png": query_page}
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for file, shoot in files.items():
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            shoot(page, address, file)
            page.close()
        browser.close()
    return list(files)


def main() -> int:
    """Take the pictures, make them small, and say how large they are; returns the exit code."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium is not on the PATH: run scripts/ensure_tools chromium.", file=sys.stderr)
        return 69
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, serving("--data", Path(directory) / "data") as server:
        server.wait_until_ready()
        files = take(server.address, chromium)
    pngquant = shutil.which("pngquant")
    for file in files:
        if pngquant is not None:
            subprocess.run([pngquant, "--force", "--strip", "--ext", ".png", str(file)], check=True)
        size = file.stat().st_size
        print(f"{file.relative_to(ROOT)}: {size:,} bytes")
        if size > LARGEST_BYTES:
            print(f"{file.name} is larger than {LARGEST_BYTES:,} bytes.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
