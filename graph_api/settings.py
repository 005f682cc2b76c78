"""The settings of a process, from the environment (``NET4U_PORT`` and so on) and the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph_api.errors import InvalidSettingError

PREFIX = "NET4U_"
DEFAULT_PORT = 8000


class Mode(StrEnum):
    """What a server tells about itself: everything to its developer, or only answers to the public."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Everything that can be set; unknown variables with the prefix are refused by ``settings_from``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(DEFAULT_PORT, ge=1, le=65535)
    data: Path = Path("data")
    database: str = ""
    demo: bool = True
    ontology: str = "schema:ontology"
    seeds: str = "seeds:catalogue"
    questions: str = "schema:questions"
    docs: Path = Path("docs")
    statement_seconds: float = 30.0
    pool_size: int = 50
    heap: str = "512m"
    mode: Mode = Mode.DEVELOPMENT


def settings_from(given: Mapping[str, object]) -> Settings:
    """The settings with what was given on the command line in front; nothing given is no setting.

    Raises ``InvalidSettingError`` naming the setting whose value cannot be used, or the variable of the
    environment that sets nothing: a typing error in its name must not go unseen.
    """
    for variable in os.environ:
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX).lower() not in Settings.model_fields:
            known = ", ".join(PREFIX + name.upper() for name in Settings.model_fields)
            raise InvalidSettingError(
                f"The variable {variable} sets nothing.", remedy=f"There are: {known}.", setting=variable
            )
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as problem:
        first = problem.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InvalidSettingError(
            f"The setting {name} has the value {first['input']!r}: {first['msg']}.", setting=name
        ) from problem
