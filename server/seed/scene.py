"""One session being played: every line of a play is one method, every method one use case."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, Self, TypeVar
from uuid import UUID

from models.actors import Actor
from models.identity.principals import Principal
from models.permissions import Role
from models.recordings import recording as recordings
from models.rooms import chat, hands, moderation, polls, waiting_room
from models.rooms.payloads import JoinFields
from models.rooms.poll_payloads import PollFields
from models.rooms.tables import ChatMessage
from models.sessions import editing, lifecycle
from models.sessions.payloads import CreateSession
from models.transaction import Transaction
from server.seed.stage import Stage

P = ParamSpec("P")
Result = TypeVar("Result")

STEP_S = 7.0
"""How much time passes between two lines."""


class Scene:
    """A session and the people in it, by the names the play calls them."""

    def __init__(self, stage: Stage, host: str, session_id: UUID) -> None:
        self._stage = stage
        self._host = host
        self._session_id = session_id
        self._participants: dict[str, UUID] = {}
        self._guests: dict[str, Principal] = {}

    @classmethod
    async def set_up(cls, stage: Stage, host: str, data: CreateSession, created_at: datetime) -> Self:
        """Creates the session at a moment."""
        stage.clock.set_to(created_at)
        session = await stage.create(host, data)
        return cls(stage, host, session.id)

    def at(self, moment: datetime) -> None:
        """Goes on at a moment."""
        self._stage.clock.set_to(moment)

    def pass_time(self, minutes: float) -> None:
        self._stage.clock.advance(timedelta(minutes=minutes).total_seconds())

    async def enter(self, *people: str, consent: bool = False, language: str | None = None) -> None:
        """Has people come in, or to the waiting room. A name that is nobody's account is a guest's."""
        for who in people:
            self._step()
            is_guest = who not in self._stage.cast
            fields = JoinFields(
                display_name=who if is_guest else None, consent=consent or None, language=language
            )
            entrance = await self._stage.join(self._principal(who), self._session_id, fields)
            participant = entrance.participant
            self._participants[who] = participant.id
            if is_guest:
                self._guests[who] = Principal(
                    participant.tenant_id, participant_id=participant.id, session_id=self._session_id
                )

    async def open_with(self, *people: str) -> None:
        """Starts the session with the host and these people in it."""
        await self.enter(self._host)
        await self.starts()
        await self.enter(*people)

    async def admits(self, by: str, *people: str, consent: bool = False) -> None:
        """Lets people in who wait; they come in at once."""
        for who in people:
            await self._do(by, waiting_room.approve_participant, self._participants[who])
        await self.enter(*people, consent=consent)

    async def turns_away(self, by: str, who: str, reason: str) -> None:
        await self._do(by, waiting_room.reject_participant, self._participants[who], reason)

    async def tells_those_who_wait(self, by: str, text: str) -> None:
        await self._do(by, waiting_room.message_waiting, text)

    async def says(self, who: str, text: str, reply_to: ChatMessage | None = None) -> ChatMessage:
        return await self._do(who, chat.send_message, text, reply_to.id if reply_to else None)

    async def corrects(self, who: str, message: ChatMessage, text: str) -> None:
        await self._do(who, chat.edit_message, message.id, text)

    async def takes_back(self, who: str, message: ChatMessage) -> None:
        await self._do(who, chat.delete_message, message.id)

    async def raises_hand(self, *people: str) -> None:
        for who in people:
            await self._do(who, hands.raise_hand)

    async def lowers_hand(self, by: str, who: str) -> None:
        await self._do(by, hands.lower_hand, self._participants[who])

    async def gives_consent(self, *people: str) -> None:
        for who in people:
            await self._do(who, hands.give_consent, consent=True)

    async def follows_in(self, who: str, language: str) -> None:
        await self._do(who, hands.set_language, self._participants[who], language)

    async def mutes(self, by: str, who: str) -> None:
        await self._do(by, moderation.mute_participant, self._participants[who])

    async def unmutes(self, by: str, who: str) -> None:
        await self._do(by, moderation.unmute_participant, self._participants[who])

    async def mutes_all(self, by: str) -> None:
        await self._do(by, moderation.mute_all)

    async def unmutes_all(self, by: str) -> None:
        await self._do(by, moderation.unmute_all)

    async def sends_out(self, by: str, who: str, reason: str) -> None:
        await self._do(by, moderation.kick_participant, self._participants[who], reason)

    async def makes(self, who: str, role: Role) -> None:
        await self._do(self._host, moderation.set_role, self._participants[who], role)

    async def records(self, title: str | None = None) -> None:
        await self._do(self._host, recordings.start_recording, title)

    async def pauses_recording(self) -> None:
        await self._do(self._host, recordings.pause_recording)

    async def resumes_recording(self) -> None:
        await self._do(self._host, recordings.resume_recording)

    async def stops_recording(self) -> None:
        await self._do(self._host, recordings.stop_recording)

    async def asks(self, question: str, *options: str) -> UUID:
        """Opens a poll; gives its id."""
        fields = PollFields(question=question, options=list(options))
        return (await self._do(self._host, polls.create_poll, fields)).id

    async def votes(self, poll_id: UUID, choice: int, *people: str) -> None:
        """Has people vote for the same option, counted from 0."""
        for who in people:
            await self._do(who, polls.vote, poll_id, [choice])

    async def closes_poll(self, poll_id: UUID) -> None:
        await self._do(self._host, polls.close_poll, poll_id)

    async def leaves(self, *people: str) -> None:
        for who in people:
            self._step()
            await self._stage.leave(self._session_id, self._participants[who])

    async def starts(self) -> None:
        await self._do(self._host, lifecycle.start_session)

    async def pauses(self) -> None:
        await self._do(self._host, lifecycle.pause_session)

    async def resumes(self) -> None:
        await self._do(self._host, lifecycle.resume_session)

    async def locks(self) -> None:
        await self._do(self._host, lifecycle.lock_session)

    async def ends(self) -> None:
        await self._do(self._host, lifecycle.end_session)

    async def is_called_off(self, reason: str) -> None:
        await self._do(self._host, lifecycle.cancel_session, reason)

    async def is_deleted(self) -> None:
        await self._do(self._host, editing.delete_session)

    async def _do(
        self,
        who: str,
        use_case: Callable[Concatenate[Transaction, Actor, P], Awaitable[Result]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Result:
        self._step()
        return await self._stage.act(
            self._stage.cast.get(who) or self._guests[who], self._session_id, use_case, *args, **kwargs
        )

    def _principal(self, who: str) -> Principal | None:
        return self._stage.cast.get(who) or self._guests.get(who)

    def _step(self) -> None:
        self._stage.clock.advance(STEP_S)


def slot(stage: Stage, days_ago: int, hour: int, minutes: int) -> tuple[datetime, datetime]:
    """Beginning and end of a session some days ago."""
    start = (stage.now - timedelta(days=days_ago)).replace(hour=hour, minute=0, second=0, microsecond=0)
    return start, start + timedelta(minutes=minutes)
