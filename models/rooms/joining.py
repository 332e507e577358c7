"""The one entrance: who comes in, who waits, who is told why not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy import inspect as sa_inspect
from sqlmodel import and_, col, select

from models.actors import FRESH
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
from models.identity.preferences import shown_avatar
from models.identity.principals import Principal
from models.identity.tables import Tenant
from models.permissions import HOST_ROLES, Permission, Role
from models.rooms.arriving import Arrival
from models.rooms.events import Consented, ParticipantJoined, WaitingRoomUpdated
from models.rooms.payloads import JoinFields, ParticipantView, WaitingView
from models.rooms.presence import record_waiting_over
from models.rooms.rosters import RosterNow, count_in, load_seats, settle_roster
from models.rooms.seats import waiting_count
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import OVER, SessionSettings, SessionStatus
from models.sessions.opening import opens_at
from models.sessions.tables import Session
from models.tenancy import narrow
from models.transaction import Transaction

MAX_WAITING = 1_000
"""People in one waiting room; every host holds the whole line."""

# Asked for everybody who joins: made once, so that the key in the cache of compiled statements is made once.
_OWN_ACCOUNT = col(Participant.user_id) == bindparam("own_id")
_OWN_ID = col(Participant.id) == bindparam("own_id")
_WITH_ACCOUNT, _WITH_PARTICIPANT = (
    select(Session, Participant)
    .join(Participant, and_(col(Participant.session_id) == col(Session.id), own), isouter=True)
    .where(col(Session.id) == bindparam("asked_id"))
    for own in (_OWN_ACCOUNT, _OWN_ID)
)

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
    epoch: str
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
    if principal is not None:
        principal.check_scope(Permission.SESSION_JOIN)
    found_id = session_id
    if found_id is None or principal is None:
        found_id = await _find(tx, session_id, code)
    await tx.lock(found_id)
    session, known = await _load(tx, principal, found_id)
    _check_open(tx.now, session, known)
    participant = known or _newcomer(tx, principal, session, fields)
    who = principal.who if principal is not None and principal.user is not None else participant.who
    tx.acts_for(participant.id, participant.user_id, who)
    _bring_picture(participant, principal)
    await _place(tx, session, participant, fields)
    return Entrance(session, participant, tx.log.epoch, tx.log.head_seq)


def come_back(arrival: Arrival, fields: JoinFields, now: datetime) -> Entrance | None:
    """The place of somebody who has one already, in the room or at its door, where coming again changes nothing.

    None if something has to change: then `join_session`. Raises what it would raise for whom it does not let in.
    """
    known = arrival.participant
    arrival.principal.check_scope(Permission.SESSION_JOIN)
    _check_open(now, arrival.session, known)
    if known is None:
        return None
    waits = known.status is ParticipantStatus.PENDING and _must_wait(arrival.session, known)
    is_in = known.is_present and not _has_news(known, fields)
    return Entrance(arrival.session, known, arrival.epoch, arrival.seq) if is_in or waits else None


async def _find(tx: Transaction, session_id: UUID | None, code: str | None) -> UUID:
    """The session that is meant. A guest is of no tenant yet, and of the session's from here on."""
    meant = Session.id == session_id if code is None else Session.code == code
    query = select(Session.id, Session.tenant_id).join(Tenant, col(Tenant.id) == col(Session.tenant_id))
    found = (await tx.db.exec(query.where(meant, Tenant.is_active))).first()
    if found is None:
        raise SessionNotFound
    narrow(tx.db, found[1])
    return found[0]


async def _load(
    tx: Transaction, principal: Principal | None, session_id: UUID
) -> tuple[Session, Participant | None]:
    is_account = principal is not None and principal.user is not None
    named = {"asked_id": session_id, "own_id": None if principal is None else principal.id}
    query = _WITH_ACCOUNT if is_account else _WITH_PARTICIPANT
    session, known = (await tx.db.exec(query, params=named, execution_options=FRESH)).first() or (None, None)
    if session is None or session.deleted_at is not None:
        raise SessionNotFound
    if principal is not None and principal.session_id not in (None, session.id):
        raise SessionNotFound
    return session, known


def _check_open(now: datetime, session: Session, known: Participant | None) -> None:
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
    if session.status is SessionStatus.SCHEDULED and opening is not None and now < opening:
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


def _bring_picture(participant: Participant, principal: Principal | None) -> None:
    # Of whom the room knows already, it changes by an event only.
    is_known = participant.is_present or participant.status is ParticipantStatus.PENDING
    if not is_known and principal is not None and principal.user is not None:
        participant.avatar = shown_avatar(principal.user.avatar, principal.user.preferences)


async def _place(tx: Transaction, session: Session, participant: Participant, fields: JoinFields) -> None:
    if participant.is_present:
        _note_consent(tx, participant, fields, announce=True)
        return
    if _must_wait(session, participant):
        await _knock(tx, participant)
        return
    seats = await load_seats(tx, session.id, participant.id)
    if seats.is_recorded_by_others:
        _check_consent(session, participant, fields)
    if participant.role not in HOST_ROLES and seats.present + seats.kept >= session.max_participants:
        raise SessionFull
    _note_consent(tx, participant, fields, announce=False)
    waited = participant.status is ParticipantStatus.PENDING
    await take_seat(tx, session, participant, seats.with_one_more())
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


async def take_seat(
    tx: Transaction, session: Session, participant: Participant, now: RosterNow | None = None
) -> None:
    """Puts somebody who may come in into the room, whose roster is `now` with them in it.

    Records `participant:joined`, and `session:roster_changed` if the room has become large by it.
    """
    settings = SessionSettings.model_validate(session.settings)
    if participant.joined_at is None and settings.mute_on_entry and participant.role is Role.ATTENDEE:
        participant.is_muted = True
    participant.status = ParticipantStatus.APPROVED
    participant.is_present = True
    participant.admitted_at = participant.admitted_at or tx.now
    participant.joined_at = participant.updated_at = tx.now
    participant.left_at = participant.hand_raised_at = None
    if sa_inspect(participant).transient:
        tx.insert(participant)
    else:
        tx.db.add(participant)
    now = now or await count_in(tx, session.id)
    tx.record(ParticipantJoined(participant=ParticipantView.of(participant), present=now.present))
    await settle_roster(tx, session.id, now)


def _check_consent(session: Session, participant: Participant, fields: JoinFields) -> None:
    settings = SessionSettings.model_validate(session.settings)
    if settings.recording_consent and not fields.consent and participant.consented_at is None:
        raise ConsentRequired


def _has_news(participant: Participant, fields: JoinFields) -> bool:
    return bool(fields.consent) and participant.consented_at is None


def _note_consent(tx: Transaction, participant: Participant, fields: JoinFields, *, announce: bool) -> None:
    if not _has_news(participant, fields):
        return
    participant.consented_at = participant.updated_at = tx.now
    if announce:
        tx.record(Consented(participant_id=participant.id, consent=True))
