from __future__ import annotations

from graph_api.plan.redirects import NO_REDIRECTS, Redirects


def test_chains_lead_to_their_ends() -> None:
    found = Redirects.of([("A:a", "b"), ("A:b", "c"), ("A:c", "d"), ("B:a", "x")])

    assert [found.key("A", key) for key in ("a", "b", "c", "d")] == ["d", "d", "d", "d"]
    assert found.key("B", "a") == "x"
    assert found.key("C", "a") == "a"


def test_circles_lead_nowhere() -> None:
    found = Redirects.of([("A:a", "b"), ("A:b", "a"), ("A:c", "a"), ("A:d", "d"), ("A:e", "f")])

    assert [found.key("A", key) for key in ("a", "b", "c", "d", "e")] == ["a", "b", "c", "d", "f"]


def test_keys_with_colons_are_keys() -> None:
    assert Redirects.of([("A:x:1", "y:2")]).key("A", "x:1") == "y:2"


def test_lists_are_followed_in_their_order() -> None:
    found = Redirects.of([("A:a", "b")])

    assert found.follow("A", ["a", "z", "b"]) == ["b", "z", "b"]
    assert found.follow("A", None) is None


def test_a_key_of_several_kinds_can_mean_several_now() -> None:
    found = Redirects.of([("A:a", "b")])

    assert found.candidates(("A", "B"), "a") == ["b", "a"]
    assert found.candidates(("A",), "a") == ["b"]
    assert found.moved(("A", "B"), "a") == ("A",)
    assert found.moved(("A", "B"), ["z", "a"]) == ("A",)
    assert found.moved(("B",), "a") == ()


def test_there_are_none_unless_some_lead_somewhere() -> None:
    assert not NO_REDIRECTS
    assert not Redirects.of([("A:a", "a")])
    assert Redirects.of([("A:a", "b")])
