"""What every test folder may use, and what running in several processes asks of all tests."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Generator

import pytest

pytest_plugins = ["tests.engine_fixtures", "tests.toy.fixtures", "tests.seeded", "tests.service"]


def pytest_configure() -> None:
    # Processes that run tests are started to ignore Ctrl-C, and would hand that down to what tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Of tests with one name, the processes would run one alone.
    twice = [name for name, count in Counter(item.nodeid for item in items).items() if count > 1]
    if twice:
        raise pytest.UsageError(f"Several tests have one name: {', '.join(twice[:3])}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    # What a process reports to the first one has to be Unicode, and what tests print is not always.
    report = yield
    report.sections = [
        (name, text.encode(errors="backslashreplace").decode()) for name, text in report.sections
    ]
    return report
