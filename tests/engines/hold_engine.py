"""A program for tests: keeps an engine running until it is told to stop or killed.

    python hold_engine.py DIRECTORY

It prints the engine's process id when it answers, and "closed" after an orderly end.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from graph_api.engine.embedded import EmbeddedStore


async def hold(directory: Path) -> None:
    """Start, say so, wait for ever, close."""
    store = await EmbeddedStore.start(directory)
    try:
        print(store.engine.pid, flush=True)
        await asyncio.Event().wait()
    finally:
        await store.close()
        print("closed", flush=True)


if __name__ == "__main__":
    asyncio.run(hold(Path(sys.argv[1])))
