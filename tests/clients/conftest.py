"""The npm packages that the tests of this folder run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.node_packages import NodePackages


@pytest.fixture(scope="session")
def clients() -> NodePackages:
    """The installed packages and the scripts beside them."""
    packages = NodePackages(Path(__file__).parent)
    packages.install()
    return packages
