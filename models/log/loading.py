"""A room's state, read from the tables at one consistent moment."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import orjson
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.log.catalogue import apply
from models.log.event import HOSTS, may_hear
from models.log.logged import LoggedEvent
from models.log.state import RECENT_MESSAGES, RoomState
from models.log.tables import SessionLog
from models.recordings.payloads import RecordingView
from models.recordings.recording import find_live_recording
from models.rooms.chat import load_messages
from models.rooms.payloads import MessageView, ParticipantView, WaitingView
from models.rooms.poll_payloads import PollView
from models.rooms.polls import load_polls
from models.rooms.rosters import load_roster, on_stage_in, present_in
from models.rooms.waiting_room import load_waiting
from models.sessions.kinds import OVER
from models.sessions.payloads import RoomSession
from models.sessions.tables import Session

AudienceKind = Literal["everyone", "hosts"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A room's state at a place in its log."""

    epoch: str
    seq: int
    state: RoomState

    def after(self, event: LoggedEvent) -> "Snapshot":
        """The snapshot one event later. What the state's audience may not hear only moves its place."""
        if not may_hear(event.audience, self.state.audience, None):
            return Snapshot(self.epoch, event.seq, self.state)
        return Snapshot(
            self.epoch, event.seq, apply(self.state, event.type, event.at, orjson.loads(event.data))
        )


async def load_head(db: AsyncSession, session_id: UUID) -> SessionLog:
    """Where a session's log stands."""
    return (await db.exec(select(SessionLog).where(SessionLog.session_id == session_id))).one()


async def load_snapshot(db: AsyncSession, session_id: UUID, audience: AudienceKind) -> Snapshot:
    """The state of a room as an audience sees it. Needs a transaction that sees one moment, or the session's lock."""
    head = await load_head(db, session_id)
    session = (await db.exec(select(Session).where(Session.id == session_id))).one()
    now = await load_roster(db, session_id)
    is_summary = now.roster == "summary" and session.status not in OVER
    shown = on_stage_in(session_id) if is_summary else present_in(session_id)
    participants = (await db.exec(shown)).all()
    waiting = await load_waiting(db, session_id) if audience == HOSTS else []
    messages = await load_messages(db, session_id, None, RECENT_MESSAGES)
    polls = await load_polls(db, session_id)
    recording = await find_live_recording(db, session_id)
    state = RoomState(
        audience=audience,
        session=RoomSession.of(session),
        roster="summary" if is_summary else "full",
        present=now.present,
        participants={one.id: ParticipantView.of(one) for one in participants},
        waiting={one.id: WaitingView.of(one) for one in waiting},
        messages=[MessageView.of(message) for message in messages],
        polls={poll.id: PollView.of(poll) for poll in polls},
        recording=None if recording is None else RecordingView.of(recording),
    )
    return Snapshot(head.epoch, head.head_seq, state)
