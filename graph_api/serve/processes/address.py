"""Where the server of a data directory is, so that commands beside it can ask it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import cast

from graph_api.settings import Settings

ADDRESS_FILE = "server.json"
"""In the data directory while a server runs on it."""


@contextlib.contextmanager
def address_file(settings: Settings, address: str) -> Iterator[None]:
    """Leave the address for as long as the block lasts, where the engine is an embedded one."""
    if settings.database:
        yield
        return
    file = settings.data / ADDRESS_FILE
    file.write_text(json.dumps({"address": address, "pid": os.getpid()}), encoding="utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def running_server(settings: Settings) -> str | None:
    """The address of the server that runs on the data directory, as it left it; nothing when none did."""
    try:
        found = cast(
            "Mapping[str, object]", json.loads((settings.data / ADDRESS_FILE).read_text(encoding="utf-8"))
        )
        os.kill(cast(int, found["pid"]), 0)
    except (OSError, ValueError, KeyError):
        return None
    return str(found["address"])
