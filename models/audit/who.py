"""Who did it, as the audit keeps it: what kind of somebody, and what they were called then."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """What kind of somebody acts."""

    USER = "user"
    API_KEY = "api_key"
    GUEST = "guest"
    JOB = "job"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who acts. A job's name is what it does; a stranger has neither id nor name."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""


STRANGER = Who(ActorKind.STRANGER)


def account(user_id: UUID, name: str) -> Who:
    """Somebody with an account."""
    return Who(ActorKind.USER, user_id, name)


def member(participant_id: UUID, user_id: UUID | None, name: str) -> Who:
    """Somebody in a session: an account, or else a guest."""
    return Who(ActorKind.GUEST, participant_id, name) if user_id is None else account(user_id, name)


def job(name: str) -> Who:
    """The system itself."""
    return Who(ActorKind.JOB, name=name)
