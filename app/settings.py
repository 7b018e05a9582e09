"""What the operator may set, read from the environment in this one place."""

import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.core import rates
from app.core.rates import Rate
from app.errors import SettingsError

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["text", "json"]
_ORIGIN = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::[0-9]{1,5})?")
_DRIVER = "postgresql+psycopg"
_ACCEPTED = {
    "DATABASE_URL": "use sqlite:///path/to/file.db or postgresql://user:password@host:port/name",
    "HOST": "use an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0",
    "PORT": "use a whole number from 1 to 65535",
    "CORS_ORIGINS": "use * or origins separated by commas, such as https://example.org,http://localhost:5173",
    "EMBED_ORIGINS": "use *, none, or origins separated by commas, such as https://example.org,https://*.example.org",
    "LOG_LEVEL": "use DEBUG, INFO, WARNING or ERROR",
    "LOG_FORMAT": "use text or json",
    "RATE_LIMIT": f"use {rates.ACCEPTED}",
    "WRITE_RATE_LIMIT": f"use {rates.ACCEPTED}",
    "TRUSTED_PROXIES": "use addresses or networks separated by commas, such as 10.0.0.7,192.168.0.0/16, or * for all",
    "READS_NEED_TOKEN": "use true or false",
    "QUOTE_CHARS": "use a whole number from 40 to 10000",
    "MAX_BODY_BYTES": "use a whole number from 1024 to 1073741824",
    "WORKERS_IN_API": "use true or false",
    "IDEMPOTENCY_HOURS": "use a whole number from 1 to 8760",
}


class Settings(BaseSettings):
    """Every setting with its default; each is read from the environment variable of its name in capitals."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", case_sensitive=False, env_ignore_empty=True, hide_input_in_errors=True
    )

    database_url: str = Field(
        default="sqlite:///demarche.db", description="The store: a SQLite file or a PostgreSQL database."
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="The address the API listens on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port the API listens on.")
    cors_origins: str = Field(
        default="*", description="Origins whose pages may read the API, separated by commas; * is all."
    )
    embed_origins: str = Field(
        default="*", description="Origins whose pages may frame /embed, separated by commas; * is all, none is nobody."
    )
    log_level: LogLevel = Field(default="INFO", description="How much is logged.")
    log_format: LogFormat = Field(default="text", description="What a line of the log is: text, or json for programs.")
    rate_limit: str = Field(
        default="", description="How often one client may read, such as 600/minute; empty is as often as it likes."
    )
    write_rate_limit: str = Field(default="", description="How often one client may send what is no read.")
    trusted_proxies: str = Field(
        default="", description="The proxies whose X-Forwarded-For is believed, separated by commas; * is all."
    )
    reads_need_token: bool = Field(default=False, description="Whether reading takes a token as well.")
    quote_chars: int = Field(
        default=500, ge=40, le=10_000, description="How long a quoted sentence may be, in characters."
    )

    max_body_bytes: int = Field(
        default=32 * 1024 * 1024, ge=1024, le=2**30, description="How large a request with articles may be."
    )
    workers_in_api: bool = Field(
        default=True, description="Whether the server reads articles that wait; else `demarche worker` does."
    )
    idempotency_hours: int = Field(
        default=24, ge=1, le=8760, description="How long answers to requests with an Idempotency-Key are kept."
    )

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if scheme in {"postgres", "postgresql", _DRIVER} and rest:
            return f"{_DRIVER}://{rest}"
        if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
            return value
        raise ValueError(f"neither SQLite nor PostgreSQL: {scheme}{separator}")

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        parts = [part.strip().rstrip("/") for part in value.split(",")]
        if parts != ["*"] and not all(part.startswith(("http://", "https://")) for part in parts):
            raise ValueError("not a list of origins")
        return ",".join(parts)

    @field_validator("embed_origins")
    @classmethod
    def _framing(cls, value: str) -> str:
        parts = [part.strip().rstrip("/") for part in value.split(",")]
        if parts not in (["*"], ["none"]) and not all(map(_ORIGIN.fullmatch, parts)):
            raise ValueError("not a list of origins")
        return ",".join(parts)

    @field_validator("rate_limit", "write_rate_limit")
    @classmethod
    def _a_rate(cls, value: str) -> str:
        if value.strip():
            rates.parse(value)
        return value.strip()

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if parts != ["*"]:
            for part in parts:
                ip_network(part)
        return ",".join(parts)

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def rates(self) -> tuple[Rate | None, Rate | None]:
        """How often one client may read, and how often do anything else; None for as often as it likes."""
        read, write = (rates.parse(text) if text else None for text in (self.rate_limit, self.write_rate_limit))
        return read, write

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that may read the API from a browser."""
        return tuple(self.cors_origins.split(","))

    @property
    def frame_ancestors(self) -> tuple[str, ...]:
        """The origins whose pages may show the timeline in a frame; nothing for nobody."""
        return () if self.embed_origins == "none" else tuple(self.embed_origins.split(","))

    @classmethod
    def read(cls) -> Self:
        """The settings that the environment gives; raises SettingsError for the first value that cannot be used."""
        try:
            return cls()
        except ValidationError as error:
            raise _refusal(error, os.environ) from error


def _refusal(error: ValidationError, environment: Mapping[str, str]) -> SettingsError:
    name = str(error.errors()[0]["loc"][0]).upper()
    given = {key.upper(): value for key, value in environment.items()}
    return SettingsError(name, _without_password(given.get(name, "")), _ACCEPTED[name])


def _without_password(value: str) -> str:
    return re.sub(r"(?<=://)([^/@:]*):[^@]*@", r"\1:***@", value)
