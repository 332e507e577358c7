"""Everything the site keeps of one person, for that person (seed 001's data portability)."""

from uuid import UUID

from pydantic import Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.tables import AuditEntry
from models.clock import Clock
from models.identity.payloads import UserView
from models.identity.principals import Principal
from models.identity.sign_ins import SignInView, list_sign_ins
from models.permissions import Role
from models.rooms.poll_tables import Poll, PollVote
from models.rooms.tables import ChatMessage, Participant, ParticipantStatus
from models.sessions.tables import Session
from models.text import Moment, View


class ExportedPlace(View):
    """A session that somebody was in."""

    session_id: UUID
    title: str
    display_name: str = Field(description="What they were called there.")
    role: Role
    status: ParticipantStatus
    language: str
    consented_at: Moment | None
    joined_at: Moment | None
    left_at: Moment | None
    total_s: float = Field(description="How long they were there in all, in seconds.")


class ExportedMessage(View):
    """Something somebody wrote."""

    session_id: UUID
    text: str
    sent_at: Moment
    edited_at: Moment | None


class ExportedVote(View):
    """What somebody voted for."""

    session_id: UUID
    question: str
    choices: list[str]
    at: Moment


class ExportedAct(View):
    """Something somebody did, as the audit has it."""

    action: str
    session_id: UUID | None
    at: Moment
    address: str


class Export(View):
    """All of it, as one archive."""

    exported_at: Moment
    account: UserView
    sign_ins: list[SignInView]
    sessions: list[ExportedPlace]
    messages: list[ExportedMessage]
    votes: list[ExportedVote]
    acts: list[ExportedAct]


async def export_own_data(db: AsyncSession, principal: Principal, clock: Clock) -> Export:
    """What is kept of the account: itself, where it is signed in, where it was, what it wrote, chose and did."""
    user = principal.account()
    return Export(
        exported_at=clock.now(),
        account=UserView.of(user, principal.standing),
        sign_ins=await list_sign_ins(db, principal, clock),
        sessions=await _places(db, user.id),
        messages=await _messages(db, user.id),
        votes=await _votes(db, user.id),
        acts=await _acts(db, user.id),
    )


async def _places(db: AsyncSession, user_id: UUID) -> list[ExportedPlace]:
    query = (
        select(Participant, Session.title)
        .join(Session, col(Session.id) == col(Participant.session_id))
        .where(Participant.user_id == user_id)
        .order_by(col(Participant.created_at))
    )
    return [
        ExportedPlace.model_validate({**place.model_dump(), "title": title})
        for place, title in (await db.exec(query)).all()
    ]


async def _messages(db: AsyncSession, user_id: UUID) -> list[ExportedMessage]:
    query = (
        select(ChatMessage)
        .join(Participant, col(Participant.id) == col(ChatMessage.participant_id))
        .where(Participant.user_id == user_id, col(ChatMessage.deleted_at).is_(None))
        .order_by(col(ChatMessage.created_at))
    )
    return [
        ExportedMessage(
            session_id=one.session_id, text=one.text, sent_at=one.created_at, edited_at=one.edited_at
        )
        for one in (await db.exec(query)).all()
    ]


async def _votes(db: AsyncSession, user_id: UUID) -> list[ExportedVote]:
    query = (
        select(PollVote, Poll)
        .join(Poll, col(Poll.id) == col(PollVote.poll_id))
        .join(Participant, col(Participant.id) == col(PollVote.participant_id))
        .where(Participant.user_id == user_id)
        .order_by(col(PollVote.at))
    )
    return [
        ExportedVote(
            session_id=poll.session_id, question=poll.question, choices=_chosen(poll, vote), at=vote.at
        )
        for vote, poll in (await db.exec(query)).all()
    ]


def _chosen(poll: Poll, vote: PollVote) -> list[str]:
    return [poll.options[choice] for choice in vote.choices]


async def _acts(db: AsyncSession, user_id: UUID) -> list[ExportedAct]:
    query = select(AuditEntry).where(AuditEntry.user_id == user_id).order_by(col(AuditEntry.at))
    return [ExportedAct.model_validate(one, from_attributes=True) for one in (await db.exec(query)).all()]
