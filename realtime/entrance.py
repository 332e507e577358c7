"""The commands about the connection itself: coming in, catching up, going; a fresh token; reactions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, actor_of
from models.context import Context
from models.errors import Forbidden, InternalError, NotJoined, ParticipantWaiting
from models.identity.api_keys import read_token
from models.identity.principals import Principal, load_principal
from models.identity.tables import User
from models.recordings.recording import find_live_recording
from models.rooms.arriving import Arrival, read_arrival
from models.rooms.guessing import guessing_codes
from models.rooms.joining import Entrance, come_back, join_session
from models.rooms.payloads import After, InSession, Join, ParticipantView, React, Sync
from models.rooms.presence import leave_session
from models.rooms.reactions import check_may_react
from models.rooms.waiting_room import place_in_line
from models.sessions.preview import describe_session
from realtime.answers import Authenticate, Authenticated, JoinedView
from realtime.catching_up import CatchUp, Place
from realtime.command import Answer
from realtime.connection import Connection
from realtime.fanout import Fanout
from realtime.metrics import Meters
from realtime.presence import Presence
from realtime.room import Member
from realtime.signals import reaction
from realtime.turnstile import Turnstile

JOIN_ATTEMPTS = 3
"""Between taking a seat and being told the state, a host may have acted; then the entrance is tried again."""

JOINS_AT_ONCE = 4
"""Fewer than the database has connections: in a storm the people in the room go on talking."""
JOINS_IN_LINE = 2_000
JOIN_WITHIN_S = 10.0


class Doors:
    """The commands by which a socket enters, catches up with and leaves a room."""

    def __init__(
        self, context: Context, fanout: Fanout, presence: Presence, replay_limit: int, meters: Meters
    ) -> None:
        self._context = context
        self._meters = meters
        self._fanout = fanout
        self._presence = presence
        self._catching_up = CatchUp(context, fanout, replay_limit, meters)
        self._turnstile = Turnstile(JOINS_AT_ONCE, JOINS_IN_LINE, JOIN_WITHIN_S)

    async def join(self, connection: Connection, payload: Join) -> Answer:
        """Comes in, comes back, or knocks.

        Answered with the participant and, once in, with what brings the client up to `seq`: the events missed after
        `after`, or the whole state. Who has to wait gets `status: pending` and nothing of the room; told
        `participant:approved`, they join again.
        """
        async with self._turnstile.turn():
            session_id = await self._find_open(connection, payload)
            for _ in range(JOIN_ATTEMPTS):
                answer = await self._join(connection, session_id, payload)
                if answer is not None:
                    self._meters.joined(answer.data["status"])
                    return answer
            self.forget(connection, session_id)
        raise InternalError

    async def sync(self, connection: Connection, payload: Sync) -> Answer:
        """What was missed after a point, or without one, the whole state. For somebody who is in."""
        async with self._turnstile.turn():
            for _ in range(JOIN_ATTEMPTS):
                place = await self._place(connection, payload.session_id)
                data, seq = await self._catching_up.bring(place, payload.after)
                if not self._catching_up.has_changed(place, seq):
                    return Answer({**data, "participant": _own(place.actor)}, seq)
        raise InternalError

    async def leave(self, connection: Connection, payload: InSession) -> Answer:
        """Leaves the room, or takes back one's knock. With another device still in, only this socket leaves."""
        participant_id = connection.places.get(payload.session_id)
        if participant_id is None:
            raise NotJoined
        seq = None
        if not await self._presence.has_other_socket(participant_id, connection.sid):
            origin = connection.origin("session:leave")
            async with self._within(connection).transaction(origin) as tx:
                await tx.lock(payload.session_id)
                await leave_session(tx, payload.session_id, participant_id, "left")
                seq = tx.log.head_seq
        self.forget(connection, payload.session_id)
        return Answer({}, seq)

    async def authenticate(self, connection: Connection, payload: Authenticate) -> Answer:
        """Shows a fresh token of the same person before the old one runs out, so that the socket stays open."""
        claims = await read_token(self._context, payload.token)
        async with self._within(connection).database.read() as db:
            new = await load_principal(db, claims, self._context.clock.now())
            old = await load_principal(db, connection.claims, self._context.clock.now())
        if new.id != old.id:
            raise Forbidden("This token is somebody else's. Open a connection of its own for it.")
        connection.claims = claims
        return Answer(Authenticated(expires_at=claims.expires_at).model_dump(mode="json"))

    async def react(self, connection: Connection, payload: React) -> Answer:
        """Lets an emoji float by. It is not logged; a client may drop it."""
        actor = (await self._arrival(connection, payload.session_id)).actor()
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

    async def _find_open(self, connection: Connection, payload: Join) -> UUID:
        """The session that is meant. To strangers it does not exist, and no room is opened for them."""
        if payload.session_id is not None and self._fanout.room(payload.session_id) is not None:
            return payload.session_id
        if payload.code is None:
            return (await self._arrival(connection, payload.session_id)).session.id
        async with guessing_codes(self._context, connection.address):
            return (await self._arrival(connection, None, payload.code)).session.id

    async def _join(self, connection: Connection, session_id: UUID, payload: Join) -> Answer | None:
        before = connection.places.get(session_id)
        # Listened to before anything is read, and held: so nothing falls between what is read and what is told.
        member = await self._fanout.enter(connection, session_id, None)
        try:
            entrance, principal = await self._find_place(connection, session_id, payload)
            member.participant_id = entrance.participant.id
            if entrance.is_pending:
                return await self._wait(connection, entrance)
            return await self._enter(connection, member, entrance, principal, payload.after)
        except BaseException:
            # What was taken is kept for the grace period, as after a lost link, and no longer.
            self.forget(connection, session_id)
            if before is not None:
                self._presence.detach(before, connection.sid, waited=False)
            raise

    async def _find_place(
        self, connection: Connection, session_id: UUID, payload: Join
    ) -> tuple[Entrance, Principal]:
        """Finds the place that somebody has, which takes no lock, or has them take one; from then on they hold it."""
        arrival = await self._arrival(connection, session_id)
        entrance = come_back(arrival, payload, self._context.clock.now())
        if entrance is not None and not self._presence.is_leaving(entrance.participant.id):
            self._hold(connection, session_id, entrance.participant.id)
            return entrance, arrival.principal
        origin = connection.origin("session:join")
        async with self._within(connection).transaction(origin) as tx:
            principal = await load_principal(tx.db, connection.claims, tx.now)
            entrance = await join_session(tx, principal, payload, session_id, None)
            # While the session is locked: nobody finds them missing between taking the place and holding it.
            self._hold(connection, session_id, entrance.participant.id)
        return entrance, principal

    def _hold(self, connection: Connection, session_id: UUID, participant_id: UUID) -> None:
        if connection.is_open:
            self._presence.attach(participant_id, session_id, connection.sid)
        connection.places[session_id] = participant_id

    async def _wait(self, connection: Connection, entrance: Entrance) -> Answer | None:
        session_id, participant_id = entrance.session.id, entrance.participant.id
        await self._fanout.wait(connection, session_id, participant_id)
        async with self._within(connection).database.read() as db:
            try:
                (await self._arrival_in(db, connection, session_id)).actor()
            except ParticipantWaiting:
                place = await place_in_line(db, entrance.participant)
                data = await self._pending(db, entrance, place)
                return self._if_open(connection, session_id, Answer(data))
        # Let in between knocking and waiting: nobody will tell this socket, so it goes in at once.
        return None

    async def _enter(
        self,
        connection: Connection,
        member: Member,
        entrance: Entrance,
        principal: Principal,
        after: After | None,
    ) -> Answer | None:
        actor = actor_of(principal, entrance.session, entrance.participant)
        place = Place(actor, entrance.epoch, entrance.seq)
        data, seq = await self._catching_up.bring(place, after)
        room = self._fanout.room(actor.session.id)
        if room is None or not room.still_holds(member, entrance.seq):
            return None
        if self._catching_up.has_changed(place, seq):
            return None
        member.hears_hosts = principal.hears_hosts
        release = self._releaser(member, actor.session.id, seq, actor)
        answer = Answer({**_joined(actor), **data}, seq, release)
        return self._if_open(connection, actor.session.id, answer)

    async def _place(self, connection: Connection, session_id: UUID) -> Place:
        arrival = await self._arrival(connection, session_id)
        actor = arrival.actor()
        if actor.participant is not None and session_id not in connection.places:
            raise NotJoined
        return Place(actor, arrival.epoch, arrival.seq)

    def _releaser(self, member: Member, session_id: UUID, seq: int, actor: Actor) -> Callable[[], None]:
        return lambda: self._fanout.release(member, session_id, seq, actor.audience)

    def _if_open(self, connection: Connection, session_id: UUID, answer: Answer) -> Answer:
        if not connection.is_open:
            self.forget(connection, session_id)
        return answer

    async def _arrival(
        self, connection: Connection, session_id: UUID | None, code: str | None = None
    ) -> Arrival:
        async with self._within(connection).database.read() as db:
            return await self._arrival_in(db, connection, session_id, code)

    async def _arrival_in(
        self, db: AsyncSession, connection: Connection, session_id: UUID | None, code: str | None = None
    ) -> Arrival:
        return await read_arrival(db, connection.claims, self._context.clock.now(), session_id, code)

    def _within(self, connection: Connection) -> Context:
        return self._context.within(connection.claims.tenant_id)

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


def _own(actor: Actor) -> dict[str, Any] | None:
    return (
        None if actor.participant is None else ParticipantView.of(actor.participant).model_dump(mode="json")
    )
