"""Logging: structlog's events and everybody else's lines in one form, one line each, without a secret."""

import logging
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor

from models.settings import Settings

SECRET_WORDS: Final = frozenset(
    {"token", "password", "authorization", "cookie", "secret", "url", "link", "text", "key", "auth"}
)
"""A key with one of these words in it is dropped, wherever it comes from."""

SHOWN_FRAMES: Final = 6
SHOWN_MESSAGE_CHARS: Final = 300

_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_IN_A_LINE = re.compile(
    r"(?i)\b([\w-]*(?:token|password|authorization|cookie|secret)[\w-]*)(\s*[=:]\s*)[^\s&\"',;]+"
)
_WITH_PASSWORD = re.compile(r"(\w+://[^\s:/@]*:)[^\s@]+@")


def configure_logging(settings: Settings) -> None:
    """Sends every log line of this process to stderr, in the configured form and from the configured level on."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_shared(), structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                drop_secrets,
                shorten_fault,
                _renderer(settings),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    _quieten(level)


def drop_secrets(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Leaves out what must not be in a log, by the name of its key, however deep; masks it within the sentence.

    The sentence stays on one line, so that nothing that is quoted in it can pass for a line of the log.
    """
    kept = _without_secrets(event)
    if isinstance(kept.get("event"), str):
        kept["event"] = mask(" ".join(kept["event"].split()))
    return kept


def shorten_fault(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Puts an exception into two short fields: what it says, and where it came from, outermost call first."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["fault"] = describe_fault(error)
        event["where"] = " > ".join(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in extract_tb(error.__traceback__)[-SHOWN_FRAMES:]
        )
    return event


def describe_fault(error: BaseException) -> str:
    """An exception and its cause in one line. Only first lines: what follows may quote a query's values."""
    first = str(error).strip().partition("\n")[0][:SHOWN_MESSAGE_CHARS]
    said = mask(f"{type(error).__name__}: {first}" if first else type(error).__name__)
    return said if error.__cause__ is None else f"{said} <- {describe_fault(error.__cause__)}"


def mask(line: str) -> str:
    """A sentence with the values of tokens and passwords in it blotted out."""
    return _WITH_PASSWORD.sub(r"\1***@", _IN_A_LINE.sub(r"\1\2***", line))


def _without_secrets(event: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in event.items() if not _is_secret(key)}
    return {key: _without_secrets(value) if isinstance(value, dict) else value for key, value in kept.items()}


def _is_secret(key: object) -> bool:
    return not SECRET_WORDS.isdisjoint(word.lower() for word in _WORDS.findall(str(key)))


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(settings: Settings) -> Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(sort_keys=True)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)


def _quieten(level: int) -> None:
    # Libraries announce their steps at INFO; ours are the ones that matter. Below that they write out whole frames,
    # tokens and messages included, at whatever level the site logs. Socket.IO would bring its own handler if its level
    # were unset.
    for name in ("uvicorn", "uvicorn.error", "socketio", "socketio.server", "engineio", "engineio.server"):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(max(level, logging.WARNING))
    logging.getLogger("uvicorn.access").disabled = True
    for name in ("aiosqlite", "asyncio", "alembic", "sqlalchemy"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
