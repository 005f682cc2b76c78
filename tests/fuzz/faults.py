"""What a database should never give: wrong values for every place in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import TypeAlias, cast

from graph_api.ontology.model import ScalarType

Row: TypeAlias = list[object]
Wrong: TypeAlias = Callable[[Random, object], object]
"""Makes the wrong value from the right one."""

NAN = float("nan")
INFINITE = float("inf")
_SCALARS: Mapping[ScalarType, tuple[object, ...]] = {
    ScalarType.STRING: (5, 2.5, True, NAN, ["a"], {"a": 1}, date(2020, 1, 1), b"a"),
    ScalarType.INT: (2**31, -(2**31) - 1, "7", "x", "", 3.0, 3.5, 1e300, NAN, INFINITE, True, [1]),
    ScalarType.FLOAT: (NAN, INFINITE, -INFINITE, 3, 10**400, "1.5", "x", "", True, [1.5]),
    ScalarType.BOOLEAN: (0, 1, 2, 1.0, NAN, "true", "", []),
    ScalarType.DATE: ("2020-01-01", datetime(2020, 1, 1), 20200101, True, ["2020-01-01"]),
    ScalarType.PARTIAL_DATE: ("2020-13", "2020-02-30", "20", "", "none", "0000", 2020, date(2020, 1, 1), []),
    ScalarType.ENUM: ("NO_SUCH_VALUE", "", 0, True, NAN, [], {}),
    ScalarType.STRINGS: (None, "abc", 5, ["a", 5], ["a", None], [["a"]], {"a": 1}, ("a", "b"), True),
}
"""GraphQL converts some of these, and refuses the others."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a row that something wrong can be put into."""

    holder: Row
    index: int
    wrong: Wrong
    judged: bool = False
    """Whether graphql-core judges what stands there. Anything else spoils a whole root field."""

    def spoil(self, rng: Random) -> None:
        """Put something wrong there."""
        self.holder[self.index] = self.wrong(rng, self.holder[self.index])


def one_of(*values: object) -> Wrong:
    """Any of these, whatever is right."""
    return lambda rng, _right: rng.choice(values)


def scalar(type_: ScalarType, *, required: bool) -> Wrong:
    """A value that no property of the type holds; nothing at all, where there has to be something."""
    return one_of(*_SCALARS[type_], *((None, None) if required else ()))


def row(rng: Random, right: object) -> object:
    """No row, or one with too little or too much in it."""
    values = cast(Row, right)
    return rng.choice((None, None, [], 5, "row", {"a": 1}, values[:-1], [*values, 1]))


TAG = one_of("NoSuchKind", "Node", None, 5, [], "")
LIST = one_of(None, 5, "", "rows", {}, [None], [5])
TOTAL = one_of(None, "x", "7", 2**31, 1.5, 3.0, True, [])
CURSOR = one_of(None, 5, "key", {"a": 1}, [b"a"], [{1}])
UNKNOWN_KEYS = one_of(["UNKNOWN"], ["UNKNOWN", "ALSO UNKNOWN"])
