"""Why a command of the command line cannot go on, in a sentence that says what to do. Never a traceback."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from pydantic import ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from models.errors import Unavailable
from models.migrations import UnknownRevision
from models.settings import MIN_SECRET_BYTES, Settings

DATABASE_FORMS = "sqlite:///folder/convene.db or postgresql://user:password@host/database"
DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg"}


class Refusal(Exception):
    """A sentence for the person at the terminal."""


def load_settings(**given: Any) -> Settings:
    """The configuration, with what the command line gives before what the environment gives. Raises Refusal."""
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise Refusal("\n".join(_settings_faults(error))) from error
    check_database_url(settings)
    check_addresses(settings)
    return settings


def check_addresses(settings: Settings) -> None:
    """Raises Refusal unless proxies are addresses or networks, and origins begin with a scheme and name a host."""
    for proxy in settings.trusted_proxies:
        try:
            ip_network(proxy, strict=False)
        except ValueError as error:
            raise Refusal(
                f"CONVENE_TRUSTED_PROXIES names {proxy}. Give addresses or networks, such as 10.0.0.0/8."
            ) from error
    origins = [("CONVENE_ALLOWED_ORIGINS", origin) for origin in settings.allowed_origins]
    for variable, origin in [*origins, ("CONVENE_PUBLIC_URL", settings.public_url)]:
        parts = urlsplit(origin or "http://unset")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refusal(f"{variable} names {origin}. Give it in full, such as https://meet.example.org.")


def check_database_url(settings: Settings) -> None:
    """Raises Refusal unless the address is one of a file or of PostgreSQL."""
    try:
        url = make_url(settings.database)
        driver = url.get_driver_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise Refusal(f"CONVENE_DATABASE_URL cannot be understood. Give it as {DATABASE_FORMS}.") from error
    backend = url.get_backend_name()
    if backend not in DRIVERS:
        raise Refusal(f"Convene cannot use a database of the kind {backend}. Give {DATABASE_FORMS}.")
    if driver != DRIVERS[backend]:
        raise Refusal(
            f"CONVENE_DATABASE_URL names the driver {driver}. Leave it out: {backend}://… is enough."
        )
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise Refusal(f"CONVENE_DATABASE_URL names no file. Give {DATABASE_FORMS}.")


def check_secret(settings: Settings) -> None:
    """Raises Refusal unless there is a secret to sign with; makes it where none is configured and none was made."""
    try:
        if len(settings.signing_key) >= MIN_SECRET_BYTES:
            return
    except OSError as error:
        raise Refusal(explain_folder_fault(settings, error)) from error
    except ValueError as error:
        raise Refusal(f"In {settings.data_dir}: {error}.") from error


def explain_folder_fault(settings: Settings, error: OSError) -> str:
    """Why the data folder cannot be used, and what to do."""
    return (
        f"The data folder {settings.data_dir.absolute()} cannot be used ({_reason(error)}). "
        "Let this user write to it, or name another in CONVENE_DATA_DIR."
    )


@contextmanager
def database_faults_as_refusals(settings: Settings) -> Iterator[None]:
    """Says of every way in which a database can fail to be there what to do about it."""
    try:
        yield
    except UnknownRevision as error:
        raise Refusal(
            f"The database was brought to revision {error} by a newer Convene. Run that version, or restore a backup."
        ) from error
    except (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, Unavailable) as error:
        raise Refusal(explain_database_fault(settings, error)) from error


def explain_database_fault(settings: Settings, error: BaseException) -> str:
    """What is wrong with the database, and where to look."""
    url = make_url(settings.database)
    cause = _root(error)
    if url.get_backend_name() == "sqlite":
        if "locked" in str(cause):
            return f"Another process keeps {url.database} busy. Wait for it to finish, then try again."
        return f"{url.database} cannot be opened ({_reason(cause)}). May this user write to its folder?"
    where = f"{url.host or 'localhost'}:{url.port or 5432}"
    if isinstance(cause, asyncpg.InvalidAuthorizationSpecificationError):
        return f"PostgreSQL at {where} refuses user and password. Check CONVENE_DATABASE_URL."
    if isinstance(cause, asyncpg.InvalidCatalogNameError):
        return f"PostgreSQL at {where} has no database {url.database}. Create it: createdb {url.database}"
    if isinstance(cause, asyncpg.InsufficientPrivilegeError):
        return f"PostgreSQL at {where} does not let this user change the schema: {_reason(cause)}."
    return (
        f"PostgreSQL at {where} does not answer ({_reason(cause)}). Is it running, and is the address right?"
    )


def explain_listen_fault(host: str, port: int, error: OSError) -> str:
    """Why an address cannot be listened on, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Stop what listens there, or choose another: convene serve --port 8001"
    if error.errno == errno.EACCES:
        return f"This user may not listen on port {port}. Choose one above 1023: convene serve --port 8000"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine. Use 127.0.0.1 for this machine only, 0.0.0.0 for everyone."
    return f"{host}:{port} cannot be listened on ({_reason(error)})."


def variable_name(field: str) -> str:
    """The environment variable that sets a field of Settings."""
    return f"CONVENE_{field.upper()}"


def _settings_faults(error: ValidationError) -> Iterator[str]:
    # The input itself is never shown: it may be a secret.
    for fault in error.errors(include_input=False, include_url=False):
        field = str(fault["loc"][0]).removeprefix("CONVENE_") if fault["loc"] else "settings"
        reason = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
        yield f"{variable_name(field)} {reason}."


def _root(error: BaseException) -> BaseException:
    cause = getattr(error, "orig", None) or error.__cause__
    return error if cause is None else _root(cause)


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    text = getattr(error, "strerror", None) or str(error).strip().partition("\n")[0]
    return text[:1].lower() + text[1:] if text else type(error).__name__
