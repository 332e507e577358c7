"""A stock Socket.IO client for tests: sends commands, keeps every frame it ever got, waits for events, never sleeps."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import aiohttp
import socketio
from aiohttp.connector import Connection

SWITCHING_PROTOCOLS: Final = 101
WITHIN_S: Final = 20.0
"""How long anything may take on a busy machine before a test gives up on it."""

Json = dict[str, Any]
Where = Callable[[Json], bool]


@dataclass(frozen=True, slots=True)
class Frame:
    """One push as it arrived, or one event of an answer to a join. `seq` is unset for what is not in the log."""

    type: str
    body: Json

    @property
    def session_id(self) -> str | None:
        return self.body.get("session_id")

    @property
    def seq(self) -> int | None:
        return self.body.get("seq") if self.type != "session:heartbeat" else None

    @property
    def data(self) -> Json:
        found: Json = self.body.get("data", {})
        return found


class Refused(Exception):
    """The server did not let a socket in; `error` is the body of the refusal."""

    def __init__(self, error: Any) -> None:
        super().__init__(str(error))
        self.error: Any = error


def assert_ack(ack: Json) -> Json:
    """The data of a command that was carried out."""
    assert ack["ok"] is True, ack
    data: Json = ack["data"]
    return data


def assert_error(ack: Json, code: str) -> Json:
    """The error of a command that was refused, with this code and complete for a person and for a program."""
    assert ack["ok"] is False, ack
    error: Json = ack["error"]
    assert error["errorCode"] == code, error
    assert set(error) == {"statusCode", "errorCode", "message", "details"}
    assert error["message"]
    return error


def _always(_data: Json) -> bool:
    return True


class ReadAtOnce(aiohttp.ClientResponse):
    """A response that holds its body: the stock client leaves that of a refused poll unread, and a connection open."""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        started = await super().start(connection)
        if self.status != SWITCHING_PROTOCOLS:
            await self.read()
        return started


@dataclass
class Client:
    """One socket of one person. `frames` holds all that was pushed to it, in order."""

    url: str
    transports: Sequence[str] = ("websocket",)
    frames: list[Frame] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    refusal: Any = None
    end_reason: str | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: Any = None

    async def connect(self, token: object, headers: dict[str, str] | None = None) -> "Client":
        """Opens the socket. Raises Refused."""
        self._socket = socketio.AsyncClient(
            reconnection=False,
            handle_sigint=False,
            http_session=lambda: aiohttp.ClientSession(response_class=ReadAtOnce),
        )
        self._socket.on("*", self._hear)
        self._socket.on("connect_error", self._refuse)
        self._socket.on("disconnect", self._end)
        self.closed.clear()
        try:
            await self._socket.connect(
                self.url,
                auth={"token": token},
                headers=headers or {},
                transports=list(self.transports),
                wait_timeout=WITHIN_S,
            )
        except socketio.exceptions.ConnectionError as error:
            await self._socket.disconnect()
            raise Refused(self.refusal) from error
        return self

    async def command(self, name: str, payload: Any = None, within_s: float = WITHIN_S) -> Json:
        """Sends a command and returns its acknowledgement."""
        acknowledged: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        await self._socket.emit(name, payload, callback=lambda ack: _settle(acknowledged, ack))
        return await asyncio.wait_for(acknowledged, within_s)

    async def ok(self, name: str, session_id: object, **payload: Any) -> Json:
        """Sends a command of a session that must be carried out; returns its data."""
        return assert_ack(await self.command(name, _in_session(session_id, payload)))

    async def refused(self, name: str, code: str, session_id: object, **payload: Any) -> Json:
        """Sends a command of a session that must be refused with this code; returns the error."""
        return assert_error(await self.command(name, _in_session(session_id, payload)), code)

    async def join(self, session: object, **fields: Any) -> Json:
        """Joins by id (a UUID) or by code (a string); returns the data of the answer, and notes the events in it."""
        named = {"code": session} if isinstance(session, str) else {"session_id": str(session)}
        data = assert_ack(await self.command("session:join", {**named, **fields}))
        for event in data.get("events") or []:
            self._keep(Frame(event["type"], {k: v for k, v in event.items() if k != "type"}))
        return data

    async def event(
        self, type_: str, where: Where = _always, *, after: int = 0, within_s: float = WITHIN_S
    ) -> Frame:
        """The first frame of this type, whether it is here already or comes yet, whose `data` fits.

        `after` leaves out events of the log up to that seq.
        """

        def found() -> Frame | None:
            for frame in self.frames:
                if frame.type == type_ and (frame.seq or after + 1) > after and where(frame.data):
                    return frame
            return None

        frame: Frame = await self._until(found, within_s, f"no {type_}")
        return frame

    async def until_seq(self, session_id: object, seq: int, within_s: float = WITHIN_S) -> None:
        """Waits until it has heard the log of a session up to `seq`."""
        await self._until(
            lambda: True if (self.last_seq(session_id) or 0) >= seq else None, within_s, f"not up to {seq}"
        )

    async def beat(self, session_id: object, epoch: str) -> Json:
        """The body of the first heartbeat of a session that is in this epoch."""

        def found() -> Json | None:
            beats = (f.body for f in self.frames if f.type == "session:heartbeat")
            return next((b for b in beats if (b["session_id"], b["epoch"]) == (str(session_id), epoch)), None)

        body: Json = await self._until(found, WITHIN_S, f"no heartbeat of {epoch}")
        return body

    async def refute_event(
        self, type_: str, where: Where = _always, *, session_id: object, upto: int
    ) -> None:
        """Proves that it was not sent an event: it has heard everything up to `upto`, and this was not among it."""
        await self.until_seq(session_id, upto)
        assert [frame for frame in self.frames if frame.type == type_ and where(frame.data)] == []

    async def until_closed(self, within_s: float = WITHIN_S) -> None:
        """Waits until the server has closed the socket."""
        await asyncio.wait_for(self.closed.wait(), within_s)

    def log_of(self, session_id: object) -> list[Frame]:
        """What it heard of a session's log, in the order it came."""
        return [
            frame for frame in self.frames if frame.session_id == str(session_id) and frame.seq is not None
        ]

    def seqs(self, session_id: object) -> list[int]:
        return [frame.seq for frame in self.log_of(session_id) if frame.seq is not None]

    def last_seq(self, session_id: object) -> int | None:
        return max(self.seqs(session_id), default=None)

    def texts(self, session_id: object) -> list[str]:
        """The texts of the chat it heard, in order."""
        return [f.data["message"]["text"] for f in self.log_of(session_id) if f.type == "chat:sent"]

    async def close(self) -> None:
        """Closes the socket in good order."""
        if self._socket is not None:
            await self._socket.disconnect()
            transport = self._socket.eio
            if transport.queue is not None:
                # When the server has ended a link by polling, the stock client's writer sleeps on until a ping is due.
                transport.queue.put_nowait(None)
            await transport.wait()

    async def vanish(self) -> None:
        """Drops the connection without a goodbye, as a lost link does."""
        await self._socket.eio.disconnect(abort=True)
        await self._socket.eio.wait()

    def _hear(self, type_: str, *arguments: Any) -> None:
        assert len(arguments) == 1
        self._keep(Frame(type_, arguments[0]))

    def _keep(self, frame: Frame) -> None:
        self.frames.append(frame)
        self._changed.set()

    def _refuse(self, error: Any = None) -> None:
        self.refusal = error.get("data", error) if isinstance(error, dict) else error

    def _end(self, reason: str | None = None) -> None:
        self.end_reason = reason
        self.closed.set()

    async def _until(self, found: Callable[[], Any], within_s: float, why: str) -> Any:
        try:
            async with asyncio.timeout(within_s):
                while (result := found()) is None:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            last = [f"{frame.type} {frame.seq}" for frame in self.frames[-12:]]
            raise AssertionError(f"{why} within {within_s:.0f} s; the last frames: {last}") from None
        return result


async def together(*awaitables: Awaitable[Any]) -> list[Any]:
    """Runs all of them at once and returns what they gave."""
    return list(await asyncio.gather(*awaitables))


def _settle(future: "asyncio.Future[Json]", ack: Json) -> None:
    if not future.done():
        future.set_result(ack)


def _in_session(session_id: object, payload: Json) -> Json:
    given = {key: str(value) if isinstance(value, UUID) else value for key, value in payload.items()}
    return {"session_id": str(session_id), **given}
