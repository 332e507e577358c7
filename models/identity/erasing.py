"""Deleting an account for good: what it owned is handed over, and a row without a name is left of the person."""

from uuid import UUID

from pydantic import Field, SecretStr
from sqlmodel import col, delete, select

from models.actors import FRESH
from models.audit.forgetting import forget
from models.audit.tables import ERASED
from models.audit.who import account
from models.context import Context
from models.errors import OwnsSessions, ValidationFailed
from models.identity.api_key_tables import ApiKey
from models.identity.api_keys import cut_keys
from models.identity.assignments import act_on_other
from models.identity.avatar_urls import SIZES
from models.identity.avatars import picture_key
from models.identity.invitation_tables import TenantInvitation
from models.identity.last_administrator import check_others_administer
from models.identity.linked_identities import end_identities
from models.identity.mailed_tokens import forget_tokens
from models.identity.own_password import check_password
from models.identity.owned import Handing, hand_over, load_owned, load_successor
from models.identity.principals import Principal
from models.identity.registration_tables import Registration
from models.identity.second_factor import end_factor
from models.identity.sign_ins import end_sign_ins
from models.identity.tables import RoleAssignment, SignIn, User
from models.log.tables import AnsweredRequest
from models.permissions import Permission
from models.rooms.erasing import erase_participant
from models.rooms.erasure_event import FORMER
from models.rooms.tables import Participant
from models.sessions.tables import Session
from models.text import Payload
from models.transaction import Origin, Transaction


class EraseMember(Payload):
    """What becomes of the sessions that the account owns; it must be said if there are any."""

    reassign_to: UUID | None = Field(None, description="The account that owns them from now on.")
    archive: bool = Field(
        False,
        description="Bring them to their end; they stay as they are, without an owner who can be found.",
    )


class EraseMe(EraseMember):
    """The password as well: a borrowed laptop must not do that."""

    password: SecretStr | None = Field(None, max_length=200)


async def erase_me(context: Context, origin: Origin, principal: Principal, data: EraseMe) -> None:
    """Deletes one's own account for good.

    Raises WrongPassword, RateLimited, OwnsSessions (with the list), UserNotFound (nobody can take over),
    LastAdministrator.
    """
    user = principal.account()
    await check_password(context, origin, user, data.password or SecretStr(""))
    async with context.transaction(origin) as tx:
        avatar = await _erase(tx, principal, user.id, data, of_theirs=True)
    await _remove_picture(context, avatar)


async def erase_member(
    context: Context, origin: Origin, principal: Principal, user_id: UUID, data: EraseMember
) -> None:
    """Deletes somebody else's account for good.

    Raises Forbidden, UserNotFound, OutranksYou and as `erase_me`.
    """
    principal.require(Permission.ADMIN_USERS)
    async with context.transaction(origin) as tx:
        await act_on_other(tx, principal, user_id)
        avatar = await _erase(tx, principal, user_id, data, of_theirs=False)
    await _remove_picture(context, avatar)


async def _erase(
    tx: Transaction, principal: Principal, user_id: UUID, data: EraseMember, *, of_theirs: bool
) -> str | None:
    if data.archive and data.reassign_to is not None:
        raise ValidationFailed.of("archive", "give either this or reassign_to")
    # Locked first: nobody can come to own or enter anything meanwhile.
    query = select(User).where(User.id == user_id).with_for_update()
    user = (await tx.db.exec(query, execution_options=FRESH)).one()
    await check_others_administer(tx, user)
    owned = await load_owned(tx.db, user)
    if owned.total and not data.archive and data.reassign_to is None:
        raise OwnsSessions(
            sessions=[one.model_dump(mode="json") for one in owned.sessions], total=owned.total
        )
    successor = None
    if data.reassign_to is not None:
        successor = await load_successor(tx.db, user, data.reassign_to, of_theirs=of_theirs)
    await _leave_sessions(tx, user, Handing(principal, successor))
    return await _blank(tx, principal, user)


async def _leave_sessions(tx: Transaction, user: User, handing: Handing) -> None:
    places = select(Participant).where(Participant.user_id == user.id)
    own = select(Session).where(Session.owner_id == user.id)
    there = [one.session_id for one in (await tx.db.exec(places)).all()]
    await tx.lock_all([*there, *(one.id for one in (await tx.db.exec(own)).all())])
    for session in (await tx.db.exec(own, execution_options=FRESH)).all():
        if session.deleted_at is None:
            await tx.lock(session.id)
            await hand_over(tx, session, handing)
    for place in (await tx.db.exec(places, execution_options=FRESH)).all():
        await tx.lock(place.session_id)
        await erase_participant(tx, place)


async def _blank(tx: Transaction, principal: Principal, user: User) -> str | None:
    email, avatar = user.email, user.avatar
    await forget_tokens(tx, user)
    await end_sign_ins(tx, user, "account:sign_in_ended", by=principal)
    await cut_keys(tx, user)
    tx.revoke(user.tenant_id, user.id)
    await tx.db.flush()
    await tx.db.exec(delete(SignIn).where(col(SignIn.user_id) == user.id))
    await tx.db.exec(delete(ApiKey).where(col(ApiKey.user_id) == user.id))
    await end_factor(tx, user)
    await end_identities(tx, user)
    await tx.db.exec(delete(RoleAssignment).where(col(RoleAssignment.user_id) == user.id))
    await tx.db.exec(delete(AnsweredRequest).where(col(AnsweredRequest.principal) == str(user.id)))
    await tx.db.exec(delete(Registration).where(col(Registration.email) == email))
    await tx.db.exec(delete(TenantInvitation).where(col(TenantInvitation.email) == email))
    user.email, user.username = f"{user.id.hex}@erased.invalid", f"former-{user.id.hex}"
    user.display_name, user.password_hash, user.avatar = FORMER, "", None
    user.preferences, user.verified_at, user.last_login_at = {}, None, None
    user.is_active, user.erased_at, user.updated_at = False, tx.now, tx.now
    doer = principal.account()
    tx.acts_for(None, doer.id, account(user.id, "") if doer.id == user.id else principal.who)
    # What was noted so far is forgotten with all the rest; only that it was erased stands.
    await tx.write_out()
    await forget(tx.db, user.id)
    tx.audit(user.tenant_id, ERASED, user.id)
    return avatar


async def _remove_picture(context: Context, avatar: str | None) -> None:
    for size in SIZES if avatar is not None else ():
        await context.storage.remove(picture_key(str(avatar), size))
