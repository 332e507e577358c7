"""Why somebody may do something in a session, or may not: every rule that had a say."""

from typing import Literal
from uuid import UUID

from pydantic import Field
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.actors import Actor, require
from models.errors import ParticipantNotFound
from models.identity.system_roles import DESCRIPTIONS
from models.identity.tables import RoleDefinition
from models.permissions import IN_SESSION, ROLE_PERMISSIONS, Permission
from models.rooms.rights import ALLOW, DENY, ROLE
from models.rooms.tables import Participant
from models.text import Payload, View


class PermissionsQuery(Payload):
    """Whose permissions; one's own if left out."""

    participant_id: UUID | None = None


class Reason(View):
    """One rule that had a say."""

    rule: Literal["tenant_role", "session_role", "custom_role", "allowed", "denied"]
    role: str | None = Field(None, description="The role's key.")


class ExplainedPermission(View):
    """Whether somebody may do something in the session, and which rules say so."""

    permission: Permission
    description: str
    allowed: bool
    because: list[Reason] = Field(description="What gave or denied it; empty where nothing spoke for it.")


async def explain_permissions(
    db: AsyncSession, actor: Actor, participant_id: UUID | None
) -> list[ExplainedPermission]:
    """What somebody may do and why: oneself, or another for whoever gives roles.

    Raises Forbidden, ParticipantNotFound.
    """
    own = actor.participant
    if participant_id is None or (own is not None and own.id == participant_id):
        above = actor.principal.standing.roles if actor.principal.runs_all_sessions else ()
        return await _explain(db, own, above)
    require(actor, Permission.PARTICIPANT_SET_ROLE)
    query = select(Participant).where(
        Participant.id == participant_id, Participant.session_id == actor.session.id
    )
    participant = (await db.exec(query)).first()
    if participant is None:
        raise ParticipantNotFound
    return await _explain(db, participant, ())


async def _explain(
    db: AsyncSession, participant: Participant | None, tenant_roles: tuple[str, ...]
) -> list[ExplainedPermission]:
    custom = None if participant is None else await _custom_key(db, participant)
    explained = []
    for permission in sorted(IN_SESSION):
        because = [Reason(rule="tenant_role", role=key) for key in tenant_roles]
        if participant is not None:
            because += _in_session(participant, permission, custom)
        is_denied = any(one.rule == "denied" for one in because) and not tenant_roles
        explained.append(
            ExplainedPermission(
                permission=permission,
                description=DESCRIPTIONS[permission],
                allowed=bool(because) and not is_denied,
                because=because,
            )
        )
    return explained


def _in_session(participant: Participant, permission: Permission, custom: str | None) -> list[Reason]:
    own, because = participant.permissions, []
    if ROLE in own:
        if permission in own[ROLE]:
            because.append(Reason(rule="custom_role", role=custom))
    elif permission in ROLE_PERMISSIONS[participant.role]:
        because.append(Reason(rule="session_role", role=participant.role))
    if permission in own.get(ALLOW, ()):
        because.append(Reason(rule="allowed"))
    if permission in own.get(DENY, ()):
        because.append(Reason(rule="denied"))
    return because


async def _custom_key(db: AsyncSession, participant: Participant) -> str | None:
    if participant.custom_role_id is None:
        return None
    query = select(RoleDefinition.key).where(RoleDefinition.id == participant.custom_role_id)
    return (await db.exec(query)).first()
