"""What single participants may do beyond, or short of, their role; and a role of the tenant's own for one of them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from models.actors import Actor, require
from models.identity.roles import load_role
from models.identity.system_roles import RoleScope
from models.permissions import IN_SESSION, Permission, Role
from models.rooms.events import PermissionsChanged
from models.rooms.moderation import check_gains, check_has, set_role
from models.rooms.payloads import ParticipantTarget
from models.rooms.presence import load_participant
from models.rooms.rights import ALLOW, DENY, ROLE, allowed_by, in_place_of_role, permissions_of
from models.rooms.tables import Participant
from models.text import Payload
from models.transaction import Transaction

Rights = Annotated[tuple[Permission, ...], Field(max_length=len(IN_SESSION))]


class PermissionFields(Payload):
    """Single rights: what somebody may do whatever their role says, and what they may not. Both replace what was."""

    allow: Rights = ()
    deny: Rights = ()

    @model_validator(mode="after")
    def _of_a_session(self) -> "PermissionFields":
        both = set(self.allow) & set(self.deny)
        if both:
            raise ValueError(f"{', '.join(sorted(both))} cannot be both allowed and denied")
        foreign = sorted({*self.allow, *self.deny} - IN_SESSION)
        if foreign:
            raise ValueError(f"{', '.join(foreign)} is no right within a session")
        if Permission.WAITING_ROOM_VIEW in {*self.allow, *self.deny}:
            raise ValueError(f"{Permission.WAITING_ROOM_VIEW} comes with the role; give another role instead")
        return self


class SetPermissions(PermissionFields, ParticipantTarget):
    """Single rights for one participant."""


class SetCustomRole(ParticipantTarget):
    """A role of the tenant's own, for sessions."""

    role_id: UUID


async def set_permissions(
    tx: Transaction, actor: Actor, participant_id: UUID, fields: PermissionFields
) -> Participant:
    """Gives somebody single rights, or takes them. Nobody gives what they do not have; what
    another has given may stay. The same again is no change.

    Records `participant:permissions_changed`. Raises ParticipantNotFound, Forbidden, OutranksYou.
    """
    participant = await load_participant(tx, actor.session.id, participant_id)
    require(actor, Permission.PARTICIPANT_SET_ROLE, over=participant)
    check_has(actor, frozenset(fields.allow) - set(participant.permissions.get(ALLOW, ())))
    kept = {key: value for key, value in participant.permissions.items() if key == ROLE}
    single = {
        ALLOW: sorted(one.value for one in fields.allow),
        DENY: sorted(one.value for one in fields.deny),
    }
    own = {**kept, **{key: value for key, value in single.items() if value}}
    # To take back what was denied is to give, also to oneself.
    check_gains(actor, participant, allowed_by(participant.role, own))
    _change(tx, participant, own)
    return participant


async def set_custom_role(tx: Transaction, actor: Actor, participant_id: UUID, role_id: UUID) -> Participant:
    """Gives somebody a role of the tenant's own: its rank and what it hears are its base's.

    Records `participant:role_changed` if the base is another, and `participant:permissions_changed`. Raises
    ParticipantNotFound, RoleNotFound, Forbidden, OutranksYou, LastHost.
    """
    role = await load_role(tx.db, role_id, RoleScope.SESSION)
    base = Role(role.base or role.key)
    allowed = role.permissions.split()
    check_has(actor, frozenset(Permission(one) for one in allowed))
    participant = await set_role(tx, actor, participant_id, base, None if role.is_system else allowed)
    if role.is_system:
        return participant
    participant.custom_role_id = role.id
    _change(tx, participant, in_place_of_role(participant, allowed))
    return participant


def _change(tx: Transaction, participant: Participant, permissions: dict[str, list[str]]) -> None:
    if permissions == participant.permissions:
        return
    before = {"permissions": sorted(permissions_of(participant))}
    participant.permissions = permissions
    participant.version += 1
    participant.updated_at = tx.now
    tx.db.add(participant)
    own = sorted(permissions_of(participant))
    tx.record(
        PermissionsChanged(participant_id=participant.id, permissions=own),
        before=before,
        after={"permissions": own},
    )
