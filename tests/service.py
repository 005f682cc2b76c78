"""One real server on the seeds for all tests that only ask it: started once, on the embedded engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import Server, serving


@pytest.fixture(scope="session")
def seeded_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of ``service``."""
    return tmp_path_factory.mktemp("service") / "data"


@pytest.fixture(scope="session")
def service(seeded_directory: Path) -> Iterator[Server]:
    """A server that loaded the seeds into an empty directory. Tests leave it as it is."""
    with serving("--data", seeded_directory) as server:
        server.wait_until_ready()
        yield server
