"""The sliding window: its edges, how long to wait, and that strangers cannot fill it."""

from __future__ import annotations

import pytest

from graph_api.limits import window
from graph_api.limits.window import SlidingWindow


class Clock:
    """A clock that stands until it is put forward."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def hits(counted: SlidingWindow, client: str, times: int) -> int:
    return sum(counted.hit(client) for _ in range(times))


def test_each_client_may_so_often_in_a_window() -> None:
    counted = SlidingWindow(3, 10, Clock(100))

    assert hits(counted, "one", 5) == 3
    assert hits(counted, "other", 2) == 2


def test_the_window_before_counts_by_what_is_left_of_it() -> None:
    clock = Clock(100)
    counted = SlidingWindow(10, 10, clock)
    hits(counted, "one", 10)

    clock.now = 115  # Half of the window before is left: 5 of its 10.

    assert hits(counted, "one", 10) == 5


@pytest.mark.parametrize("later", [120, 500])
def test_what_is_two_windows_old_counts_no_more(later: float) -> None:
    clock = Clock(100)
    counted = SlidingWindow(4, 10, clock)
    hits(counted, "one", 4)

    clock.now = later

    assert hits(counted, "one", 5) == 4


@pytest.mark.parametrize("begun", [100, 103.5, 109.9])
@pytest.mark.parametrize("amount", [1, 7])
def test_whoever_waits_as_long_as_it_says_is_let_through(begun: float, amount: int) -> None:
    clock = Clock(begun)
    counted = SlidingWindow(amount, 10, clock)
    hits(counted, "one", amount)
    clock.now += 5
    hits(counted, "one", amount)

    wait = counted.wait("one")
    clock.now += wait - 0.01
    too_early = counted.hit("one")
    clock.now += 0.02

    assert wait > 0
    assert not too_early
    assert counted.hit("one")


def test_who_did_nothing_does_not_wait() -> None:
    assert SlidingWindow(1, 10, Clock(100)).wait("one") == 0


def test_more_clients_than_it_holds_push_out_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "MAX_CLIENTS", 2)
    counted = SlidingWindow(1, 10, Clock(100))

    assert [counted.hit(client) for client in ("one", "two", "two", "three", "two", "one")] == [
        *(True, True, False, True, False, True)
    ]
