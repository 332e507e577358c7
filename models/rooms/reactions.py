"""Reactions: seen and gone. They are no event of the log, but who may react is a rule like any other."""

from models.actors import Actor, require
from models.errors import CapabilityOff, NotJoined
from models.permissions import Permission
from models.sessions.kinds import SessionSettings


def check_may_react(actor: Actor) -> None:
    """Raises Forbidden, NotJoined or CapabilityOff unless the actor may let an emoji float by."""
    require(actor, Permission.REACTION_SEND)
    if not actor.as_participant().is_present:
        raise NotJoined
    if not SessionSettings.model_validate(actor.session.settings).allow_reactions:
        raise CapabilityOff("There are no reactions in this session.")
