"""What is kept by version is made once, forgotten in order, and never kept without a version."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from graph_api.changes.kept import KeptByVersion


@dataclass
class Maker:
    """Makes a name for each call, after a moment; fails while it is told to."""

    made: list[str] = field(default_factory=list)
    fails: bool = False

    async def make(self) -> str:
        await asyncio.sleep(0)
        if self.fails:
            raise RuntimeError("not now")
        self.made.append(f"thing {len(self.made)}")
        return self.made[-1]


async def test_what_several_ask_for_at_once_is_made_once() -> None:
    kept, maker = KeptByVersion[str](2), Maker()

    found = await asyncio.gather(*(kept.get(1, "PUBLIC", maker.make) for _ in range(3)))

    assert found == ["thing 0"] * 3


async def test_what_was_not_asked_for_longest_is_forgotten() -> None:
    kept, maker = KeptByVersion[str](2), Maker()
    for version in (1, 2, 1, 3):
        await kept.get(version, "PUBLIC", maker.make)

    assert await kept.get(1, "PUBLIC", maker.make) == "thing 0"
    assert await kept.get(2, "PUBLIC", maker.make) == "thing 3"


async def test_roles_have_things_of_their_own() -> None:
    kept, maker = KeptByVersion[str](2), Maker()

    assert await kept.get(1, "PUBLIC", maker.make) != await kept.get(1, "CSU", maker.make)


async def test_nothing_is_kept_without_a_version() -> None:
    kept, maker = KeptByVersion[str](2), Maker()

    assert await kept.get(None, "PUBLIC", maker.make) != await kept.get(None, "PUBLIC", maker.make)


async def test_a_failure_is_not_kept() -> None:
    kept, maker = KeptByVersion[str](2), Maker(fails=True)
    with pytest.raises(RuntimeError):
        await kept.get(1, "PUBLIC", maker.make)

    maker.fails = False
    assert await kept.get(1, "PUBLIC", maker.make) == "thing 0"
