"""Rooms: come in, see who is there, let people in, moderate, chat."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor
from models.clock import wire_time
from models.errors import UserNotFound
from models.identity.tokens import AccessClaims
from models.permissions import RANK, ROLE_PERMISSIONS, Role
from models.rooms import (
    explaining,
    granting,
    listing,
    moderation,
    statistics,
    visibility,
    waiting_room,
)
from models.rooms.adding import add_participant as add_account
from models.rooms.chat import send_message
from models.rooms.guessing import guessing_codes
from models.rooms.joining import join_session
from models.rooms.payloads import (
    JoinByCode,
    JoinFields,
    MassResult,
    Mentioned,
    MessageView,
    ParticipantView,
    Reason,
    WaitingView,
)
from models.rooms.tables import Participant
from models.text import Multiline, Payload, View
from models.transaction import Transaction
from server.http.call import Call
from server.http.paged import paged
from server.http.reply import Reply

UNKNOWN_PER_HOUR = 30


class WithReason(Payload):
    """Why, if you want to say so."""

    reason: Reason | None = None


class CustomRole(Payload):
    """A role of the tenant's own."""

    role_id: UUID


class NewRole(Payload):
    """The role somebody gets."""

    role: Role


class SessionRoleView(View):
    """A role in a session, and what it may do there."""

    role: Role
    rank: int = Field(
        description="Nobody acts on somebody of their own rank or above; a host acts on other hosts."
    )
    permissions: list[str]


class NewVisibility(Payload):
    """Whether somebody is shown to the others."""

    is_hidden: bool


class OnlyThese(Payload):
    """Whom a command for all is for, if not for all."""

    participant_ids: list[UUID] | None = Field(None, max_length=10_000, description="Everybody if left out.")


class NewMessage(Payload):
    """A line of chat."""

    text: Annotated[str, Multiline(4_000)]
    reply_to: UUID | None = Field(None, description="The message this answers.")
    mentions: Mentioned = ()


class Seat(View):
    """What joining gave, before the token for it is made."""

    participant: ParticipantView
    status: str
    session_id: UUID
    tenant_id: UUID


async def join_by_id(call: Call, tx: Transaction) -> Reply:
    """Come in, or knock. Guests say what they want to be called; members show their access token."""
    return await _join(call, tx, call.body, session_id=call.ids["session_id"])


async def join_by_code(call: Call, tx: Transaction) -> Reply:
    """Come in, or knock, with a code."""
    body: JoinByCode = call.body
    return await _join(call, tx, body, code=body.code)


@asynccontextmanager
async def counting_guests(call: Call) -> AsyncIterator[None]:
    """Bounds how fast guests come from one address."""
    if call.claims is None:
        await call.limit("guest_join", call.context.settings.guest_joins_per_minute)
    yield


@asynccontextmanager
async def counting_codes(call: Call) -> AsyncIterator[None]:
    """Bounds how fast guests come from one address, and how many wrong codes."""
    async with counting_guests(call), guessing_codes(call.context, call.address):
        yield


@asynccontextmanager
async def counting_unknown(call: Call) -> AsyncIterator[None]:
    """Bounds how many accounts somebody asks for that are not there: who has one is not for a list of addresses."""
    who = call.address if call.claims is None else str(call.claims.person_id)
    limits = call.context.limits
    async with limits.at_most(UNKNOWN_PER_HOUR, "unknown_account", who):
        await limits.check_hourly("unknown_account", who, UNKNOWN_PER_HOUR)
        try:
            yield
        except UserNotFound:
            await limits.hit_hourly("unknown_account", who, UNKNOWN_PER_HOUR)
            raise


def with_token(call: Call, seat: dict[str, Any]) -> dict[str, Any]:
    """What one gets for joining: the seat with a token for it, made anew each time so that none is ever kept."""
    tokens, tenant_id = call.context.tokens, UUID(seat.pop("tenant_id"))
    participant_id, session_id = UUID(seat["participant"]["id"]), UUID(seat["session_id"])
    claims = call.claims
    sign_in_id = None if claims is None else claims.sign_in_id
    # A sign-in is renewed, and cut off where it ends; a key runs out by itself.
    at_latest = claims.expires_at if isinstance(claims, AccessClaims) and claims.is_key else None
    token, expires_at = tokens.issue_participant(tenant_id, participant_id, session_id, sign_in_id, at_latest)
    return {**seat, "token": token, "expires_at": wire_time(expires_at)}


async def list_participants(call: Call, db: AsyncSession) -> Reply:
    """Everybody of the session, those in the room first. Hosts also see who was declined or sent out."""
    found = await listing.list_participants(db, await call.reader(db), call.query)
    return paged(found, ParticipantView.of, call.query.page, call.query.limit)


async def add_participant(call: Call, tx: Transaction) -> Reply:
    """Give an account a place in the session: it comes in without waiting."""
    participant = await add_account(tx, await call.actor(tx), call.body)
    # What is refused now is rolled back.
    await call.context.allowances.count_enrolment(participant.tenant_id, participant.session_id)
    return Reply(ParticipantView.of(participant))


async def set_permissions(call: Call, tx: Transaction) -> Reply:
    """Give somebody single rights, or take them, whatever their role says. Both lists replace what was."""
    return await _moderated(call, tx, lambda actor, who: granting.set_permissions(tx, actor, who, call.body))


async def set_custom_role(call: Call, tx: Transaction) -> Reply:
    """Give somebody a role of the tenant's own."""
    role_id = call.body.role_id
    return await _moderated(call, tx, lambda actor, who: granting.set_custom_role(tx, actor, who, role_id))


async def explain_permissions(call: Call, db: AsyncSession) -> Reply:
    """What you may do in this session, or somebody else, and which rule gave or denied each."""
    return Reply(await explaining.explain_permissions(db, await call.reader(db), call.query.participant_id))


