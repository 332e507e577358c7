"""Headers as ASGI has them: pairs of bytes, names in small letters. For what is done with every request."""

from collections.abc import Iterable

from starlette.types import Message, Scope

RawHeader = tuple[bytes, bytes]


def given_header(scope: Scope, name: bytes) -> str | None:
    """What a request says under a name in small letters; the first time, if it says it twice."""
    for key, value in scope["headers"]:
        if key == name:
            decoded: str = value.decode("latin-1")
            return decoded
    return None


def add_headers(message: Message, headers: Iterable[RawHeader]) -> None:
    """Adds to the headers of an answer that begins. What stands there already under these names is dropped."""
    headers = tuple(headers)
    names = {name for name, _ in headers}
    message["headers"] = [*(one for one in message.get("headers", ()) if one[0] not in names), *headers]
