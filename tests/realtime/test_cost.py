"""What coming in costs, counted: statements, writing transactions and bytes, however many are in the room.

And what is asked of the database for a command, of which finding out what somebody may do is no statement of its own.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client import CollectorRegistry
from sqlalchemy import event
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from models.identity.tables import SignIn
from models.identity.tokens import AccessClaims
from models.ids import new_secret
from models.rooms.payloads import After, InSession, Join, Sync
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import SessionStatus
from models.sessions.lifecycle import start_session
from models.sessions.payloads import CreateSession
from models.tables import DEFAULT_TENANT
from models.transaction import Origin
from realtime.connection import Connection, Incoming
from realtime.dispatcher import Dispatcher
from realtime.entrance import Doors
from realtime.fanout import Fanout
from realtime.flow import Flow
from realtime.metrics import Meters
from realtime.presence import Presence
from realtime.wire.frames import Frame
from server.api import ENDPOINTS
from server.http.failures import Failures
from server.http.routing import endpoint_routes
from tests.log.room import Room, Site, open_site

SIZES = (4, 200, 10_000)
ONE_SUMMARY_BYTES = 4_000

FIRST_JOIN = 9
"""Who comes; then, writing: who comes, the lock, session and place, the seats, and at the end the row, the event, the
audit and the head of the log. None of it for each of the others.
"""
COMING_BACK = 1

COMMANDS = {
    "chat:send": 5,
    "participant:raise_hand": 6,
    "participant:mute": 7,
}
"""How many statements each takes."""
SESSION_READ = 2
READ_ANYHOW = ("sign_ins", "users", "participants", "sessions")
"""Who asks, and where: read in any case, and what they may do in the same statement."""


@dataclass
class Wire:
    """A way to a client that keeps what is sent."""

    frames: list[Frame] = field(default_factory=list)
    answers: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)

    def send(self, frame: Frame) -> None:
        self.frames.append(frame)

    def answer(self, ack_id: int | None, answer: dict[str, Any]) -> None:
        self.answers.put_nowait(answer)

    def cut(self, why: str) -> None:
        raise AssertionError(why)

    def close(self) -> None:
        raise AssertionError("closed")


@dataclass
class Counted:
    """What the database was asked."""

    statements: list[str] = field(default_factory=list)
    writes: int = 0


@dataclass
class House:
    """A room on one worker, without its sockets."""

    site: Site
    room: Room
    doors: Doors
    dispatcher: Dispatcher

    async def connection(self, who: str) -> Connection:
        """A socket of an account that has signed in."""
        user, now = self.site.accounts[who], self.site.context.clock.now()
        later = now + timedelta(days=1)
        async with self.site.context.transaction(Origin()) as tx:
            sign_in = SignIn(
                tenant_id=DEFAULT_TENANT,
                user_id=user.id,
                refresh_hash=new_secret(),
                refreshed_at=now,
                expires_at=later,
                address="",
                created_at=now,
                updated_at=now,
            )
            tx.db.add(sign_in)
        claims = AccessClaims(DEFAULT_TENANT, user.id, sign_in.id, later)
        return Connection(new_secret(), claims, "", Wire(), Flow.starting(50, 0), _nothing)

    async def command(self, connection: Connection, name: str, **payload: Any) -> dict[str, Any]:
        """Carries out a command and returns what the client is answered."""
        assert isinstance(connection.link, Wire)
        await self.dispatcher.carry_out(connection, Incoming(name, [payload], 1, has_binary=False))
        return await connection.link.answers.get()

    async def fill(self, size: int) -> None:
        """People who are in the room already."""
        now = self.site.context.clock.now()
        async with self.site.context.database.write() as db:
            db.add_all(_person(self.room.session_id, number, now) for number in range(size))

    @contextmanager
    def counting(self) -> Iterator[Counted]:
        """Counts what the database is asked within the block."""
        counted = Counted()

        def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            counted.statements.append(statement)

        def begin(connection: Any) -> None:
            counted.writes += bool(connection.get_execution_options().get("convene_writes"))

        engine = self.site.context.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", count)
        event.listen(engine, "begin", begin)
        try:
            yield counted
        finally:
            event.remove(engine, "before_cursor_execute", count)
            event.remove(engine, "begin", begin)
        counted.statements = [one for one in counted.statements if not one.startswith("BEGIN")]


def _person(session_id: UUID, number: int, now: Any) -> Participant:
    return Participant(
        tenant_id=DEFAULT_TENANT,
        session_id=session_id,
        display_name=f"Person {number}",
        status=ParticipantStatus.APPROVED,
        is_present=True,
        admitted_at=now - timedelta(hours=1),
        joined_at=now,
        created_at=now,
        updated_at=now,
    )


async def _nothing(_connection: Connection, _incoming: Incoming) -> None:
    raise AssertionError("nobody sends anything")


def _broadcast(links: Iterable[Any], frame: Frame) -> None:
    for link in links:
        link.send(frame)


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    async with open_site(folder) as site:
        room = Room(site)
        meeting = CreateSession(title="Planning", status=SessionStatus.SCHEDULED, max_participants=10_000)
        await room.create(meeting)
        await room.act("ada", start_session)
        presence = Presence(site.context.settings)
        meters = Meters(CollectorRegistry())
        fanout = Fanout(presence.observe, _broadcast, meters)
        fanout.start(site.context, None)
        object.__setattr__(site.context, "publisher", fanout)
        doors = Doors(site.context, fanout, presence, 300, meters)
        yield House(site, room, doors, Dispatcher(site.context, doors, meters))


@pytest.mark.parametrize("size", SIZES)
async def test_a_join_costs_the_same_however_many_are_in_the_room(tmp_path: Path, size: int) -> None:
    async with open_house(tmp_path) as house:
        await house.fill(size - 4)
        join = Join(session_id=house.room.session_id)
        for warm in ("ada", "cora", "milo"):
            answer = await house.doors.join(await house.connection(warm), join)
            assert answer.then is not None
            answer.then()
        comer = await house.connection("ben")
        with house.counting() as first:
            answer = await house.doors.join(comer, join)
        assert (len(first.statements), first.writes) == (FIRST_JOIN, 1), "\n".join(first.statements)
        state = orjson.loads(orjson.dumps(answer.data))["state"]
        assert state["present"] == size
        assert state["roster"] == ("full" if size <= 200 else "summary")
        assert (len(state["participants"]) == size) == (size <= 200)
        if size > 1_000:
            assert len(orjson.dumps(answer.data)) < ONE_SUMMARY_BYTES
        after = After(epoch=answer.data["epoch"], seq=answer.data["seq"] - 2)
        with house.counting() as again:
            back = await house.doors.join(
                await house.connection("ben"), Join(session_id=house.room.session_id, after=after)
            )
        assert [orjson.loads(orjson.dumps(one))["seq"] for one in back.data["events"]] == [
            after.seq + 1,
            after.seq + 2,
        ]
        assert again.writes == 1  # the sign-in of this test's own
        asked = [one for one in again.statements if "sign_ins" not in one or one.startswith("SELECT")]
        assert len(asked) == COMING_BACK, "\n".join(asked)


async def test_catching_up_takes_one_statement(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        ada = await house.connection("ada")
        answer = await house.doors.join(ada, Join(session_id=house.room.session_id))
        assert answer.then is not None
        answer.then()
        with house.counting() as counted:
            await house.doors.sync(ada, Sync(session_id=house.room.session_id))
        assert (len(counted.statements), counted.writes) == (1, 0)
        await house.doors.leave(ada, InSession(session_id=house.room.session_id))


def _rest(house: House) -> ASGIApp:
    app = Failures(Router(endpoint_routes(ENDPOINTS)))

    async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
        state = {"context": house.site.context, "request_id": "of-the-test"}
        await app({**scope, "state": state}, receive, send)

    return with_state


def _of_rights(counted: Counted) -> list[str]:
    return [one for one in counted.statements if "role_assignments" in one]


async def test_what_somebody_may_do_is_no_query_of_its_own(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        session_id = str(house.room.session_id)
        ids = {}
        connections = {name: await house.connection(name) for name in ("ada", "ben")}
        for name, connection in connections.items():
            joined = await house.doors.join(connection, Join(session_id=house.room.session_id))
            assert joined.then is not None
            joined.then()
            ids[name] = joined.data["participant"]["id"]
        given = {
            "chat:send": {"text": "Hello"},
            "participant:raise_hand": {},
            "participant:mute": {"participant_id": ids["ben"]},
        }
        found = {}
        for name, fields in given.items():
            with house.counting() as counted:
                answer = await house.command(connections["ada"], name, session_id=session_id, **fields)
            assert answer["ok"], answer
            (read,) = _of_rights(counted)
            assert all(name in read for name in READ_ANYHOW)
            found[name] = len(counted.statements)
        assert found == COMMANDS


async def test_a_read_over_rest_asks_once_for_who_and_what_they_may(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        claims = (await house.connection("ada")).claims
        assert isinstance(claims, AccessClaims)
        token, _ = house.site.context.tokens.issue_access(claims.tenant_id, claims.user_id, claims.sign_in_id)
        async with AsyncClient(transport=ASGITransport(_rest(house)), base_url="http://site") as http:
            path = f"/api/v1/sessions/{house.room.session_id}"
            with house.counting() as counted:
                answer = await http.get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        (read,) = _of_rights(counted)
        assert all(name in read for name in READ_ANYHOW)
        # The limits of the tenant are asked for every five seconds, whoever comes.
        asked = [one for one in counted.statements if not one.startswith("SELECT tenants.limits")]
        assert len(asked) == SESSION_READ, "\n".join(asked)
