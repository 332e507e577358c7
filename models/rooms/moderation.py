"""Moderation: mute, unmute, send out, ban, change roles. Only upon people below oneself."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import func, select

from models.actors import FRESH, Actor, require
from models.errors import AlreadyDecided, Forbidden, LastHost, SessionOver
from models.log.event import Event
from models.permissions import ADMIN_RANK, RANK, Permission, Role
from models.rooms.events import (
    AllMuted,
    AllUnmuted,
    ParticipantBanned,
    ParticipantKicked,
    ParticipantMuted,
    ParticipantUnbanned,
    ParticipantUnmuted,
    RoleChanged,
)
from models.rooms.presence import (
    audience_about,
    give_up_seat,
    load_participant,
    record_waiting_over,
)
from models.rooms.rights import allowed_by, as_their_role, in_place_of_role, permissions_of
from models.rooms.rosters import as_newcomer, count_in, present_in, settle_roster
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import OVER
from models.transaction import Transaction

_Status = ParticipantStatus


async def mute_participant(tx: Transaction, actor: Actor, participant_id: UUID) -> Participant:
    """Silences somebody until someone unmutes them. Muting twice is no change.

    Records `participant:muted`. Raises ParticipantNotFound, Forbidden, OutranksYou, SessionOver.
    """
    participant = await _target(tx, actor, participant_id, Permission.PARTICIPANT_MUTE)
    if not participant.is_muted:
        _set_muted(tx, participant, muted=True)
        tx.record(ParticipantMuted(participant_id=participant.id), audience_about(participant))
    return participant


async def unmute_participant(tx: Transaction, actor: Actor, participant_id: UUID) -> Participant:
    """Gives somebody their voice back. Records `participant:unmuted`. Raises as `mute_participant` does."""
    participant = await _target(tx, actor, participant_id, Permission.PARTICIPANT_UNMUTE)
    if participant.is_muted:
        _set_muted(tx, participant, muted=False)
        tx.record(ParticipantUnmuted(participant_id=participant.id), audience_about(participant))
    return participant


async def mute_all(tx: Transaction, actor: Actor, only: list[UUID] | None = None) -> list[Participant]:
    """Silences everybody in the room who stands below the actor, or `only` these of them.

    Records one `participant:all_muted`. Raises Forbidden, SessionOver.
    """
    require(actor, Permission.PARTICIPANT_MUTE)
    return await _set_all_muted(tx, actor, only, muted=True)


async def unmute_all(tx: Transaction, actor: Actor, only: list[UUID] | None = None) -> list[Participant]:
    """Gives everybody below the actor their voice back, or `only` these of them: what takes `mute_all` back.

    Records one `participant:all_unmuted`. Raises Forbidden, SessionOver.
    """
    require(actor, Permission.PARTICIPANT_UNMUTE)
    return await _set_all_muted(tx, actor, only, muted=False)


async def kick_participant(
    tx: Transaction, actor: Actor, participant_id: UUID, reason: str | None = None
) -> Participant:
    """Sends somebody out: their sockets are cut, and no token brings them back until a host approves them again.

    Whoever comes back does so as an attendee: pardoning is easier than granting a role, so it must not grant one.
    Records `participant:kicked`. Raises ParticipantNotFound, Forbidden, OutranksYou, AlreadyDecided, LastHost.
    """
    participant = await _other(tx, actor, participant_id, Permission.PARTICIPANT_KICK)
    if participant.status in (_Status.REMOVED, _Status.BANNED):
        raise AlreadyDecided
    event = ParticipantKicked(participant_id=participant.id, reason=reason)
    await _send_out(tx, actor, participant, _Status.REMOVED, event)
    return participant


async def ban_participant(
    tx: Transaction, actor: Actor, participant_id: UUID, reason: str | None = None
) -> Participant:
    """Sends somebody out for good. Records `participant:banned`. Raises as `kick_participant` does."""
    participant = await _other(tx, actor, participant_id, Permission.PARTICIPANT_BAN)
    if participant.status is _Status.BANNED:
        raise AlreadyDecided
    event = ParticipantBanned(participant_id=participant.id, reason=reason)
    await _send_out(tx, actor, participant, _Status.BANNED, event)
    return participant


async def unban_participant(tx: Transaction, actor: Actor, participant_id: UUID) -> Participant:
    """Lifts a ban: the person may knock again. Records `participant:unbanned`. Raises AlreadyDecided."""
    participant = await _target(tx, actor, participant_id, Permission.PARTICIPANT_BAN)
    lifted = await tx.compare_and_set(participant, "status", _Status.BANNED, _Status.LEFT, updated_at=tx.now)
    if not lifted:
        raise AlreadyDecided("This person is not banned.")
    tx.record(ParticipantUnbanned(participant_id=participant.id))
    return participant


async def set_role(
    tx: Transaction,
    actor: Actor,
    participant_id: UUID,
    role: Role,
    in_its_place: Iterable[str] | None = None,
) -> Participant:
    """Gives somebody another role. One cannot grant a role above one's own, and the last host cannot step down.

    Nobody comes to more by it than the actor has, themselves included. `in_its_place` are the permissions of a custom
    role that stands on this one. Records `participant:role_changed`. Raises ParticipantNotFound, Forbidden,
    OutranksYou, LastHost.
    """
    participant = await load_participant(tx, actor.session.id, participant_id)
    is_self = actor.participant is not None and actor.participant.id == participant.id
    require(actor, Permission.PARTICIPANT_SET_ROLE, over=None if is_self else participant)
    if RANK[role] > actor.rank or (RANK[role] == actor.rank and not _grants_equals(actor, participant, role)):
        raise Forbidden("You cannot grant a role that is above your own, or equal to it.")
    own = as_their_role(participant)
    own = own if in_its_place is None else in_place_of_role(participant, in_its_place)
    check_gains(actor, participant, allowed_by(role, own))
    if participant.role is role and participant.custom_role_id is None:
        return participant
    if participant.role is Role.HOST and await _hosts(tx, actor) == 1:
        raise LastHost
    before = {"role": participant.role, "custom_role_id": participant.custom_role_id}
    participant.role, participant.custom_role_id = role, None
    participant.permissions = as_their_role(participant)
    participant.version += 1
    participant.updated_at = tx.now
    newcomer = await as_newcomer(tx, participant)
    event = RoleChanged(participant_id=participant.id, role=role, participant=newcomer)
    after = {"role": role, "custom_role_id": None}
    tx.record(event, audience_about(participant), before=before, after=after)
    return participant


def check_gains(actor: Actor, participant: Participant, allowed: frozenset[Permission]) -> None:
    """Raises Forbidden if somebody would come to what they may not do yet, and the actor may not either."""
    check_has(actor, allowed - permissions_of(participant))


def check_has(actor: Actor, permissions: frozenset[Permission]) -> None:
    """Raises Forbidden unless the actor may do all of this themselves."""
    missing = sorted(permissions - actor.permissions)
    if missing:
        raise Forbidden(f"You cannot give what you do not have: {', '.join(missing)}.", permissions=missing)


def _grants_equals(actor: Actor, participant: Participant, role: Role) -> bool:
    return role is Role.HOST or actor.rank >= ADMIN_RANK or participant.role is role


async def _hosts(tx: Transaction, actor: Actor) -> int:
    out = (_Status.REMOVED, _Status.BANNED, _Status.DECLINED)
    query = select(func.count()).where(
        Participant.session_id == actor.session.id,
        Participant.role == Role.HOST,
        Participant.status.not_in(out),  # type: ignore[attr-defined]
    )
    return (await tx.db.exec(query)).one()


async def _target(tx: Transaction, actor: Actor, participant_id: UUID, permission: Permission) -> Participant:
    participant = await load_participant(tx, actor.session.id, participant_id)
    require(actor, permission, over=participant)
    if actor.session.status in OVER:
        raise SessionOver
    return participant


async def _other(tx: Transaction, actor: Actor, participant_id: UUID, permission: Permission) -> Participant:
    if actor.participant is not None and actor.participant.id == participant_id:
        raise Forbidden("You cannot send yourself out. Leave instead.")
    return await _target(tx, actor, participant_id, permission)


def _set_muted(tx: Transaction, participant: Participant, *, muted: bool) -> None:
    participant.is_muted = muted
    participant.version += 1
    participant.updated_at = tx.now


async def _set_all_muted(
    tx: Transaction, actor: Actor, only: list[UUID] | None, *, muted: bool
) -> list[Participant]:
    if actor.session.status in OVER:
        raise SessionOver
    present = (await tx.db.exec(present_in(actor.session.id), execution_options=FRESH)).all()
    own = None if actor.participant is None else actor.participant.id
    below = [one for one in present if RANK[one.role] < actor.rank and one.id != own]
    meant = below if only is None else [one for one in below if one.id in set(only)]
    changed = [one for one in meant if one.is_muted != muted]
    for participant in changed:
        _set_muted(tx, participant, muted=muted)
    if changed:
        ids = [one.id for one in changed]
        event: Event = AllMuted(participant_ids=ids) if muted else AllUnmuted(participant_ids=ids)
        tx.record(event)
    return changed


async def _send_out(
    tx: Transaction, actor: Actor, participant: Participant, status: ParticipantStatus, event: Event
) -> None:
    if participant.role is Role.HOST and await _hosts(tx, actor) == 1:
        raise LastHost
    waited = participant.status is _Status.PENDING
    audience = audience_about(participant)
    give_up_seat(tx, participant, status)
    participant.role, participant.custom_role_id, participant.permissions = Role.ATTENDEE, None, {}
    participant.version += 1
    participant.admitted_at = None
    tx.revoke(participant.tenant_id, participant.id)
    now = await count_in(tx, actor.session.id)
    tx.record(event.model_copy(update={"present": now.present}), audience)
    await settle_roster(tx, actor.session.id, now)
    if waited:
        await record_waiting_over(tx, participant)
