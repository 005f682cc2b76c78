"""Values: each type takes what it can hold and says why it refuses the rest."""

from __future__ import annotations

from datetime import date

import pytest

from graph_api.imports.records import Raw
from graph_api.imports.values import UnusableValueError, check_key, stored
from graph_api.values import Value
from tests.imports.library_domain import Binding, library

BOOK = library.node("Book")


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("pages", "12", {"pages": 12}),
        ("pages", -3, {"pages": -3}),
        ("weight", "0.5", {"weight": 0.5}),
        ("lent", "true", {"lent": True}),
        ("lent", False, {"lent": False}),
        ("bought", "2024-02-29", {"bought": date(2024, 2, 29)}),
        ("binding", "CLOTH", {"binding": "CLOTH"}),
        ("binding", Binding.PAPER, {"binding": "PAPER"}),
        ("tags", "red ; old", {"tags": ["red", "old"]}),
        ("tags", None, {"tags": []}),
        ("name", "Été", {"name": "Été", "name_folded": "ete"}),
        (
            "printed",
            "2023-06",
            {
                "printed": "2023-06",
                "printed_first_day": date(2023, 6, 1),
                "printed_last_day": date(2023, 6, 30),
            },
        ),
        ("printed", "", {"printed": None, "printed_first_day": None, "printed_last_day": None}),
        ("pages", None, {"pages": None}),
    ],
)
def test_what_is_stored(name: str, raw: Raw, expected: dict[str, Value]) -> None:
    assert stored(BOOK.property_named(name), raw) == expected


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("pages", "1.5", "a whole number is expected"),
        ("pages", "١٢", "a whole number is expected"),
        ("pages", True, "a whole number is expected"),
        ("pages", "2147483648", "the number has more than 32 bits"),
        ("weight", "heavy", "a number is expected"),
        ("weight", "nan", "a number is expected"),
        ("weight", "inf", "a number is expected"),
        ("lent", "yes", "true or false is expected"),
        ("lent", 1, "true or false is expected"),
        ("bought", "2024-02", "the date has to name a day"),
        ("bought", "2024-02-30", "'2024-02-30' is not a date: day is out of range for month."),
        ("printed", "June 2023", "'June 2023' is not a date. Write 2023, 2023-06 or 2023-06-15."),
        ("binding", "cloth", "expected one of CLOTH, PAPER"),
        ("tags", "red ;  ; old", "a text of the list is empty"),
        ("name", "", "a value is required"),
        ("name", 7, "a text is expected"),
    ],
)
def test_what_is_refused(name: str, raw: Raw, reason: str) -> None:
    with pytest.raises(UnusableValueError) as refused:
        stored(BOOK.property_named(name), raw)
    assert str(refused.value) == reason


@pytest.mark.parametrize("key", ["A", "NET4U-AFRICA", "unodc-org-1a2b3c4d", "DRUGS_CORRUPTION", "x" * 120])
def test_keys_that_may_be(key: str) -> None:
    assert check_key(key) == key


@pytest.mark.parametrize("key", ["", " A", "A|B", "A;B", "A B", "-A", "É", "x" * 121, "A\n", "Kind:A"])
def test_keys_that_may_not_be(key: str) -> None:
    with pytest.raises(UnusableValueError):
        check_key(key)
