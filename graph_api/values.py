"""The values that pass between the stages and the database."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | date | list["Value"] | dict[str, "Value"] | None
