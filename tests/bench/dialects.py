"""How one says the same thing to different servers."""

from dataclasses import dataclass
from typing import Any, Final, Protocol

from tests.bench.client import Client, marked, number_of

Json = dict[str, Any]
Command = tuple[str, Json]

PACKET_BYTES: Final = 116
"""With the two bytes of a WebSocket's head: 118 for each event, as a short line of chat has."""

LARGE_BYTES: Final = 2_048
ENVELOPE_BYTES: Final = 300


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a client goes, and what it shows to come in. `worker` counts the servers of a subject."""

    room: str
    auth: Json | None = None
    worker: int = 0


class Dialect(Protocol):
    """The words of a server."""

    heard: bytes
    acks: bool
    """Whether what is said is acknowledged, too."""

    async def enter(self, client: Client, room: str) -> None:
        """Takes part in a room. Raises ConnectionError when the server will not have it."""
        ...

    def say(self, room: str, number: int) -> Command:
        """What makes the server tell one event to everybody in the room."""
        ...

    def burst(self, room: str, first: int, count: int) -> list[Command]:
        """What makes the server tell several events to everybody in the room within one turn of its loop."""
        ...

    async def question(self, client: Client, room: str) -> Command:
        """What is only acknowledged."""
        ...

    def large(self) -> "Dialect":
        """The same with events of two kilobytes."""
        ...


class Plain:
    """What the small servers of this benchmark understand."""

    heard = b'42["said"'
    acks = False

    def __init__(self, packet_bytes: int = PACKET_BYTES) -> None:
        self._packet_bytes = packet_bytes

    async def enter(self, client: Client, room: str) -> None:
        await client.command("join", {"room": room})

    def say(self, room: str, number: int) -> Command:
        return "say", {"room": room, "text": self._text(room, number)}

    def burst(self, room: str, first: int, count: int) -> list[Command]:
        texts = [self._text(room, number) for number in range(first, first + count)]
        return [("burst", {"room": room, "texts": texts})]

    async def question(self, client: Client, room: str) -> Command:
        return "ask", {"room": room, "text": self._text(room, 0)}

    def large(self) -> "Plain":
        return Plain(LARGE_BYTES)

    def _text(self, room: str, number: int) -> str:
        around = len(f'42["said",{{"room":"{room}","text":""}}]')
        return marked(number, self._packet_bytes - around)


class Convene:
    """The protocol of PROTOCOL.md; what is said is chat, which is stored before anybody hears of it."""

    heard = b'42["chat:sent"'
    acks = True

    def __init__(self, text_bytes: int = 0) -> None:
        self._text_bytes = text_bytes

    async def enter(self, client: Client, room: str) -> None:
        await self._join(client, {"session_id": room})

    async def resume(self, client: Client, room: str, seq: int) -> bool:
        """Takes part again, with everything up to a place in the log applied; hears what was missed.

        Says whether that could be told; else the client has the state of the room instead.
        """
        after = {"epoch": client.epoch, "seq": seq}
        data = await self._join(client, {"session_id": room, "after": after})
        told = [
            event["data"]["message"] for event in data.get("events") or [] if event["type"] == "chat:sent"
        ]
        state = data.get("state")
        for message in told if state is None else state["messages"]:
            if number_of(message["text"]) >= client.next:
                client.hear(message["text"].encode())
        return state is None

    def say(self, room: str, number: int) -> Command:
        return "chat:send", {"session_id": room, "text": marked(number, self._text_bytes)}

    def burst(self, room: str, first: int, count: int) -> list[Command]:
        return [self.say(room, number) for number in range(first, first + count)]

    async def question(self, client: Client, room: str) -> Command:
        now = await client.command("session:sync", {"session_id": room})
        after = {"epoch": now["data"]["epoch"], "seq": now["data"]["seq"]}
        return "session:sync", {"session_id": room, "after": after}

    def large(self) -> "Convene":
        return Convene(LARGE_BYTES - ENVELOPE_BYTES)

    async def _join(self, client: Client, payload: Json) -> Json:
        ack = await client.command("session:join", payload)
        if not ack["ok"]:
            raise ConnectionError(f"not let in: {ack}")
        data: Json = ack["data"]
        client.epoch = data["epoch"]
        return data
