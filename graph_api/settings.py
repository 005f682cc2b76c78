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


class Auth(StrEnum):
    """How viewers prove who they are: not at all, by keys of this server, or by tokens of an issuer."""

    OPEN = "open"
    KEYS = "keys"
    OIDC = "oidc"


class LogFormat(StrEnum):
    """How the log is written: lines for people, or an object a line for machines."""

    TEXT = "text"
    JSON = "json"


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
    import_formats: str = "seeds:import_formats"
    commands: str = "schema.commands:commands"
    identity: str = "schema.identity:identity"
    coverage: str = "schema.coverage:coverage"
    findings: str = "schema.health:findings"
    measured: str = "schema.measured:measured"
    own_fields: str = "schema.own_fields:own_fields"
    docs: Path = Path("docs")
    statement_seconds: float = 30.0
    pool_size: int = 50
    heap: str = "1g"
    mode: Mode = Mode.DEVELOPMENT
    workers: int = Field(1, ge=1, le=64)
    shutdown_seconds: float = Field(30.0, gt=0)
    version_seconds: float = Field(1.0, gt=0)

    key: str = Field("", repr=False)
    auth: Auth = Auth.OPEN
    anonymous: bool = True
    oidc_issuer: str = ""
    oidc_audience: str = ""
    oidc_jwks: str = ""
    oidc_role_claim: str = "roles"
    oidc_roles: dict[str, str] = {}

    introspection: bool | None = None
    query_page: bool | None = None
    documents: Path | None = None
    documents_only: bool = False
    cache_megabytes: int = Field(64, ge=0)
    cors_origins: list[str] = []
    trusted_proxies: str = ""

    max_header_bytes: int = Field(65_536, ge=1)
    header_seconds: float = Field(30.0, gt=0)
    max_body_bytes: int = Field(1_000_000, ge=1)
    import_megabytes: int = Field(100, ge=1)
    import_rows: int = Field(1_000_000, ge=1)
    import_hours: float = Field(24.0, gt=0)
    max_tokens: int = Field(10_000, ge=1)
    max_depth: int = Field(16, ge=1)
    max_aliases: int = Field(30, ge=0)
    max_directives: int = Field(30, ge=0)
    max_root_fields: int = Field(10, ge=1)
    max_repeats: int = Field(10, ge=1)
    max_batch: int = Field(5, ge=1)
    max_page: int = Field(1000, ge=1)
    max_cost: int = Field(1_000_000, ge=1)
    max_concurrent: int = Field(100, ge=1)
    max_connections: int = Field(2000, ge=1)
    max_subscriptions: int = Field(50, ge=1)
    request_seconds: float = Field(60.0, gt=0)
    measure_seconds: float = Field(50.0, gt=0)
    max_exports: int = Field(4, ge=1)
    max_export_rows: int = Field(100_000, ge=1)
    export_seconds: float = Field(300.0, gt=0)
    rate: str = ""
    rate_storage: str = ""

    log_format: LogFormat = LogFormat.TEXT
    slow_seconds: float = Field(1.0, gt=0)
    metrics: bool = True
    traces: str = ""


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
