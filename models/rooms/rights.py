"""What a participant may do: their role's permissions, or their custom role's, with single rights given and taken.

`Participant.permissions` holds what differs from the role: `role`, the permissions of a custom role, which stand in
the place of the role's own; `allow` and `deny`, single rights. Denied is denied, whatever else is said.
"""

from collections.abc import Iterable, Mapping

from models.permissions import IN_SESSION, ROLE_PERMISSIONS, Permission, Role
from models.rooms.tables import Participant

ROLE, ALLOW, DENY = "role", "allow", "deny"


def permissions_of(participant: Participant) -> frozenset[Permission]:
    """Everything that a participant may do in their session."""
    return allowed_by(participant.role, participant.permissions)


def allowed_by(role: Role, own: Mapping[str, Iterable[str]]) -> frozenset[Permission]:
    """Everything that somebody in this role may do who carries this."""
    if not own:
        return ROLE_PERMISSIONS[role]
    base = _known(own[ROLE]) if ROLE in own else ROLE_PERMISSIONS[role]
    return (base | _known(own.get(ALLOW, ()))) - _known(own.get(DENY, ()))


def _known(names: Iterable[str]) -> frozenset[Permission]:
    return frozenset(one for one in IN_SESSION if one.value in set(names))


def as_their_role(participant: Participant) -> dict[str, list[str]]:
    """What the participant carries once only their role counts; single rights stay."""
    return {key: value for key, value in participant.permissions.items() if key != ROLE}


def in_place_of_role(participant: Participant, permissions: Iterable[str]) -> dict[str, list[str]]:
    """What the participant carries once these stand in the place of their role's own; single rights stay."""
    return {**as_their_role(participant), ROLE: sorted(permissions)}
