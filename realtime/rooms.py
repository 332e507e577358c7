"""The commands of the room: waiting room, moderation, hands, chat. Each is one use case."""

from uuid import UUID

from models.actors import Actor
from models.context import Context
from models.rooms import chat, granting, hands, moderation, visibility, waiting_room
from models.rooms.granting import SetCustomRole, SetPermissions
from models.rooms.payloads import (
    Consent,
    Done,
    EditMessage,
    ForAll,
    InSession,
    LowerHand,
    MassResult,
    MessageTarget,
    MessageView,
    MessageWaiting,
    ParticipantTarget,
    ParticipantTargetWithReason,
    ParticipantView,
    SendMessage,
    SetLanguage,
    SetRole,
    SetVisibility,
)
from models.transaction import Transaction


async def approve(tx: Transaction, actor: Actor, payload: ParticipantTarget) -> ParticipantView:
    """Lets somebody in who waits, or who was declined or removed."""
    return ParticipantView.of(await waiting_room.approve_participant(tx, actor, payload.participant_id))


async def approve_all(tx: Transaction, actor: Actor, _payload: InSession) -> MassResult:
    """Lets in everybody who waits, as far as there are seats."""
    admitted, remaining = await waiting_room.approve_all(tx, actor)
    return MassResult(participant_ids=[one.id for one in admitted], remaining=remaining)


async def reject(tx: Transaction, actor: Actor, payload: ParticipantTargetWithReason) -> ParticipantView:
    """Does not let somebody in."""
    participant = await waiting_room.reject_participant(tx, actor, payload.participant_id, payload.reason)
    return ParticipantView.of(participant)


async def message_waiting(tx: Transaction, actor: Actor, payload: MessageWaiting) -> Done:
    """Says something to those who wait, or to one of them."""
    await waiting_room.message_waiting(tx, actor, payload.text, payload.participant_id)
    return Done()


async def count_announcement(context: Context, actor: Actor, payload: MessageWaiting) -> None:
    """A word to all who wait is an announcement; one to somebody is not."""
    if payload.participant_id is None:
        await context.allowances.count_announcement(actor.session.tenant_id, actor.session.id)


async def mute(tx: Transaction, actor: Actor, payload: ParticipantTarget) -> ParticipantView:
    """Silences somebody until someone unmutes them."""
    return ParticipantView.of(await moderation.mute_participant(tx, actor, payload.participant_id))


async def unmute(tx: Transaction, actor: Actor, payload: ParticipantTarget) -> ParticipantView:
    """Gives somebody their voice back."""
    return ParticipantView.of(await moderation.unmute_participant(tx, actor, payload.participant_id))


async def mute_all(tx: Transaction, actor: Actor, payload: ForAll) -> MassResult:
    """Silences everybody below one's own role."""
    muted = await moderation.mute_all(tx, actor, payload.participant_ids)
    return MassResult(participant_ids=[one.id for one in muted])


async def unmute_all(tx: Transaction, actor: Actor, payload: ForAll) -> MassResult:
    """Gives everybody below one's own role their voice back."""
    unmuted = await moderation.unmute_all(tx, actor, payload.participant_ids)
    return MassResult(participant_ids=[one.id for one in unmuted])


async def kick(tx: Transaction, actor: Actor, payload: ParticipantTargetWithReason) -> ParticipantView:
    """Sends somebody out until a host approves them again."""
    return ParticipantView.of(
        await moderation.kick_participant(tx, actor, payload.participant_id, payload.reason)
    )


async def ban(tx: Transaction, actor: Actor, payload: ParticipantTargetWithReason) -> ParticipantView:
    """Sends somebody out for good."""
    return ParticipantView.of(
        await moderation.ban_participant(tx, actor, payload.participant_id, payload.reason)
    )


async def unban(tx: Transaction, actor: Actor, payload: ParticipantTarget) -> ParticipantView:
    """Lifts a ban: the person may knock again."""
    return ParticipantView.of(await moderation.unban_participant(tx, actor, payload.participant_id))


async def set_role(tx: Transaction, actor: Actor, payload: SetRole) -> ParticipantView:
    """Gives somebody another role, at most one's own."""
    return ParticipantView.of(await moderation.set_role(tx, actor, payload.participant_id, payload.role))


async def set_visibility(tx: Transaction, actor: Actor, payload: SetVisibility) -> ParticipantView:
    """Hides somebody from everybody but the hosts, or shows them again."""
    participant = await visibility.set_visibility(
        tx, actor, payload.participant_id, is_hidden=payload.is_hidden
    )
    return ParticipantView.of(participant)


async def set_permissions(tx: Transaction, actor: Actor, payload: SetPermissions) -> ParticipantView:
    """Give somebody single rights, or take them, whatever their role says. Both lists replace what was."""
    return ParticipantView.of(await granting.set_permissions(tx, actor, payload.participant_id, payload))


async def set_custom_role(tx: Transaction, actor: Actor, payload: SetCustomRole) -> ParticipantView:
    """Give somebody a role of the tenant's own."""
    return ParticipantView.of(
        await granting.set_custom_role(tx, actor, payload.participant_id, payload.role_id)
    )


async def set_language(tx: Transaction, actor: Actor, payload: SetLanguage) -> ParticipantView:
    """Changes the language somebody follows in."""
    return ParticipantView.of(await hands.set_language(tx, actor, payload.participant_id, payload.language))


async def raise_hand(tx: Transaction, actor: Actor, _payload: InSession) -> ParticipantView:
    """Raises one's own hand."""
    return ParticipantView.of(await hands.raise_hand(tx, actor))


async def lower_hand(tx: Transaction, actor: Actor, payload: LowerHand) -> ParticipantView:
    """Lowers one's own hand, or as a moderator another's."""
    return ParticipantView.of(await hands.lower_hand(tx, actor, payload.participant_id))


async def consent(tx: Transaction, actor: Actor, payload: Consent) -> ParticipantView:
    """Agrees to being recorded, or takes that back."""
    return ParticipantView.of(await hands.give_consent(tx, actor, consent=payload.consent))


async def send_message(tx: Transaction, actor: Actor, payload: SendMessage) -> MessageView:
    """Says something to everybody in the room."""
    return MessageView.of(
        await chat.send_message(tx, actor, payload.text, payload.reply_to, payload.mentions)
    )


def messages_read(payload: SendMessage) -> tuple[UUID, ...]:
    """The messages that sending one looks at."""
    return () if payload.reply_to is None else (payload.reply_to,)


async def edit_message(tx: Transaction, actor: Actor, payload: EditMessage) -> MessageView:
    """Corrects one's own message, within an hour."""
    return MessageView.of(
        await chat.edit_message(tx, actor, payload.message_id, payload.text, payload.mentions)
    )


async def delete_message(tx: Transaction, actor: Actor, payload: MessageTarget) -> MessageView:
    """Takes back one's own message, or as a moderator another's."""
    return MessageView.of(await chat.delete_message(tx, actor, payload.message_id))
