"""Reading a request: never more than allowed, never longer than allowed, never less than strict."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from uuid import UUID

from pydantic import ValidationError
from starlette.requests import Request

from models.errors import (
    ApiKeyNotFound,
    ConveneError,
    IdentityNotFound,
    InvitationNotFound,
    NotFound,
    ParticipantNotFound,
    PayloadTooLarge,
    PollNotFound,
    RecordingNotFound,
    RequestTimeout,
    SessionNotFound,
    SignInNotFound,
    TenantNotFound,
    UnsupportedMediaType,
    UserNotFound,
    ValidationFailed,
)
from models.text import Payload
from models.validation import validation_failed
from server.http.endpoint import Upload
from server.http.strict_json import check_object, check_text

BODY_TIMEOUT_S = 15.0
"""How long a whole body may take to arrive: a trickle must not hold a connection for ever."""

UPLOAD_TIMEOUT_S = 60.0

_MISSING: dict[str, type[ConveneError]] = {
    "session_id": SessionNotFound,
    "participant_id": ParticipantNotFound,
    "recording_id": RecordingNotFound,
    "poll_id": PollNotFound,
    "user_id": UserNotFound,
    "sign_in_id": SignInNotFound,
    "tenant_id": TenantNotFound,
    "invitation_id": InvitationNotFound,
    "key_id": ApiKeyNotFound,
    "identity_id": IdentityNotFound,
}


def read_ids(path_params: Mapping[str, str]) -> dict[str, UUID]:
    """The ids in the path. One that cannot exist is answered like one that does not."""
    return {name: _id(name, value) for name, value in path_params.items()}


def read_query(request: Request, form: type[Payload]) -> Payload:
    """The query parameters. Raises ValidationFailed, for unknown and repeated ones too."""
    given = request.query_params.multi_items()
    times = Counter(name for name, _ in given)
    for name, value in given:
        check_text(name, "")
        check_text(value, name)
        if times[name] > 1:
            raise ValidationFailed.of(name, "is given twice")
    return _valid(lambda: form.model_validate(dict(given), by_alias=True, by_name=False))


async def read_body(
    request: Request, form: type[Payload], max_bytes: int, timeout_s: float = BODY_TIMEOUT_S
) -> tuple[Payload, bytes]:
    """The body in its form, and as it came.

    Raises PayloadTooLarge, RequestTimeout, UnsupportedMediaType, ValidationFailed.
    """
    raw = await _read(request, max_bytes, timeout_s)
    if raw and not _is_json(request.headers.get("content-type", "")):
        raise UnsupportedMediaType
    check_object(raw)
    # As JSON, not as Python values: only so are texts moments and ids, while "5" is no number.
    return _valid(lambda: form.model_validate_json(raw.strip() or b"{}", strict=True)), raw


async def read_upload(request: Request, upload: Upload) -> bytes:
    """The file that is the body. Raises PayloadTooLarge, RequestTimeout, UnsupportedMediaType."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in upload.media_types:
        raise UnsupportedMediaType(f"Send the file itself, as {' or '.join(upload.media_types)}.")
    return await _read(request, upload.max_bytes, UPLOAD_TIMEOUT_S)


async def _read(request: Request, max_bytes: int, timeout_s: float) -> bytes:
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > max_bytes:
        raise _too_large(max_bytes)
    body = bytearray()
    try:
        async with asyncio.timeout(timeout_s):
            async for chunk in request.stream():
                body += chunk
                if len(body) > max_bytes:
                    raise _too_large(max_bytes)
    except TimeoutError as error:
        raise RequestTimeout from error
    return bytes(body)


def _valid(validate: Callable[[], Payload]) -> Payload:
    try:
        return validate()
    except ValidationError as error:
        raise validation_failed(error) from None


def _is_json(content_type: str) -> bool:
    kind, _, parameters = content_type.partition(";")
    charset = parameters.strip().lower().replace('"', "")
    return kind.strip().lower() == "application/json" and charset in ("", "charset=utf-8")


def _id(name: str, value: str) -> UUID:
    try:
        found = UUID(value)
    except ValueError:
        found = None
    if found is None or str(found) != value.lower():
        raise _MISSING.get(name, NotFound)
    return found


def _too_large(max_bytes: int) -> PayloadTooLarge:
    return PayloadTooLarge(f"A body may have at most {max_bytes} bytes.", max_bytes=max_bytes)
