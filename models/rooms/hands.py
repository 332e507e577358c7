"""Raised hands, the language one follows in, consent to being recorded."""

from uuid import UUID

from models.actors import Actor, require
from models.errors import CapabilityOff
from models.permissions import Permission
from models.rooms.events import Consented, HandLowered, HandRaised, LanguageChanged
from models.rooms.presence import audience_about, load_participant
from models.rooms.rosters import as_newcomer
from models.rooms.tables import Participant
from models.sessions.kinds import SessionSettings
from models.transaction import Transaction


async def raise_hand(tx: Transaction, actor: Actor) -> Participant:
    """Raises one's own hand; the order of hands is the order of raising. Twice is no change.

    Records `participant:hand_raised`. Raises NotJoined, CapabilityOff.
    """
    require(actor, Permission.PARTICIPANT_RAISE_HAND)
    participant = actor.as_present()
    if not SessionSettings.model_validate(actor.session.settings).allow_hands:
        raise CapabilityOff("Hands cannot be raised in this session.")
    if participant.hand_raised_at is None:
        participant.hand_raised_at = participant.updated_at = tx.now
        newcomer = await as_newcomer(tx, participant)
        tx.record(HandRaised(participant_id=participant.id, participant=newcomer))
    return participant


async def lower_hand(tx: Transaction, actor: Actor, participant_id: UUID | None = None) -> Participant:
    """Lowers one's own hand, or as somebody who may mute, another's. Lowering twice is no change.

    Records `participant:hand_lowered`. Raises ParticipantNotFound, Forbidden, OutranksYou.
    """
    require(actor, Permission.PARTICIPANT_LOWER_HAND)
    own = actor.participant.id if actor.participant else None
    target = participant_id or actor.as_participant().id
    participant = await load_participant(tx, actor.session.id, target)
    if participant.id != own:
        require(actor, Permission.PARTICIPANT_MUTE, over=participant)
    if participant.hand_raised_at is not None:
        participant.hand_raised_at = None
        participant.updated_at = tx.now
        tx.record(HandLowered(participant_id=participant.id))
    return participant


async def set_language(tx: Transaction, actor: Actor, participant_id: UUID, language: str) -> Participant:
    """Changes the language somebody follows in: one's own, or as somebody who may mute, another's.

    Records `participant:language_changed`. Raises ParticipantNotFound, Forbidden, OutranksYou.
    """
    require(actor, Permission.PARTICIPANT_SET_LANGUAGE)
    participant = await load_participant(tx, actor.session.id, participant_id)
    if actor.participant is None or participant.id != actor.participant.id:
        require(actor, Permission.PARTICIPANT_MUTE, over=participant)
    if participant.language != language:
        participant.language = language
        participant.updated_at = tx.now
        event = LanguageChanged(participant_id=participant.id, language=language)
        tx.record(event, audience_about(participant))
    return participant


async def give_consent(tx: Transaction, actor: Actor, *, consent: bool) -> Participant:
    """Agrees to being recorded, or takes that back. Saying the same again is no change.

    Records `participant:consented`. Raises NotJoined.
    """
    participant = actor.as_present()
    if consent != (participant.consented_at is not None):
        participant.consented_at = tx.now if consent else None
        participant.updated_at = tx.now
        tx.record(Consented(participant_id=participant.id, consent=consent))
    return participant
