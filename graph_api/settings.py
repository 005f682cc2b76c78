"""The settings of a process, from the environment (``NET4U_PORT`` and so on) and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph_api.errors import InvalidSettingError

PREFIX = "NET4U_"
DEFAULT_PORT = 8000


class Settings(BaseSettings):
    """Everything that can be set; unknown variables with the prefix are refused by ``settings_from``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
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


def settings_from(given: Mapping[str, object]) -> Settings:
    """The settings with what was given on the command line in front; nothing given is no setting.

    Raises ``InvalidSettingError`` naming the setting whose value cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as problem:
        first = problem.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InvalidSettingError(
            f"The setting {name} has the value {first['input']!r}: {first['msg']}.", setting=name
        ) from problem