async def list_waiting(call: Call, db: AsyncSession) -> Reply:
    """Everybody who waits, in the order they came. For hosts."""
    found = await listing.list_waiting(db, await call.reader(db), call.query)
    return paged(found, WaitingView.of, call.query.page, call.query.limit)


async def list_messages(call: Call, db: AsyncSession) -> Reply:
    """The chat, oldest first: its end, or what came before a place in the log."""
    found = await listing.list_messages(db, await call.reader(db), call.query)
    return Reply([MessageView.of(message) for message in found])


async def list_session_roles(_call: Call) -> Reply:
    """The roles of a session, from the highest down, and what each may do."""
    return Reply(
        [
            SessionRoleView(role=role, rank=RANK[role], permissions=sorted(allowed))
            for role, allowed in ROLE_PERMISSIONS.items()
        ]
    )


async def show_statistics(call: Call, db: AsyncSession) -> Reply:
    """The session in numbers: the room now, and what has happened in it. For hosts and moderators."""
    now = call.context.clock.now()
    return Reply(await statistics.load_statistics(db, await call.reader(db), now))


async def list_person_statistics(call: Call, db: AsyncSession) -> Reply:
    """Everybody who has been in the room, each in numbers. For hosts and moderators."""
    now = call.context.clock.now()
    found = await statistics.list_person_statistics(db, await call.reader(db), call.query, now)
    return paged(found, lambda person: person, call.query.page, call.query.limit)


def messages_read(body: NewMessage) -> tuple[UUID, ...]:
    """The messages that sending one looks at."""
    return () if body.reply_to is None else (body.reply_to,)


async def post_message(call: Call, tx: Transaction) -> Reply:
    """Say something to everybody in the room. You have to be in it."""
    said: NewMessage = call.body
    message = await send_message(tx, await call.actor(tx), said.text, said.reply_to, said.mentions)
    return Reply(MessageView.of(message))


async def approve_participant(call: Call, tx: Transaction) -> Reply:
    """Let somebody in who waits, or give another chance to somebody who was declined or sent out."""
    return await _moderated(call, tx, lambda actor, who: waiting_room.approve_participant(tx, actor, who))


async def reject_participant(call: Call, tx: Transaction) -> Reply:
    """Do not let somebody in."""
    reason = call.body.reason
    return await _moderated(
        call, tx, lambda actor, who: waiting_room.reject_participant(tx, actor, who, reason)
    )


async def mute_participant(call: Call, tx: Transaction) -> Reply:
    """Silence somebody until someone unmutes them."""
    return await _moderated(call, tx, lambda actor, who: moderation.mute_participant(tx, actor, who))


async def unmute_participant(call: Call, tx: Transaction) -> Reply:
    """Give somebody their voice back."""
    return await _moderated(call, tx, lambda actor, who: moderation.unmute_participant(tx, actor, who))


async def kick_participant(call: Call, tx: Transaction) -> Reply:
    """Send somebody out, until a host approves them again."""
    reason = call.body.reason
    return await _moderated(call, tx, lambda actor, who: moderation.kick_participant(tx, actor, who, reason))


async def ban_participant(call: Call, tx: Transaction) -> Reply:
    """Send somebody out for good."""
    reason = call.body.reason
    return await _moderated(call, tx, lambda actor, who: moderation.ban_participant(tx, actor, who, reason))


async def unban_participant(call: Call, tx: Transaction) -> Reply:
    """Lift a ban: the person may knock again."""
    return await _moderated(call, tx, lambda actor, who: moderation.unban_participant(tx, actor, who))


async def set_role(call: Call, tx: Transaction) -> Reply:
    """Give somebody another role."""
    role = call.body.role
    return await _moderated(call, tx, lambda actor, who: moderation.set_role(tx, actor, who, role))


async def set_visibility(call: Call, tx: Transaction) -> Reply:
    """Hide somebody from everybody but the hosts, or show them again."""
    is_hidden = call.body.is_hidden
    return await _moderated(
        call, tx, lambda actor, who: visibility.set_visibility(tx, actor, who, is_hidden=is_hidden)
    )


async def approve_all(call: Call, tx: Transaction) -> Reply:
    """Let in everybody who waits, first come first served, as far as there are seats."""
    admitted, remaining = await waiting_room.approve_all(tx, await call.actor(tx))
    return Reply(MassResult(participant_ids=[one.id for one in admitted], remaining=remaining))


async def mute_all(call: Call, tx: Transaction) -> Reply:
    """Silence everybody in the room who stands below you."""
    muted = await moderation.mute_all(tx, await call.actor(tx), call.body.participant_ids)
    return Reply(MassResult(participant_ids=[one.id for one in muted]))


async def unmute_all(call: Call, tx: Transaction) -> Reply:
    """Give everybody below you their voice back."""
    unmuted = await moderation.unmute_all(tx, await call.actor(tx), call.body.participant_ids)
    return Reply(MassResult(participant_ids=[one.id for one in unmuted]))


async def _join(
    call: Call,
    tx: Transaction,
    fields: JoinFields,
    *,
    session_id: UUID | None = None,
    code: str | None = None,
) -> Reply:
    entrance = await join_session(tx, call.principal, fields, session_id, code)
    return Reply(
        Seat(
            participant=ParticipantView.of(entrance.participant),
            status="pending" if entrance.is_pending else "approved",
            session_id=entrance.session.id,
            tenant_id=entrance.session.tenant_id,
        )
    )


async def _moderated(
    call: Call, tx: Transaction, act: Callable[[Actor, UUID], Awaitable[Participant]]
) -> Reply:
    participant = await act(await call.actor(tx), call.ids["participant_id"])
    return Reply(ParticipantView.of(participant))
