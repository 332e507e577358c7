"""The one entrance: who comes in, who waits, who is told why not."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from models.actors import FRESH, find_participant
from models.errors import (
    ConsentRequired,
    GuestsNotAllowed,
    ParticipantBanned,
    ParticipantDeclined,
    ParticipantRemoved,
    SessionFull,
    SessionLocked,
    SessionNotFound,
    SessionNotOpen,
    SessionOver,
    ValidationFailed,
    WaitingRoomFull,
)
from models.identity.principals import Principal
from models.permissions import HOST_ROLES, Role
from models.recordings.tables import Recording, RecordingState
from models.rooms.events import Consented, ParticipantJoined, WaitingRoomUpdated
from models.rooms.payloads import JoinFields, ParticipantView, WaitingView
from models.rooms.presence import record_waiting_over
from models.rooms.seats import free_seats, waiting_count
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import OVER, SessionSettings, SessionStatus
from models.sessions.opening import opens_at
from models.sessions.tables import Session
from models.transaction import Transaction

MAX_WAITING = 1_000
"""People in one waiting room; every host holds the whole line."""

_REFUSALS = {
    ParticipantStatus.BANNED: ParticipantBanned,
    ParticipantStatus.REMOVED: ParticipantRemoved,
    ParticipantStatus.DECLINED: ParticipantDeclined,
}


@dataclass(frozen=True, slots=True)
class Entrance:
    """Whom somebody joined as, where to, and where the log stood then."""

    session: Session
    participant: Participant
    seq: int

    @property
    def is_pending(self) -> bool:
        return self.participant.status is ParticipantStatus.PENDING


async def join_session(
    tx: Transaction,
    principal: Principal | None,
    fields: JoinFields,
    session_id: UUID | None,
    code: str | None,
) -> Entrance:
    """Lets somebody in, puts them into the waiting room, or says why neither.

    Records `participant:joined` when they take a seat, `waiting_room:updated` when they begin to wait; coming again is
    no event. Raises SessionNotFound, SessionOver, SessionNotOpen, SessionLocked, SessionFull, GuestsNotAllowed,
    ConsentRequired, WaitingRoomFull, ParticipantDeclined, ParticipantRemoved, ParticipantBanned.
    """
    session = await _find_session(tx, principal, session_id, code)
    await tx.lock(session.id)
    await tx.db.refresh(session)
    known = None if principal is None else await find_participant(tx.db, principal, session.id)
    _check_open(tx, session, known)
    participant = known or _newcomer(tx, principal, session, fields)
    tx.acts_for(participant.id, participant.user_id)
    await _place(tx, session, participant, fields)
    return Entrance(session, participant, tx.log.head_seq)


async def _find_session(
    tx: Transaction, principal: Principal | None, session_id: UUID | None, code: str | None
) -> Session:
    query = select(Session).where(col(Session.deleted_at).is_(None))
    query = query.where(Session.id == session_id) if code is None else query.where(Session.code == code)
    if principal is not None:
        query = query.where(Session.tenant_id == principal.tenant_id)
    session = (await tx.db.exec(query, execution_options=FRESH)).first()
    if session is None or (principal and principal.session_id not in (None, session.id)):
        raise SessionNotFound
    return session


def _check_open(tx: Transaction, session: Session, known: Participant | None) -> None:
    refusal = _REFUSALS.get(known.status) if known else None
    if refusal is not None:
        raise refusal
    if session.status in OVER:
        raise SessionOver
    if known is not None and known.role in HOST_ROLES:
        return
    if session.status is SessionStatus.DRAFT:
        raise SessionNotOpen("The host is still preparing this session. Try again later.")
    opening = opens_at(session)
    if session.status is SessionStatus.SCHEDULED and opening is not None and tx.now < opening:
        raise SessionNotOpen("The doors are not open yet.", opens_at=opening.isoformat())
    if session.is_locked and not (known and known.is_counted_in):
        raise SessionLocked


def _newcomer(
    tx: Transaction, principal: Principal | None, session: Session, fields: JoinFields
) -> Participant:
    user = principal.user if principal else None
    if user is None and not SessionSettings.model_validate(session.settings).allow_guests:
        raise GuestsNotAllowed
    name = fields.display_name or (user.display_name if user else None)
    if name is None:
        raise ValidationFailed.of("display_name", "say what you want to be called")
    return Participant(
        tenant_id=session.tenant_id,
        session_id=session.id,
        user_id=user.id if user else None,
        display_name=name,
        status=ParticipantStatus.LEFT,
        language=fields.language or session.original_language,
        created_at=tx.now,
        updated_at=tx.now,
    )


async def _place(tx: Transaction, session: Session, participant: Participant, fields: JoinFields) -> None:
    if participant.is_present:
        _note_consent(tx, participant, fields, announce=True)
        return
    if _must_wait(session, participant):
        await _knock(tx, participant)
        return
    await _check_consent(tx, session, participant, fields)
    if participant.role not in HOST_ROLES and await free_seats(tx.db, session, tx.now, participant.id) == 0:
        raise SessionFull
    _note_consent(tx, participant, fields, announce=False)
    waited = participant.status is ParticipantStatus.PENDING
    take_seat(tx, session, participant)
    if waited:
        # Nobody let them in: they became a host, or approval is no longer asked for.
        await record_waiting_over(tx, participant)


def _must_wait(session: Session, participant: Participant) -> bool:
    if participant.role in HOST_ROLES or participant.admitted_at is not None:
        return False
    settings = SessionSettings.model_validate(session.settings)
    return settings.requires_approval or session.status is SessionStatus.SCHEDULED


async def _knock(tx: Transaction, participant: Participant) -> None:
    if participant.status is ParticipantStatus.PENDING:
        return
    if await waiting_count(tx.db, participant.session_id) >= MAX_WAITING:
        raise WaitingRoomFull
    participant.status = ParticipantStatus.PENDING
    participant.knocked_at = participant.updated_at = tx.now
    tx.db.add(participant)
    count = await waiting_count(tx.db, participant.session_id)
    view = WaitingView.of(participant)
    tx.record(WaitingRoomUpdated(participant_id=participant.id, waiting=view, count=count))


def take_seat(tx: Transaction, session: Session, participant: Participant) -> None:
    """Puts somebody who may come in into the room. Records `participant:joined`."""
    settings = SessionSettings.model_validate(session.settings)
    if participant.joined_at is None and settings.mute_on_entry and participant.role is Role.ATTENDEE:
        participant.is_muted = True
    participant.status = ParticipantStatus.APPROVED
    participant.is_present = True
    participant.admitted_at = participant.admitted_at or tx.now
    participant.joined_at = participant.updated_at = tx.now
    participant.left_at = participant.hand_raised_at = None
    tx.db.add(participant)
    tx.record(ParticipantJoined(participant=ParticipantView.of(participant)))


async def _check_consent(
    tx: Transaction, session: Session, participant: Participant, fields: JoinFields
) -> None:
    settings = SessionSettings.model_validate(session.settings)
    if not settings.recording_consent or fields.consent or participant.consented_at is not None:
        return
    query = select(Recording.id).where(
        Recording.session_id == session.id, Recording.state != RecordingState.STOPPED
    )
    if (await tx.db.exec(query)).first() is not None:
        raise ConsentRequired


def _note_consent(tx: Transaction, participant: Participant, fields: JoinFields, *, announce: bool) -> None:
    if not fields.consent or participant.consented_at is not None:
        return
    participant.consented_at = participant.updated_at = tx.now
    if announce:
        tx.record(Consented(participant_id=participant.id, consent=True))
