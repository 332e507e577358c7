"""Who leaves: those whose grace period is over and whom no worker holds. Each leaves once, whoever counts them."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import structlog
from sqlmodel import col, or_, select

from models.context import Context
from models.errors import ConveneError, Unavailable
from models.rooms.presence import leave_session
from models.rooms.returning import return_to_seat
from models.rooms.tables import Participant, ParticipantStatus
from models.transaction import Origin
from realtime.presence import Deadline, Presence
from realtime.roll import Elsewhere, Roll

log = structlog.get_logger(__name__)

JUDGED_AT_ONCE: Final = 1_000
LEAVES_AT_ONCE: Final = 100
IDS_AT_ONCE: Final = 500
SEARCH_EVERY_S: Final = 60.0
"""How often those are searched for who are counted in and whom nobody watches, where several workers share."""


class Leaving:
    """Lets people go. `roll` says who is on other workers; without it there are none."""

    def __init__(self, context: Context, presence: Presence, roll: Roll | None) -> None:
        self._context = context
        self._presence = presence
        self._roll = roll
        self._taken: list[UUID] = []
        self._search_at = 0.0

    def take(self, people: Sequence[UUID]) -> None:
        """Takes over those whom a dead worker held or counted down."""
        self._taken += people

    async def start(self) -> None:
        """Gives everybody the grace period who is in or waiting and has nobody here: the server may have gone down."""
        self._search_at = asyncio.get_running_loop().time() + SEARCH_EVERY_S
        query = select(Participant.id, Participant.session_id, Participant.is_present).where(_counted_in())
        async with self._context.database.read() as db:
            rows = (await db.exec(query)).all()
        for participant_id, session_id, is_present in rows:
            if participant_id not in self._presence.held and participant_id not in self._presence.due:
                self._expect(participant_id, session_id, is_present=is_present, is_guess=True)

    async def settle(self) -> None:
        """Lets those leave whose time is over, and brings those back who were let go wrongly."""
        await self._bring_back()
        await self._take_over()
        if self._roll is not None and asyncio.get_running_loop().time() > self._search_at:
            await self.start()
        due = await self._judge(self._presence.over(JUDGED_AT_ONCE))
        for participant_id, deadline in due[:LEAVES_AT_ONCE]:
            await self._let_go(participant_id, deadline)

    async def _judge(self, over: list[tuple[UUID, Deadline]]) -> list[tuple[UUID, Deadline]]:
        if self._roll is None or not over:
            return over
        elsewhere = await self._roll.elsewhere([participant_id for participant_id, _ in over])
        if elsewhere is None:
            # Nobody is sent away for want of knowledge.
            return []
        gone: list[tuple[UUID, Deadline]] = []
        for (participant_id, deadline), found in zip(over, elsewhere, strict=True):
            if found is Elsewhere.HELD or (found is Elsewhere.DUE and deadline.is_guess):
                self._presence.drop(participant_id, deadline)
            else:
                gone.append((participant_id, deadline))
        return gone

    async def _let_go(self, participant_id: UUID, deadline: Deadline) -> None:
        try:
            async with self._context.transaction(Origin("participant:lost")) as tx:
                await tx.lock(deadline.session_id)
                # Looked at under the lock: whoever came back meanwhile is not sent away.
                if self._presence.begin_leaving(participant_id, deadline):
                    await leave_session(tx, deadline.session_id, participant_id, "lost")
        except ConveneError as error:
            if isinstance(error, Unavailable):
                log.warning("presence.leave_failed", error=error.code)
                return
        finally:
            self._presence.end_leaving(participant_id)
        self._presence.drop(participant_id, deadline)

    async def _take_over(self) -> None:
        taken, self._taken = self._taken, []
        for start in range(0, len(taken), IDS_AT_ONCE):
            some = taken[start : start + IDS_AT_ONCE]
            query = select(Participant.id, Participant.session_id, Participant.is_present)
            query = query.where(col(Participant.id).in_(some), _counted_in())
            try:
                async with self._context.database.read() as db:
                    rows = (await db.exec(query)).all()
            except ConveneError:
                self._taken += taken[start:]
                raise
            for participant_id, session_id, is_present in rows:
                if participant_id not in self._presence.held:
                    self._expect(participant_id, session_id, is_present=is_present, is_guess=False)

    def _expect(self, participant_id: UUID, session_id: UUID, *, is_present: bool, is_guess: bool) -> None:
        within_s = self._presence.grace_s if is_present else self._presence.waiting_grace_s
        self._presence.expect(participant_id, session_id, within_s, is_guess=is_guess)

    async def _bring_back(self) -> None:
        # A worker that was frozen cuts its sockets instead: it does not know who of them is still there.
        if self._roll is not None and not self._roll.is_awake:
            return
        for participant_id, session_id in self._presence.take_ousted():
            try:
                async with self._context.transaction(Origin("participant:found")) as tx:
                    await return_to_seat(tx, session_id, participant_id)
            except ConveneError as error:
                log.warning("presence.return_failed", error=error.code)


def _counted_in() -> Any:
    return or_(col(Participant.is_present), Participant.status == ParticipantStatus.PENDING)
