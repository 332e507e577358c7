"""Configuration, read from the environment. README lists every variable in one table."""

import os
import secrets
from email.utils import parseaddr
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from models.addresses import is_safe_address

MIN_SECRET_BYTES = 32
"""HMAC keys below the length of their hash can be searched."""


class Settings(BaseSettings):
    """What a site may decide. Every field is `CONVENE_<NAME>`; host and port are also read as HOST and PORT."""

    model_config = SettingsConfigDict(
        env_prefix="CONVENE_", extra="ignore", frozen=True, populate_by_name=True
    )

    host: str = Field("127.0.0.1", validation_alias=AliasChoices("CONVENE_HOST", "HOST", "host"))
    port: int = Field(8000, ge=0, le=65535, validation_alias=AliasChoices("CONVENE_PORT", "PORT", "port"))
    data_dir: Path = Field(Path("data"), description="Folder for the SQLite file and the generated secret.")
    database_url: str | None = Field(
        None, description="SQLAlchemy URL; an SQLite file in the data folder if unset."
    )
    redis_url: str | None = Field(
        None, description="Redis 7, by which several workers hear each other; none needed for one."
    )
    secret_key: str | None = Field(
        None, description="At least 32 bytes; signs tokens. Made and kept if unset."
    )
    public_url: str | None = Field(
        None, description="Address people reach the site at, for links and origin checks."
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Further origins, comma separated, that may use the API and the sockets from a browser.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses of proxies, comma separated, whose X-Forwarded-For is believed."
    )
    smtp_url: str | None = Field(None, description="Where mail is handed in; none is sent if unset.")
    mail_from: str | None = Field(None, description="The sender of mail.")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"
    registration: Literal["open", "closed"] = Field(
        "open", description="Whether strangers may make an account."
    )

    oidc_issuer: str | None = Field(
        None,
        description="OpenID Connect: the address of the site where people may sign in, exactly as it says itself.",
    )
    oidc_client_id: str | None = Field(None, description="What this site is called there.")
    oidc_client_secret: str | None = Field(
        None, repr=False, description="What this site shows there; none if it is a public client."
    )
    oidc_name: str = Field(
        "OpenID Connect", min_length=1, max_length=40, description="What people call it, for the button."
    )

    access_token_ttl_s: int = Field(900, ge=5, le=86_400)
    refresh_token_ttl_s: int = Field(30 * 86_400, ge=60)
    participant_token_ttl_s: int = Field(86_400, ge=60)
    password_concurrency: int = Field(
        2, ge=1, le=64, description="Argon2 runs at once; each takes about 64 MiB."
    )

    presence_grace_s: float = Field(
        15.0, ge=0, le=600, description="How long a lost link is not yet a leave."
    )
    waiting_grace_s: float = Field(
        60.0,
        ge=0,
        le=3_600,
        description="How long a place without a socket is kept: in the waiting room, or taken over REST.",
    )
    replay_limit: int = Field(
        300, ge=0, le=10_000, description="Missed events above which a client gets the state."
    )
    roster_limit: int = Field(
        200, ge=1, le=1_000, description="People in a room up to whom everybody is sent the names of all."
    )
    log_poll_s: float = Field(
        0.5, gt=0, le=10, description="How often a worker looks into the log of its rooms."
    )
    ping_interval_s: float = Field(20.0, gt=0, le=120)
    ping_timeout_s: float = Field(15.0, gt=0, le=120)
    max_message_bytes: int = Field(
        262_144, ge=1_024, le=16_777_216, description="Largest socket message or REST body."
    )
    max_sockets_per_address: int = Field(2_000, ge=1)
    hourly_limits: Literal["on", "off"] = Field(
        "on", description="Whether the hourly limits of the tenants are kept: requests, sessions, enrolments."
    )
    commands_per_second: int = Field(
        50, ge=1, description="Commands one socket, and requests one person, may send each second, over time."
    )
    chat_group_limit: int = Field(
        256,
        ge=1,
        le=1_000,
        description="Messages committed together at most; 1 gives each its own transaction.",
    )
    chat_queue_limit: int = Field(
        4_096, ge=1, description="Messages that may wait for their commit before more are refused."
    )
    connect_within_s: float = Field(
        15.0, gt=0, le=120, description="How soon after it opened a socket must show a token."
    )
    failed_sign_ins_per_minute: int = Field(
        20, ge=1, description="Failed sign-ins per address, and per account, each minute."
    )
    passwords_per_minute: int = Field(
        60, ge=1, description="Passwords, right or wrong, that are looked at for one account each minute."
    )
    registrations_per_minute: int = Field(120, ge=1, description="New accounts per address and minute.")
    taken_addresses_per_hour: int = Field(
        10,
        ge=1,
        description="Without mail: registrations with an e-mail address that is taken, per address each hour.",
    )
    guest_joins_per_minute: int = Field(300, ge=1, description="Guests that may join per address and minute.")
    wrong_codes_per_minute: int = Field(
        30, ge=1, description="Wrong session codes an address may try per minute."
    )

    account_mails_per_hour: int = Field(
        5, ge=1, description="Mails that may be asked for by one account, and for one address, each hour."
    )
    mail_requests_per_minute: int = Field(
        30, ge=1, description="Mails about accounts that may be asked for from one address each minute."
    )

    @field_validator("oidc_issuer")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if value is not None and not is_safe_address(value):
            raise ValueError("must begin with https://")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_url(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("smtp://", "smtps://")):
            raise ValueError("must begin with smtp:// or smtps://")
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str | None) -> str | None:
        if value is not None and (
            any(ord(char) < ord(" ") for char in value) or "@" not in parseaddr(value)[1]
        ):
            raise ValueError("must be an address, such as Convene <convene@example.org>")
        return value

    @field_validator("allowed_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str | None) -> str | None:
        if value is not None and len(value.encode()) < MIN_SECRET_BYTES:
            raise ValueError(
                f"must be at least {MIN_SECRET_BYTES} bytes; leave it unset to have one made and kept"
            )
        return value

    @cached_property
    def database(self) -> str:
        """The SQLAlchemy URL with an asynchronous driver."""
        url = self.database_url or f"sqlite:///{self.data_dir / 'convene.db'}"
        for plain, driver in (
            ("sqlite://", "sqlite+aiosqlite://"),
            ("postgresql://", "postgresql+asyncpg://"),
        ):
            url = url.replace(plain, driver, 1) if url.startswith(plain) else url
        return (
            url.replace("postgres://", "postgresql+asyncpg://", 1) if url.startswith("postgres://") else url
        )

    @cached_property
    def signing_key(self) -> bytes:
        """The secret that signs tokens: configured, or made once and kept in the data folder, readable by us alone."""
        if self.secret_key is not None:
            return self.secret_key.encode()
        return _kept_secret(self.data_dir / "secret_key")


def _kept_secret(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole under a name of its own and linked into place: two processes that start together agree on one.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    kept = path.read_text().strip().encode()
    if len(kept) < MIN_SECRET_BYTES:
        raise ValueError(f"the secret in {path.name} is too short; delete the file to have a new one made")
    return kept
