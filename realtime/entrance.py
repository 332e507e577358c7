"""The commands about the connection itself: coming in, catching up, going; a fresh token; reactions."""

from typing import Any
from uuid import UUID

import orjson
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, load_actor
from models.context import Context
from models.errors import Forbidden, InternalError, NotJoined, ParticipantWaiting
from models.identity.principals import load_principal
from models.identity.tables import User
from models.log.resume import audience_kind, missed_events
from models.recordings.recording import find_live_recording
from models.rooms.guessing import guessing_codes
from models.rooms.joining import Entrance, join_session
from models.rooms.payloads import After, InSession, Join, ParticipantView, React, Sync
from models.rooms.presence import leave_session
from models.rooms.reactions import check_may_react
from models.rooms.waiting_room import place_in_line
from models.sessions.preview import describe_session
from models.transaction import Origin
from realtime.answers import Authenticate, Authenticated, JoinedView
from realtime.command import Answer
from realtime.connection import Connection
from realtime.fanout import Fanout
from realtime.presence import Presence
from realtime.room import Member
from realtime.signals import reaction

JOIN_ATTEMPTS = 3
"""Between taking a seat and listening, a host may have acted; then the entrance is tried again."""


class Doors:
    """The commands by which a socket enters, catches up with and leaves a room."""

    def __init__(self, context: Context, fanout: Fanout, presence: Presence, replay_limit: int) -> None:
        self._context = context
        self._fanout = fanout
        self._presence = presence
        self._replay_limit = replay_limit

    async def join(self, connection: Connection, payload: Join) -> Answer:
        """Comes in, comes back, or knocks.

        Answered with the participant and, once in, with what brings the client up to `seq`: the events missed after
        `after`, or the whole state. Who has to wait gets `status: pending` and nothing of the room; told
        `participant:approved`, they join again.
        """
        for _ in range(JOIN_ATTEMPTS):
            entrance = await self._find_place(connection, payload)
            try:
                answer = await (self._wait if entrance.is_pending else self._enter)(
                    connection, entrance, payload.after
                )
            except BaseException:
                # What was taken is kept for the grace period, as after a lost link, and no longer.
                self.forget(connection, entrance.session.id)
                self._presence.detach(entrance.participant.id, connection.sid, waited=entrance.is_pending)
                raise
            if answer is not None:
                return answer
        raise InternalError

    async def sync(self, connection: Connection, payload: Sync) -> Answer:
        """What was missed after a point, or without one, the whole state. For somebody who is in."""
        async with self._context.database.read() as db:
            actor = await self._actor(db, connection, payload.session_id)
            if actor.participant is not None and payload.session_id not in connection.places:
                raise NotJoined
            data, seq = await self._catch_up(db, actor, payload.after, at_least=0)
        return Answer(data, seq)

    async def leave(self, connection: Connection, payload: InSession) -> Answer:
        """Leaves the room, or takes back one's knock. With another device still in, only this socket leaves."""
        participant_id = connection.places.get(payload.session_id)
        if participant_id is None:
            raise NotJoined
        seq = None
        if not self._presence.has_other_socket(participant_id, connection.sid):
            origin = Origin("session:leave", connection.address, connection.sid)
            async with self._context.transaction(origin) as tx:
                await tx.lock(payload.session_id)
                await leave_session(tx, payload.session_id, participant_id, "left")
                seq = tx.log.head_seq
        self.forget(connection, payload.session_id)
        return Answer({}, seq)

    async def authenticate(self, connection: Connection, payload: Authenticate) -> Answer:
        """Shows a fresh token of the same person before the old one runs out, so that the socket stays open."""
        claims = self._context.tokens.read(payload.token)
        async with self._context.database.read() as db:
            new = await load_principal(db, claims, self._context.clock.now())
            old = await load_principal(db, connection.claims, self._context.clock.now())
        if new.id != old.id:
            raise Forbidden("This token is somebody else's. Open a connection of its own for it.")
        connection.claims = claims
        return Answer(Authenticated(expires_at=claims.expires_at).model_dump(mode="json"))

    async def react(self, connection: Connection, payload: React) -> Answer:
        """Lets an emoji float by. It is not logged; a client may drop it."""
        async with self._context.database.read() as db:
            actor = await self._actor(db, connection, payload.session_id)
        check_may_react(actor)
        frame = reaction(payload.session_id, self._context.clock.now(), actor.id, payload.emoji)
        self._fanout.signal(payload.session_id, frame)
        return Answer({})

    def forget(self, connection: Connection, session_id: UUID) -> None:
        """A socket is no longer in a session."""
        participant_id = connection.places.get(session_id)
        waited = self._fanout.leave(connection, session_id)
        if participant_id is not None:
            self._presence.detach(participant_id, connection.sid, waited=waited)

    async def _find_place(self, connection: Connection, payload: Join) -> Entrance:
        if payload.code is None:
            return await self._take_place(connection, payload)
        async with guessing_codes(self._context, connection.address):
            return await self._take_place(connection, payload)

    async def _take_place(self, connection: Connection, payload: Join) -> Entrance:
        origin = Origin("session:join", connection.address, connection.sid)
        async with self._context.transaction(origin) as tx:
            principal = await load_principal(tx.db, connection.claims, tx.now)
            entrance = await join_session(tx, principal, payload, payload.session_id, payload.code)
        if connection.is_open:
            self._presence.attach(entrance.participant.id, entrance.session.id, connection.sid)
        return entrance

    async def _wait(self, connection: Connection, entrance: Entrance, _after: After | None) -> Answer | None:
        session_id, participant_id = entrance.session.id, entrance.participant.id
        await self._fanout.wait(connection, session_id, participant_id)
        async with self._context.database.read() as db:
            try:
                await self._actor(db, connection, session_id)
            except ParticipantWaiting:
                place = await place_in_line(db, entrance.participant)
                data = await self._pending(db, entrance, place)
                return self._if_open(connection, session_id, Answer(data))
        # Let in between knocking and waiting: nobody will tell this socket, so it goes in at once.
        return None

    async def _enter(self, connection: Connection, entrance: Entrance, after: After | None) -> Answer | None:
        session_id, participant_id = entrance.session.id, entrance.participant.id
        member = await self._fanout.enter(connection, session_id, participant_id)
        async with self._context.database.read() as db:
            actor = await self._actor(db, connection, session_id)
            data, seq = await self._catch_up(db, actor, after, entrance.seq)
        if not actor.as_participant().is_present:
            return None
        answer = Answer({**_joined(actor), **data}, seq, self._releaser(member, session_id, seq, actor))
        return self._if_open(connection, session_id, answer)

    async def _catch_up(
        self, db: AsyncSession, actor: Actor, after: After | None, at_least: int
    ) -> tuple[dict[str, Any], int]:
        """What brings the actor up to date, as finished JSON: the missed events, or a state not before `at_least`."""
        missed = await missed_events(db, actor, after, self._replay_limit)
        if missed is not None:
            events = [orjson.Fragment(event.typed_body()) for event in missed.events]
            return {"epoch": missed.epoch, "seq": missed.seq, "events": events}, missed.seq
        snapshot, state = await self._fanout.state(db, actor.session.id, audience_kind(actor), at_least)
        found = {"epoch": snapshot.epoch, "seq": snapshot.seq, "state": orjson.Fragment(state)}
        return found, snapshot.seq

    def _releaser(self, member: Member, session_id: UUID, seq: int, actor: Actor) -> Any:
        return lambda: self._fanout.release(member, session_id, seq, actor.audience)

    def _if_open(self, connection: Connection, session_id: UUID, answer: Answer) -> Answer:
        if not connection.is_open:
            self.forget(connection, session_id)
        return answer

    async def _actor(self, db: AsyncSession, connection: Connection, session_id: UUID) -> Actor:
        principal = await load_principal(db, connection.claims, self._context.clock.now())
        return await load_actor(db, principal, session_id)

    async def _pending(self, db: AsyncSession, entrance: Entrance, place: int) -> dict[str, Any]:
        owner = select(User.display_name).where(col(User.id) == entrance.session.owner_id)
        host_name = (await db.exec(owner)).one()
        is_recording = await find_live_recording(db, entrance.session.id) is not None
        view = JoinedView(
            participant=ParticipantView.of(entrance.participant),
            status="pending",
            position=place,
            session=describe_session(entrance.session, host_name, is_recording=is_recording),
        )
        return view.model_dump(mode="json", exclude_unset=True)


def _joined(actor: Actor) -> dict[str, Any]:
    view = JoinedView(
        participant=ParticipantView.of(actor.as_participant()),
        status="approved",
        permissions=sorted(actor.permissions),
    )
    return view.model_dump(mode="json", exclude_unset=True)
