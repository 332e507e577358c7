"""Who is shown: somebody hidden is in the room like everybody else, but only hosts and they themselves see it."""

from uuid import UUID

from models.actors import Actor, require
from models.errors import SessionOver
from models.permissions import Permission
from models.rooms.events import VisibilityChanged
from models.rooms.presence import audience_about, load_participant
from models.rooms.tables import Participant
from models.sessions.kinds import OVER
from models.transaction import Transaction


async def set_visibility(
    tx: Transaction, actor: Actor, participant_id: UUID, *, is_hidden: bool
) -> Participant:
    """Hides somebody, oneself included, or shows them again. Saying the same again is no change.

    Records `participant:visibility_changed`. Raises ParticipantNotFound, Forbidden, OutranksYou, SessionOver.
    """
    participant = await load_participant(tx, actor.session.id, participant_id)
    is_self = actor.participant is not None and actor.participant.id == participant.id
    require(actor, Permission.PARTICIPANT_SET_VISIBILITY, over=None if is_self else participant)
    if actor.session.status in OVER:
        raise SessionOver
    if participant.is_hidden != is_hidden:
        participant.is_hidden = is_hidden
        participant.version += 1
        participant.updated_at = tx.now
        event = VisibilityChanged(participant_id=participant.id, is_hidden=is_hidden)
        before, after = {"is_hidden": not is_hidden}, {"is_hidden": is_hidden}
        tx.record(event, audience_about(participant), before=before, after=after)
    return participant
