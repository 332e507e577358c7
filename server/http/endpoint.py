"""What an endpoint is: an address, a form, a handler, and what may come of it."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import Response

from models.errors import ConveneError
from models.text import Payload
from models.transaction import Transaction
from server.http.call import Call
from server.http.reply import Reply

OWN_ACCOUNT = ("/api/v1/users/me", "/api/v1/auth/")

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Change = Callable[[Call, Transaction], Awaitable[Reply]]
Read = Callable[[Call, AsyncSession], Awaitable[Reply]]
Handle = Callable[[Call], Awaitable[Reply]]
Stream = Callable[[Call], Awaitable[Response]]


class Auth(Enum):
    """Whether an endpoint asks who is there: always, if they say so, or not at all; or by the refresh cookie alone."""

    USER = "user"
    OPTIONAL = "optional"
    NONE = "none"
    COOKIE = "cookie"


def _nothing_around(_call: Call) -> AbstractAsyncContextManager[None]:
    return nullcontext()


class NoQuery(Payload):
    """Takes no query parameters."""


class NoBody(Payload):
    """Takes no fields."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A body that is a file: of which types it may say to be, and how large it may be."""

    media_types: tuple[str, ...]
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One line of the table in `server/api/__init__.py`.

    Exactly one of these does the work: `change` runs within a writing transaction (and is repeatable with an
    Idempotency-Key), `read` within a reading one, `handle` opens its own;
    `stream` answers with a file of one of the `media_types`. `result` is what `data` holds: a model,
    or `many` of them; `upload` is a file in the place of a `body`; `paged` adds the pagination of seed 003.
    `other_statuses` are further ways to succeed, `other_results` those with another form of `data`. `around` stands
    outside the transaction: what counts attempts must not hold it up. `after` completes each answer, the first and
    the repeated one, with what must not be kept, such as a token. `keeps_answers` is unset where doing it twice does
    no harm and a stranger could have us keep answers without end. A change of a session with `grouped` shares its
    transaction with others: it adds rows and changes none; `grouped` says which messages a body is going to look at.
    """

    method: Method
    path: str
    area: str
    change: Change | None = None
    grouped: Callable[[Any], tuple[UUID, ...]] | None = None
    read: Read | None = None
    handle: Handle | None = None
    stream: Stream | None = None
    media_types: tuple[str, ...] = ()
    body: type[Payload] = NoBody
    upload: Upload | None = None
    query: type[Payload] = NoQuery
    result: type[BaseModel] | None = None
    many: bool = False
    paged: bool = False
    status: int = 200
    other_statuses: tuple[int, ...] = ()
    other_results: tuple[tuple[int, type[BaseModel]], ...] = ()
    auth: Auth = Auth.USER
    errors: tuple[type[ConveneError], ...] = ()
    around: Callable[[Call], AbstractAsyncContextManager[None]] = _nothing_around
    after: Callable[[Call, dict[str, Any]], dict[str, Any]] | None = None
    keeps_answers: bool = True
    for_keys: bool = False
    name: str = ""

    @property
    def does(self) -> Callable[..., Awaitable[Any]]:
        """The handler, whichever way it runs."""
        handler = self.change or self.read or self.handle or self.stream
        if handler is None:
            raise TypeError(f"{self.method} {self.path} has no handler")
        return handler

    @property
    def operation_id(self) -> str:
        """A name for this endpoint that no other has."""
        return self.name or self.does.__name__

    @property
    def takes_keys(self) -> bool:
        """Whether a program's key is let in at all: to one's own account only where `for_keys` says so."""
        return self.for_keys or not self.path.startswith(OWN_ACCOUNT)

    @property
    def is_repeatable(self) -> bool:
        """Whether an Idempotency-Key has an effect."""
        return self.change is not None and self.method == "POST" and self.keeps_answers
