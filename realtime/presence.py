"""Presence: a lost link is not a leave until the grace period is over. Several devices are one presence, on whatever
workers they are.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from models.log.logged import LoggedEvent
from models.rooms.events import (
    ParticipantBanned,
    ParticipantDeclined,
    ParticipantJoined,
    ParticipantKicked,
    ParticipantLeft,
    WaitingRoomUpdated,
)
from models.sessions.events import SessionCancelled, SessionEnded
from models.settings import Settings
from realtime.roll import Elsewhere, Roll
from realtime.telling import Telling

SENT_AWAY = (ParticipantKicked.type, ParticipantBanned.type, ParticipantDeclined.type)
CLOSING = (SessionEnded.type, SessionCancelled.type)
COMING = (ParticipantJoined.type, WaitingRoomUpdated.type)
NOTICED = frozenset((*SENT_AWAY, *CLOSING, *COMING, ParticipantLeft.type))


@dataclass(slots=True)
class _Here:
    session_id: UUID
    sockets: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class Deadline:
    """When somebody without a socket leaves. `is_guess`: nobody saw them go, they were only found to be missing."""

    session_id: UUID
    at: float
    is_guess: bool = False


class Presence:
    """Which participants have sockets on this worker, and until when those who have none are still counted in."""

    def __init__(self, settings: Settings) -> None:
        self.grace_s = settings.presence_grace_s
        self.waiting_grace_s = settings.waiting_grace_s
        self._here: dict[UUID, _Here] = {}
        self._deadlines: dict[UUID, Deadline] = {}
        self._leaving: set[UUID] = set()
        self._ousted: dict[UUID, UUID] = {}
        self._roll: Roll | None = None

    def share(self, roll: Roll) -> None:
        """From here on the other workers know who is here."""
        self._roll = roll

    @property
    def held(self) -> Collection[UUID]:
        """Those who have a socket here."""
        return self._here.keys()

    @property
    def due(self) -> Collection[UUID]:
        """Those who are counted down here."""
        return self._deadlines.keys()

    def observe(self, telling: Telling, is_own: bool) -> None:  # noqa: FBT001  (the fan-out calls it so)
        """Notices who takes a seat or a place in line without having a socket yet, and who is sent away.

        Whom another worker lets in is that worker's to watch, if several watch.
        """
        if telling.type not in NOTICED:
            return
        event = telling.event
        if event.type in CLOSING:
            self._forget_all(event.session_id)
        elif event.type in SENT_AWAY:
            self._forget(UUID(orjson.loads(event.data)["participant_id"]))
        elif event.type == ParticipantLeft.type:
            self._notice_ousted(event)
        elif is_own or self._roll is None:
            newcomer = _newly_counted(event)
            if newcomer is not None and newcomer not in self._here:
                self.expect(newcomer, event.session_id, self.waiting_grace_s)

    def attach(self, participant_id: UUID, session_id: UUID, sid: str) -> None:
        """A socket of somebody is here."""
        self._here.setdefault(participant_id, _Here(session_id)).sockets.add(sid)
        self._deadlines.pop(participant_id, None)
        self._note(participant_id)

    def detach(self, participant_id: UUID, sid: str, *, waited: bool) -> None:
        """A socket of somebody is gone. If it was their last here, the grace period starts."""
        here = self._here.get(participant_id)
        if here is None or sid not in here.sockets:
            return
        here.sockets.discard(sid)
        if not here.sockets:
            del self._here[participant_id]
            self.expect(participant_id, here.session_id, self.waiting_grace_s if waited else self.grace_s)

    async def has_other_socket(self, participant_id: UUID, sid: str) -> bool:
        """Whether somebody is here on another device, too, or may be on another worker."""
        here = self._here.get(participant_id)
        if here is not None and here.sockets - {sid}:
            return True
        if self._roll is None:
            return False
        elsewhere = await self._roll.elsewhere([participant_id])
        return elsewhere is None or elsewhere[0] is Elsewhere.HELD

    def expect(
        self, participant_id: UUID, session_id: UUID, within_s: float, *, is_guess: bool = False
    ) -> None:
        """Counts somebody down who has no socket here."""
        at = asyncio.get_running_loop().time() + within_s
        self._deadlines[participant_id] = Deadline(session_id, at, is_guess)
        self._note(participant_id)

    def over(self, at_most: int) -> list[tuple[UUID, Deadline]]:
        """Those whose time is over."""
        now = asyncio.get_running_loop().time()
        return [(key, one) for key, one in self._deadlines.items() if one.at <= now][:at_most]

    def begin_leaving(self, participant_id: UUID, deadline: Deadline) -> bool:
        """Whether they are still counted down by this deadline, for whoever came back is not; then they are leaving.

        Asked under the session's lock; what is begun is ended by `end_leaving` when all is stored or given up.
        """
        is_due = self._deadlines.get(participant_id) is deadline
        if is_due:
            self._leaving.add(participant_id)
        return is_due

    def end_leaving(self, participant_id: UUID) -> None:
        """They have left, or stay."""
        self._leaving.discard(participant_id)

    def is_leaving(self, participant_id: UUID) -> bool:
        """Whether somebody is being let go just now: the seat they seem to have is as good as gone."""
        return participant_id in self._leaving

    def drop(self, participant_id: UUID, deadline: Deadline) -> None:
        """Counts somebody down no more."""
        if self._deadlines.get(participant_id) is deadline:
            del self._deadlines[participant_id]
            self._note(participant_id)

    def take_ousted(self) -> list[tuple[UUID, UUID]]:
        """Participants, with their sessions, who were let go as lost while a socket of theirs is here."""
        ousted = [(who, where) for who, where in self._ousted.items() if who in self._here]
        self._ousted.clear()
        return ousted

    def _notice_ousted(self, event: LoggedEvent) -> None:
        # Another worker found nobody holding them: they came here in that very moment, or it could not see us.
        data = orjson.loads(event.data)
        participant_id = UUID(data["participant_id"])
        if data["reason"] == "lost" and participant_id in self._here:
            self._ousted[participant_id] = event.session_id

    def _forget_all(self, session_id: UUID) -> None:
        for participant_id in [key for key, one in self._here.items() if one.session_id == session_id]:
            self._forget(participant_id)

    def _forget(self, participant_id: UUID) -> None:
        self._here.pop(participant_id, None)
        self._deadlines.pop(participant_id, None)
        self._note(participant_id)

    def _note(self, participant_id: UUID) -> None:
        if self._roll is not None:
            self._roll.note(participant_id)


def _newly_counted(event: LoggedEvent) -> UUID | None:
    if event.type == ParticipantJoined.type:
        return UUID(orjson.loads(event.data)["participant"]["id"])
    data = orjson.loads(event.data)
    return None if data["waiting"] is None else UUID(data["participant_id"])
