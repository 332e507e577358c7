"""People, sessions and sockets for one test on a running site; what is opened is closed at its end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlmodel import col, select, update

from models.context import Context
from models.identity.assignments import give_role
from models.identity.principals import Principal
from models.identity.standing import standing_of
from models.identity.system_roles import LECTURER
from models.identity.tables import SignIn, User
from models.ids import new_id, new_secret
from models.log.tables import SessionEvent
from models.rooms.tables import Participant
from models.sessions.editing import create_session
from models.sessions.payloads import CreateSession
from models.tables import DEFAULT_TENANT
from models.transaction import Origin
from tests.realtime.client import Client, Json
from tests.realtime.site import Site

UNKNOWN_PASSWORD = (
    "$argon2id$v=19$m=1024,t=1,p=1$gouzayQS20f1L2QTN75ZGA$AjOGh0OWnlGEf/YobAJybJVWgP7JRdQeVylg0q/XtUU"
)
"""The hash of one that nobody wrote down."""


@dataclass(frozen=True)
class Person:
    """Somebody with a token: an account, or (with `participant_id`) a guest or member of one session."""

    name: str
    token: str
    user_id: UUID | None = None
    sign_in_id: UUID | None = None
    participant_id: UUID | None = None


@dataclass(frozen=True)
class Room:
    """A session, and the account it belongs to."""

    id: UUID
    code: str
    owner: Person


@dataclass
class House:
    """Makes what a test needs. Accounts and sessions are written into the database as another worker would."""

    site: Site
    context: Context
    http: httpx.AsyncClient
    clients: list[Client] = field(default_factory=list)
    log_size: int = 0

    async def account(self, name: str = "Ada", role: str = LECTURER) -> Person:
        """A new account with a fresh access token. Nobody knows its password."""
        async with self.context.transaction(Origin()) as tx:
            key = new_id()
            user = User(
                email=f"{key.hex}@example.org",
                username=key.hex,
                display_name=name,
                password_hash=UNKNOWN_PASSWORD,
                tenant_id=DEFAULT_TENANT,
                created_at=tx.now,
                updated_at=tx.now,
            )
            tx.db.add(user)
            await tx.db.flush()
            await give_role(tx, user, role)
        return await self.sign_in(Person(name, "", user.id))

    async def sign_in(self, person: Person) -> Person:
        """The same account, signed in once more."""
        assert person.user_id is not None
        async with self.context.transaction(Origin()) as tx:
            sign_in = SignIn(
                tenant_id=DEFAULT_TENANT,
                user_id=person.user_id,
                refresh_hash=new_secret(),
                refreshed_at=tx.now,
                expires_at=tx.now + timedelta(days=1),
                address="",
                created_at=tx.now,
                updated_at=tx.now,
            )
            tx.db.add(sign_in)
        signed_in = replace(person, sign_in_id=sign_in.id)
        return replace(signed_in, token=self.fresh_token(signed_in)[0])

    def fresh_token(self, person: Person) -> tuple[str, datetime]:
        """A new access token for a sign-in, and when it ends."""
        assert person.user_id is not None
        assert person.sign_in_id is not None
        return self.context.tokens.issue_access(DEFAULT_TENANT, person.user_id, person.sign_in_id)

    async def room(self, owner: Person, **fields: Any) -> Room:
        """A new session, scheduled and without approval unless `fields` (of CreateSession) say otherwise."""
        given = {"title": "Algebra", "kind": "meeting", "status": "scheduled", **fields}
        async with self.context.transaction(Origin()) as tx:
            user = (await tx.db.exec(select(User).where(User.id == owner.user_id))).one()
            standing = await standing_of(tx.db, user.id, tx.now)
            principal = Principal(DEFAULT_TENANT, user=user, sign_in_id=owner.sign_in_id, standing=standing)
            session = await create_session(tx, principal, CreateSession.model_validate(given))
        return Room(session.id, session.code, owner)

    async def guest(self, room: Room, name: str = "Gus", **fields: Any) -> Person:
        """A guest who has joined over REST: in the room, or waiting at its door."""
        joined = await self.post(f"/sessions/{room.id}/join", {"display_name": name, **fields})
        return Person(name, joined["token"], participant_id=UUID(joined["participant"]["id"]))

    async def client(self, person: Person | str, transports: Sequence[str] = ("websocket",)) -> Client:
        """A connected socket of somebody."""
        client = Client(self.site.url, transports)
        self.clients.append(client)
        return await client.connect(person if isinstance(person, str) else person.token)

    async def host(self, room: Room, *, start: bool = True) -> Client:
        """The owner's socket, in the room; starts the session."""
        client = await self.client(room.owner)
        await client.join(room.id)
        if start:
            await client.ok("session:start", room.id)
        return client

    async def live(self, owner_name: str = "Hana", **fields: Any) -> tuple[Room, Client]:
        """A running session and its host's socket."""
        room = await self.room(await self.account(owner_name), **fields)
        return room, await self.host(room)

    async def member(self, room: Room, name: str = "Mia") -> tuple[Client, UUID]:
        """The socket of a new account that is in the room, and the id of its participant."""
        client = await self.client(await self.account(name))
        joined = await client.join(room.id)
        assert joined["status"] == "approved"
        return client, UUID(joined["participant"]["id"])

    async def new_token(self, participant_id: object) -> str:
        """A fresh participant token of somebody."""
        row = await self.participant(participant_id)
        token, _ = self.context.tokens.issue_participant(row.tenant_id, row.id, row.session_id)
        return token

    async def post(self, path: str, body: Json | None = None, person: Person | None = None) -> Json:
        """POSTs to the API and returns the data of a good answer."""
        answer = await self.request("POST", path, body or {}, person)
        assert answer.is_success, answer.text
        data: Json = answer.json()["data"]
        return data

    async def request(
        self, method: str, path: str, body: Json | None = None, person: Person | None = None
    ) -> httpx.Response:
        """Asks the API for a path below /api/v1."""
        headers = {} if person is None else {"Authorization": f"Bearer {person.token}"}
        return await self.http.request(method, f"/api/v1{path}", json=body, headers=headers)

    async def get(self, path: str, person: Person | None = None) -> httpx.Response:
        """Reads from the API."""
        return await self.request("GET", path, None, person)

    async def stored_log(self, room: Room) -> list[SessionEvent]:
        """The log of a session as the database holds it."""
        query = select(SessionEvent).where(SessionEvent.session_id == room.id)
        async with self.context.database.read() as db:
            return list((await db.exec(query.order_by(col(SessionEvent.seq)))).all())

    async def assert_gapless(self, room: Room) -> list[SessionEvent]:
        """The stored log, whose places are 1, 2, 3 and so on without a gap."""
        log = await self.stored_log(room)
        assert [event.seq for event in log] == list(range(1, len(log) + 1))
        return log

    async def participant(self, participant_id: object) -> Participant:
        """Somebody's row."""
        async with self.context.database.read() as db:
            query = select(Participant).where(Participant.id == UUID(str(participant_id)))
            return (await db.exec(query)).one()

    async def change(self, table: Any, row_id: object, **values: Any) -> None:
        """Changes a row behind the server's back."""
        async with self.context.database.write() as db:
            await db.exec(update(table).where(table.id == row_id).values(**values))

    def faults(self) -> list[Json]:
        """What the server has logged as a fault since the test began."""
        return [
            line
            for line in self.site.log_since(self.log_size)
            if line["level"] in ("error", "critical") or "fault" in line or "exception" in line
        ]

    async def close(self) -> None:
        """Closes every socket."""
        for client in self.clients:
            await client.close()
